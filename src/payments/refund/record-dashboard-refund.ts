import type { Payload, PayloadRequest } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { paymentActor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { applyRefund } from './apply-refund'
import { computeFeeBack } from './compute-fee-back'
import { findPayment, findPaymentByCharge, findPaymentByIntent, lockPayment, type PaymentRow } from '../payment-queries'
import { everCollectedPayments } from '../payment-states'
import { findRefund, findRefundByStripeId, insertRefund, sumSucceededRefunds } from './refund-queries'
import { type EventOutcome, NotVisibleYet } from '../stripe-events/event-handler'
import { retrieveCharge } from '../stripe/charges'
import type { StripeRefund } from '../stripe/stripe-objects'

const idOf = (value: string | { id: string } | null): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

/**
 * The payment of which Stripe has returned something; undefined when the charge is none of ours. Only a payment whose charge is
 * in the books can have it returned.
 * @throws NotVisibleYet when it is ours, but Stripe was faster.
 */
const findRefundedPayment = async (req: PayloadRequest, truth: StripeRefund): Promise<PaymentRow | undefined> => {
  const [intentId, chargeId] = [idOf(truth.payment_intent), idOf(truth.charge)]
  let payment =
    (intentId === null ? undefined : await findPaymentByIntent(req, intentId)) ??
    (chargeId === null ? undefined : await findPaymentByCharge(req, chargeId))
  if (!payment && chargeId !== null) {
    const named = (await retrieveCharge(chargeId)).metadata.paymentId
    if (named === undefined) return undefined
    payment = await findPayment(req, named)
    if (!payment) throw new NotVisibleYet(`Charge ${chargeId} names the payment ${named}, which is not there.`)
  }
  if (payment && !isOneOf(everCollectedPayments, payment.status)) {
    throw new NotVisibleYet(`The charge of ${payment.reference}, of which something is returned, is not booked yet.`)
  }
  return payment
}

/** Codes, because what a customer is told has words of its own: `dashboard_duplicate`, `dashboard_refund` … */
const reasonOf = ({ reason }: StripeRefund): string => `dashboard_${reason ?? 'refund'}`

/**
 * Follows a refund as Stripe has it: one of ours by the id that we wrote into it (the answer that named Stripe's may have got
 * lost), else one that somebody made in Stripe's dashboard, which is recorded once however often and in whatever order its
 * events come. It may use up what a refund of ours was to return; then Stripe refuses ours.
 * @returns `ignored` when the charge is none of ours.
 * @throws NotVisibleYet when it is ours, but what it belongs to is not there yet.
 */
export const followStripeRefund = async (payload: Payload, truth: StripeRefund): Promise<EventOutcome> => {
  const req = await localRequest(payload)
  const named = truth.metadata?.refundId
  const known = (await findRefundByStripeId(req, truth.id)) ?? (named && (await findRefund(req, named)))
  if (known) {
    await withTransaction(payload, (tx) => applyRefund(tx, known.id, truth))
    return 'processed'
  }
  if (named) throw new NotVisibleYet(`Stripe's refund ${truth.id} names the refund ${named}, which is not there.`)
  const payment = await findRefundedPayment(req, truth)
  if (!payment) return 'ignored'
  await withTransaction(payload, async (tx) => {
    await lockPayment(tx, payment.id)
    const returned = await sumSucceededRefunds(tx, payment.id)
    const recorded = await findRefundByStripeId(tx, truth.id)
    const refundId =
      recorded?.id ??
      (await insertRefund(tx, {
        payment,
        amount: truth.amount,
        reason: reasonOf(truth),
        by: paymentActor,
        platformFeeAmount: computeFeeBack(payment, returned + truth.amount) - computeFeeBack(payment, returned),
        stripeRefundId: truth.id,
      }))
    await applyRefund(tx, refundId, truth)
  })
  return 'processed'
}
