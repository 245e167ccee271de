import { decideCancellation } from '#payments/refund/cancellation-policy'
import { paidAmountOf } from '../compute-paid-amount'
import type { SessionRow } from '../session-queries'
import { type SessionState, stateMissedBy } from '../session-states'
import { type SessionSide, stateIfGranted } from './decide-no-show'

/** What granting a claim would do now: the state, what goes back to the customer, and what the consultant keeps; minor units. */
export const computeIfGranted = (
  session: SessionRow,
  { missing, now }: { missing: SessionSide; now: number },
): { status: SessionState; refund: number; payout: number } => {
  const status = stateIfGranted(session.status, missing)
  const paidAmount = paidAmountOf(session)
  if (status !== stateMissedBy(missing)) return { status, refund: paidAmount - session.refundedAmount, payout: 0 }
  const { refundAmount, consultantShare } = decideCancellation({
    policy: session.policy,
    startsAt: session.startsAt,
    now,
    paidAmount,
    currency: session.currency,
    platformFeeAmount: paidAmount ? session.platformFeeAmount : 0,
    refundedAmount: session.refundedAmount,
    noShow: missing,
  })
  return { status, refund: refundAmount, payout: consultantShare }
}
