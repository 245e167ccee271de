import type { PayloadRequest } from 'payload'
import { enqueue, type Job } from '#outbox/enqueue'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { decideRefund } from './decide-refund'
import { lockPayment, type PaymentRow } from '../payment-queries'
import { insertRefund, sumRefunds } from './refund-queries'

export type RefundRequest = {
  paymentId: string
  /** Minor units; undefined = all that is left. */
  amount?: number | undefined
  /** A code of our own (`late_payment`) or words of whoever asks. */
  reason: string
  by: Actor
  /** The failed refund in whose place this one is made. */
  retryOf?: string | undefined
}

/** Stripe is asked to return it; what Stripe never had is for a person to return, so operations are told. */
const refundJob = ({ isPaidElsewhere, sessionId }: PaymentRow, refundId: string): Job =>
  isPaidElsewhere
    ? {
        task: 'follow-session',
        errand: { sessionId, event: 'refund-to-return', detail: { refundId } },
      }
    : { task: 'run-refund', payload: { refundId }, key: `run-refund:${refundId}` }

/**
 * Writes a refund down and puts it into the outbox. Two at once cannot exceed what is left: the payment is locked first.
 * @returns the id of the refund.
 * @throws DomainError `outside_policy` when the payment cannot be refunded, nothing is left or the amount exceeds it;
 *   `invalid_request` when the amount is none of the currency; `not_found`.
 */
export const requireRefund = async (req: PayloadRequest, request: RefundRequest): Promise<string> => {
  const payment = await lockPayment(req, request.paymentId)
  if (!payment) throw new DomainError('not_found', 'There is no such payment.')
  const decision = decideRefund({ payment, refunded: await sumRefunds(req, payment.id), amount: request.amount })
  if (decision.refusal) throw decision.refusal
  const refundId = await insertRefund(req, {
    payment,
    amount: decision.amount,
    reason: request.reason,
    by: request.by,
    platformFeeAmount: decision.platformFeeBack,
    retryOf: request.retryOf,
  })
  await enqueue(req, refundJob(payment, refundId))
  return refundId
}

/** The same for what follows by itself: when nothing is left to return, that is as it should be, and undefined comes back. */
export const requestRefund = async (req: PayloadRequest, request: RefundRequest): Promise<string | undefined> => {
  const payment = await lockPayment(req, request.paymentId)
  if (payment && (await sumRefunds(req, payment.id)) >= payment.amount) return undefined
  return requireRefund(req, request)
}
