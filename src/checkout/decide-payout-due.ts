import { type CancellationCase, decideCancellation } from '#payments/refund/cancellation-policy'
import { computeConsultantShare } from '#payments/payout/compute-shares'
import { earningPayments } from '#payments/payment-states'
import { isOneOf } from '#shared/state-table'
import { decideRefundCase } from './decide-refund-case'
import type { SessionRow } from '#sessions/session-queries'
import { chargedSessions, heldSessions, isCancellation } from '#sessions/session-states'
import { hourMs } from '#shared/time'

/** What of a session decides when its price is paid out. */
export type PayoutCase = Pick<
  SessionRow,
  | 'status'
  | 'startsAt'
  | 'endsAt'
  | 'policy'
  | 'paymentStatus'
  | 'paymentAmount'
  | 'currency'
  | 'platformFeeAmount'
  | 'refundedAmount'
>

/** What the consultant keeps of a session that has come to rest; minor units. */
const computeKeptShare = (session: PayoutCase, now: number): number => {
  const { status, paymentStatus, paymentAmount: amount, currency, platformFeeAmount, refundedAmount } = session
  // An authorised price that is due is collected by the job that runs beside this.
  const isCollected =
    isOneOf(earningPayments, paymentStatus) || (paymentStatus === 'authorized' && isOneOf(chargedSessions, status))
  if (!isCollected || amount === 0) return 0
  if (isOneOf(heldSessions, status))
    return computeConsultantShare({ amount, currency, platformFeeAmount }, refundedAmount)
  const cause = decideRefundCase(status)
  if (!cause) return 0
  return decideCancellation({
    policy: session.policy,
    startsAt: session.startsAt,
    now,
    paidAmount: amount,
    currency,
    platformFeeAmount,
    refundedAmount,
    ...cause,
  } as CancellationCase).consultantShare
}

/**
 * From when on the consultant's share may be paid out: so many hours after the end of a session, or after it was cancelled.
 * @returns epoch ms; null when nothing is left for the consultant, or the session is not at rest.
 */
export const decidePayoutDue = (
  session: PayoutCase,
  { now, delayHours }: { now: number; delayHours: number },
): number | null => {
  if (computeKeptShare(session, now) === 0) return null
  const restsSince = isCancellation(session.status) ? now : session.endsAt
  return restsSince + delayHours * hourMs
}
