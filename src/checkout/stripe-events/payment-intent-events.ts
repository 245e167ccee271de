import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { findPaymentByIntent } from '#payments/payment-queries'
import type { EventFacts, EventHandlers, EventOutcome } from '#payments/stripe-events/event-handler'
import { fulfilCheckout } from '../fulfil-checkout'
import { settlePayment } from '../settle-payment'

const followIntent = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> => {
  const payment = await findPaymentByIntent(await localRequest(payload), objectId)
  if (!payment) return 'ignored'
  if (payment.checkoutSessionId) await fulfilCheckout(payload, payment.checkoutSessionId)
  await settlePayment(payload, payment.id)
  return 'processed'
}

export const paymentIntentEvents = {
  'payment_intent.canceled': followIntent,
  'payment_intent.succeeded': followIntent,
} satisfies EventHandlers
