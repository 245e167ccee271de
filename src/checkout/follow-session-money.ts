import type { PayloadRequest } from 'payload'
import { bookingSettings } from '#availability/booking-settings'
import { enqueue, type Job } from '#outbox/enqueue'
import { unsettledPayments } from '#payments/payment-states'
import { settlePayoutJob } from '#payments/payout/settle-payout-job'
import { storePayoutDue } from '#payments/payout/transfer-queries'
import type { SessionConsequence } from '#sessions/change/follow-session-change'
import type { SessionRow } from '#sessions/session-queries'
import { isOneOf } from '#shared/state-table'
import { decidePayoutDue } from './decide-payout-due'
import { refundByPolicy } from './refund-by-policy'

/** What the money does when a session has come into another state: a refund by policy, the payout, what Stripe still has to hear. */
export const followSessionMoney: SessionConsequence = async (req, session, { actor, now }) => {
  const refundId = await refundByPolicy(req, session, { actor, now })
  await schedulePayout(req, session, now)
  const { paymentId, paymentStatus } = session
  return {
    jobs: paymentId !== null && isOneOf(unsettledPayments, paymentStatus) ? [settlePaymentJob(paymentId)] : [],
    detail: refundId ? { refundId } : {},
  }
}

const settlePaymentJob = (paymentId: string): Job => ({
  task: 'settle-payment',
  payload: { paymentId },
  key: `settle-payment:${paymentId}`,
})

/** The consultant's share of what is kept is paid out when the time for complaints is over. */
const schedulePayout = async (req: PayloadRequest, session: SessionRow, now: number): Promise<void> => {
  const { paymentId } = session
  if (paymentId === null) return
  const { payoutDelayHours } = await bookingSettings(req)
  const dueAt = decidePayoutDue(session, { now, delayHours: payoutDelayHours })
  if (dueAt === null) return
  await storePayoutDue(req, paymentId, dueAt)
  await enqueue(req, settlePayoutJob(paymentId, { runAt: dueAt }))
}
