import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { findPayment, findPaymentByIntent } from '#payments/payment-queries'
import type { PendingObject } from '#payments/reconciliation/reconciliation-queries'
import { type BalanceMovement, findCheckoutOfIntent } from '#payments/stripe/balance-transactions'
import { fulfilCheckout } from '../fulfil-checkout'
import { handlerOf } from '../stripe-events/handlers'

/** As if an event had just spoken of the object: the same handler reads it anew and does what is still to do. */
const asEvent = async (payload: Payload, type: string, objectId: string): Promise<void> => {
  const event = { eventId: `reconciliation:${objectId}`, type, account: '', objectId }
  // There is no event whose outcome could be noted.
  await handlerOf(event)?.(payload, event, () => Promise.resolve())
}

/** The payment may not know its intent yet, nor its checkout, when the answers that named them were lost; Stripe does. */
const healCharge = async (
  payload: Payload,
  { objectId, paymentIntentId, metadata }: BalanceMovement,
): Promise<void> => {
  if (paymentIntentId === null) return
  const req = await localRequest(payload)
  const named = metadata.paymentId
  const payment =
    (await findPaymentByIntent(req, paymentIntentId)) ??
    (named === undefined ? undefined : await findPayment(req, named))
  const checkoutId = payment?.checkoutSessionId ?? (await findCheckoutOfIntent(paymentIntentId))
  if (checkoutId !== null) await fulfilCheckout(payload, checkoutId)
  await asEvent(payload, 'payment_intent.succeeded', paymentIntentId)
  await asEvent(payload, 'charge.updated', objectId)
}

/**
 * Lets the handlers of events do what they would have done, had they heard of a movement of money.
 * @throws whatever they throw; what they did before is kept.
 */
export const healMovement = async (payload: Payload, movement: BalanceMovement): Promise<void> => {
  const { kind, objectId, transferId } = movement
  switch (kind) {
    case 'charge':
      return healCharge(payload, movement)
    case 'refund':
    case 'refund_failed':
      return asEvent(payload, 'refund.updated', objectId)
    case 'transfer':
      return asEvent(payload, 'transfer.created', objectId)
    case 'transfer_reversal':
      return asEvent(payload, 'transfer.reversed', transferId ?? objectId)
    case 'dispute':
    case 'dispute_won':
      return asEvent(payload, 'charge.dispute.updated', objectId)
    case 'other':
      return undefined
  }
}

/** Asks Stripe how something ended of which nothing was heard for long. */
export const followPending = async (payload: Payload, { what, objectId }: PendingObject): Promise<void> => {
  switch (what) {
    case 'refund':
      return asEvent(payload, 'refund.updated', objectId)
    case 'payment':
      return asEvent(payload, 'checkout.session.completed', objectId)
    case 'dispute':
      return asEvent(payload, 'charge.dispute.updated', objectId)
  }
}
