import type { PayloadRequest } from 'payload'
import { type CancellationCase, decideCancellation } from '#payments/refund/cancellation-policy'
import { sumRefundsEverAsked } from '#payments/refund/refund-queries'
import { requestRefund } from '#payments/refund/request-refund'
import { type Actor, paymentActor } from '#shared/actor'
import { paidAmountOf } from '#sessions/compute-paid-amount'
import { decideRefundCase } from './decide-refund-case'
import { findStateSince, requireSession, type SessionRow } from '#sessions/session-queries'

/**
 * Writes down what goes back to the customer because a session has come to this end, by the policy that was agreed. Of a
 * disputed payment nothing can be returned: `refundAfterDispute` makes up for it.
 * @param args.now when the session came to its end; epoch ms.
 * @returns the id of the refund.
 */
export const refundByPolicy = async (
  req: PayloadRequest,
  session: SessionRow,
  { actor, now }: { actor: Actor; now: number },
): Promise<string | undefined> => {
  const { paymentId, status } = session
  if (paymentId === null) return undefined
  const paidAmount = paidAmountOf(session)
  if (status === 'refunded') {
    // The bank has taken it back already.
    if (session.paymentStatus === 'chargeback') return undefined
    return requestRefund(req, { paymentId, reason: 'whole_amount_returned', by: actor })
  }
  const cause = decideRefundCase(status)
  if (!cause || paidAmount === 0) return undefined
  const outcome = decideCancellation({
    policy: session.policy,
    startsAt: session.startsAt,
    now,
    paidAmount,
    currency: session.currency,
    platformFeeAmount: session.platformFeeAmount,
    refundedAmount: session.refundedAmount,
    ...cause,
  } as CancellationCase)
  if (outcome.refundAmount === 0) return undefined
  return requestRefund(req, {
    paymentId,
    amount: outcome.refundAmount,
    reason: outcome.code,
    by: actor,
  })
}

/**
 * A dispute has left the money with us. Where the session was cancelled (or not held) while it was open, the customer now gets
 * what they would have got then. A refund that failed counts as made: what becomes of it is for operations to decide.
 * Repeating it changes nothing. The caller holds the locks on session and payment.
 */
export const refundAfterDispute = async (req: PayloadRequest, sessionId: string): Promise<void> => {
  const session = await requireSession(req, sessionId)
  if (session.paymentId === null || !decideRefundCase(session.status)) return
  const refundedAmount = await sumRefundsEverAsked(req, session.paymentId)
  const now = await findStateSince(req, session)
  await refundByPolicy(req, { ...session, refundedAmount }, { actor: paymentActor, now })
}
