import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { issueInvoice } from '#payments/invoice/issue-invoice'
import { findPayment, lockPayment, type PaymentRow, raiseAttempt, storePaymentOutcome } from '#payments/payment-queries'
import { awaitedPayments } from '#payments/payment-states'
import { recordCharge } from '#payments/charge/record-charge'
import { toCheckoutFacts, toPaymentIntentFacts } from '#payments/stripe/checkout-facts'
import { expireCheckoutSession } from '#payments/stripe/checkout-sessions'
import { cancelPaymentIntent, capturePayment, retrievePaymentIntent } from '#payments/stripe/payment-intents'
import { ProviderError } from '#payments/stripe/provider-error'
import { requestRefund } from '#payments/refund/request-refund'
import { paymentActor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { applyCheckout, lapseSession } from './fulfil-checkout'
import { requireLockedSession } from '#sessions/change/change-session'
import { findSessionById } from '#sessions/session-queries'
import { chargedSessions, waitingSessions } from '#sessions/session-states'

/** What Stripe says of an intent now, whether or not our call came through. */
const readIntent = async (call: () => Promise<unknown>, paymentIntentId: string) => {
  try {
    await call()
  } catch (error) {
    // "Unexpected state" means that it happened already, or the opposite did; the intent itself says which.
    if (!(error instanceof ProviderError) || !error.definitive) throw error
  }
  return toPaymentIntentFacts(await retrievePaymentIntent(paymentIntentId))
}

const settleAuthorized = async (payload: Payload, payment: PaymentRow, isCollected: boolean): Promise<void> => {
  const { paymentIntentId } = payment
  if (paymentIntentId === null) return
  const key = `${payment.id}:${isCollected ? 'capture' : 'void'}:${payment.attempt}`
  const intent = await readIntent(
    () => (isCollected ? capturePayment : cancelPaymentIntent)({ paymentIntentId, idempotencyKey: key }),
    paymentIntentId,
  )
  await withTransaction(payload, async (req) => {
    const session = await requireLockedSession(req, payment.sessionId)
    const locked = await lockPayment(req, payment.id)
    if (locked?.status !== 'authorized') return
    if (intent.status === 'succeeded') {
      await recordCharge(req, locked, intent)
      // Cancelled between the capture and this: what was collected goes back.
      if (!isOneOf(chargedSessions, session.status)) {
        await requestRefund(req, { paymentId: payment.id, reason: 'cancelled_meanwhile', by: paymentActor })
      } else {
        // The confirmation went out before; now there is a receipt to send.
        await enqueue(req, { task: 'follow-session', errand: { sessionId: session.id, event: 'scheduled' } })
      }
      await issueInvoice(req, locked)
    } else if (intent.status === 'canceled') {
      await storePaymentOutcome(req, locked, { status: 'cancelled' })
      // Confirmed, but charged too late: Stripe had let the card go.
      await lapseSession(req, session, Date.now())
    } else if (intent.status === 'requires_capture') {
      // Stripe refused it for good, and would repeat that answer under the same key; the sweep tries again.
      await raiseAttempt(req, locked)
    }
  })
}

/**
 * Makes Stripe agree with the session: closes the checkout of one that is over, collects the authorised price of one that was
 * confirmed, releases the authorisation of one that was not. Looks at the present state only, so it may run any number of times.
 * @throws ProviderError when Stripe cannot be asked; the job comes again.
 */
export const settlePayment = async (payload: Payload, paymentId: string): Promise<void> => {
  const req = await localRequest(payload)
  const payment = await findPayment(req, paymentId)
  const session = payment && (await findSessionById(req, payment.sessionId))
  if (!payment || !session) return
  if (payment.status === 'authorized') {
    if (isOneOf(waitingSessions, session.status)) return
    await settleAuthorized(payload, payment, isOneOf(chargedSessions, session.status))
    return
  }
  if (!isOneOf(awaitedPayments, payment.status) || isOneOf(waitingSessions, session.status)) return
  if (payment.checkoutSessionId) {
    await applyCheckout(payload, toCheckoutFacts(await expireCheckoutSession(payment.checkoutSessionId)))
    return
  }
  await withTransaction(payload, async (tx) => {
    const locked = await lockPayment(tx, paymentId)
    // Nobody was ever given a page on which to pay; `openCheckout` makes none for a session that is over.
    if (locked?.checkoutSessionId === null && locked.status === 'pending') {
      await storePaymentOutcome(tx, locked, { status: 'cancelled' }, 'system')
    }
  })
}
