import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { isReachable } from './compute-reachable'
import type { PaymentRow } from '../payment-queries'
import { type HeldReason, type PayoutState, payoutStates } from '../payment-states'
import { findPayout, storePayout } from './transfer-queries'

type NextPayout =
  { status: Exclude<PayoutState, 'held'> } | { status: 'held'; heldReason: HeldReason; heldNote?: string | null }

/**
 * Stores how a payout stands, with the sums of its transfers; whoever is concerned is told when it begins to wait for another
 * reason. The caller holds the lock on the payment. What operations wrote when they held it back stays until they let it go.
 * @throws Error when the table of states does not lead there.
 */
export const movePayout = async (
  req: PayloadRequest,
  payment: Pick<PaymentRow, 'id' | 'reference'>,
  next: NextPayout,
): Promise<void> => {
  const payout = await findPayout(req, payment.id)
  if (!payout) return
  if (!isReachable(payoutStates, payout.status, next.status)) {
    throw new Error(`The payout of ${payment.reference} is ${payout.status} and cannot become ${next.status}.`)
  }
  const heldReason = next.status === 'held' ? next.heldReason : null
  const note = next.status === 'held' ? (next.heldNote ?? null) : null
  await storePayout(req, payment.id, {
    status: next.status,
    heldReason,
    heldNote: payout.isHeldByOperations ? payout.heldNote : note,
  })
  if (heldReason === null || (payout.status === 'held' && payout.heldReason === heldReason)) return
  await enqueue(req, { task: 'follow-payout', payload: { paymentId: payment.id, event: 'held' } })
}
