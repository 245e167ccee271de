import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { movePayout } from './move-payout'
import { settlePayoutJob } from './settle-payout-job'
import { findPayout, storePayoutClaim } from './transfer-queries'

/**
 * Keeps a payout back while it is claimed that its session was missed. The caller holds the lock on the payment, and has made sure that
 * it has not left.
 */
export const claimPayout = async (req: PayloadRequest, paymentId: string): Promise<void> => {
  await storePayoutClaim(req, paymentId, true)
  await enqueue(req, settlePayoutJob(paymentId))
}

/** Lets a payout go on when such a claim is decided; to where it stood before. The caller holds the lock on the payment. */
export const endPayoutClaim = async (
  req: PayloadRequest,
  payment: { id: string; reference: string },
  now: number,
): Promise<void> => {
  const payout = await findPayout(req, payment.id)
  if (!payout?.hasOpenClaim) return
  await storePayoutClaim(req, payment.id, false)
  if (payout.status === 'held' && payout.heldReason === 'no_show_claim') {
    const isDue = payout.dueAt !== null && payout.dueAt <= now
    await movePayout(req, payment, { status: isDue ? 'due' : 'not_due' })
  }
  await enqueue(req, settlePayoutJob(payment.id))
}
