import type { Payload, PayloadRequest } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { applyDispute } from '#payments/dispute/apply-dispute'
import { storeEvidence } from '#payments/dispute/dispute-queries'
import {
  findPayment,
  findPaymentByCharge,
  findPaymentByIntent,
  lockPayment,
  type PaymentRow,
} from '#payments/payment-queries'
import { everCollectedPayments } from '#payments/payment-states'
import { NotVisibleYet } from '#payments/stripe-events/event-handler'
import { type DisputeFacts, retrieveDispute } from '#payments/stripe/disputes'
import { paymentActor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { changeSessionState, requireLockedSession } from '#sessions/change/change-session'
import { collectEvidence } from './evidence-queries'
import { fulfilCheckout } from '../fulfil-checkout'
import { refundAfterDispute } from '../refund-by-policy'
import { refundableSessions } from '#sessions/session-states'
import { settlePayment } from '../settle-payment'

const findDisputedPayment = async (
  req: PayloadRequest,
  { id, chargeId, paymentIntentId, metadata }: DisputeFacts,
): Promise<PaymentRow | undefined> => {
  const known =
    (paymentIntentId === null ? undefined : await findPaymentByIntent(req, paymentIntentId)) ??
    (await findPaymentByCharge(req, chargeId))
  const { paymentId } = metadata
  if (known || paymentId === undefined) return known
  const named = await findPayment(req, paymentId)
  if (!named) throw new NotVisibleYet(`Dispute ${id} is of the payment ${paymentId}, which is not there.`)
  return named
}

/** Money that can be disputed was collected; where nothing here says so yet, that news is fetched first. */
const catchUp = async (payload: Payload, payment: PaymentRow): Promise<void> => {
  if (isOneOf(everCollectedPayments, payment.status)) return
  if (payment.checkoutSessionId) await fulfilCheckout(payload, payment.checkoutSessionId)
  await settlePayment(payload, payment.id)
}

/**
 * Records a dispute as it was just read at Stripe: payout and refunds are frozen while it is open, released when it is won;
 * when it is lost, the session that was held counts as refunded. What a cancellation meanwhile should have returned is
 * returned once it is won.
 * @returns whether it is about a payment of ours.
 * @throws NotVisibleYet when that payment is not there, or not known to be collected.
 */
export const recordDispute = async (payload: Payload, facts: DisputeFacts): Promise<boolean> => {
  const known = await findDisputedPayment(await localRequest(payload), facts)
  if (!known) return false
  await catchUp(payload, known)
  await withTransaction(payload, async (req) => {
    const session = await requireLockedSession(req, known.sessionId)
    const payment = await lockPayment(req, known.id)
    if (!payment) return
    const { disputeId, isNew, isWhollyLost, isOver } = await applyDispute(req, payment, facts)
    if (isNew) await storeEvidence(req, disputeId, await collectEvidence(req, payment.id, null))
    if (isOver) await refundAfterDispute(req, session.id)
    if (!isWhollyLost || !isOneOf(refundableSessions, session.status)) return
    await changeSessionState(req, {
      session,
      to: 'refunded',
      actor: paymentActor,
      reason: 'charged back',
      now: Date.now(),
    })
  })
  return true
}

/** The same, asking Stripe first. */
export const followDispute = async (payload: Payload, stripeDisputeId: string): Promise<boolean> =>
  recordDispute(payload, await retrieveDispute(stripeDisputeId))
