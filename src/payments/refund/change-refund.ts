import type { PayloadRequest } from 'payload'
import { cancelJobs, enqueue } from '#outbox/enqueue'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { lockPayment, type PaymentRow } from '../payment-queries'
import { refundStates } from '../payment-states'
import { findRefund, findRetryOf, lockRefund, type RefundRow, storeRefundOutcome } from './refund-queries'
import { requireRefund } from './request-refund'
import { settlePayoutJob } from '../payout/settle-payout-job'

const noSuch = () => new DomainError('not_found', 'There is no such refund.')

/** The refund under its payment's lock and its own. @throws DomainError `not_found`. */
export const lockRefundToChange = async (
  req: PayloadRequest,
  refundId: string,
): Promise<{ payment: PaymentRow; refund: RefundRow }> => {
  const known = await findRefund(req, refundId)
  const payment = known && (await lockPayment(req, known.paymentId))
  const refund = await lockRefund(req, refundId)
  if (!payment || !refund) throw noSuch()
  return { payment, refund }
}

const labelOf = ({ status }: RefundRow): string => refundStates[status].label.en.toLowerCase()

/**
 * Asks once more for a refund that failed for good: another operation with a key of its own, so that nothing can come of the
 * first one any more. A failed refund has one successor; if that fails too, it is the one to be tried again.
 * @returns the id of the new refund.
 * @throws DomainError `illegal_transition`; `outside_policy` when so much is not left; `not_found`.
 */
export const retryRefund = async (req: PayloadRequest, { refundId, by }: { refundId: string; by: Actor }) => {
  const { refund } = await lockRefundToChange(req, refundId)
  if (refund.status !== 'failed') {
    throw new DomainError(
      'illegal_transition',
      `The refund is ${labelOf(refund)}; only one that failed is tried again.`,
    )
  }
  const successor = await findRetryOf(req, refundId)
  if (successor) {
    throw new DomainError('illegal_transition', `It was tried again already, as ${successor.reference}.`)
  }
  const { paymentId, amount, reason } = refund
  return requireRefund(req, { paymentId, amount, reason, by, retryOf: refundId })
}

/**
 * Takes a refund back of which Stripe has not heard yet, or that nobody has returned elsewhere. From the moment in which Stripe is asked
 * it may have been made.
 * @throws DomainError `illegal_transition`, `not_found`.
 */
export const cancelRefund = async (req: PayloadRequest, refundId: string, by: Actor): Promise<void> => {
  const { refund } = await lockRefundToChange(req, refundId)
  if (refund.status !== 'requested' || refund.askedAt !== null) {
    const state = refund.status === 'requested' ? 'with Stripe already' : labelOf(refund)
    throw new DomainError('illegal_transition', `The refund is ${state}, so it cannot be cancelled.`)
  }
  await storeRefundOutcome(req, refund, { status: 'cancelled' }, by.role)
  await cancelJobs(req, `run-refund:${refundId}`)
  await enqueue(req, settlePayoutJob(refund.paymentId))
}
