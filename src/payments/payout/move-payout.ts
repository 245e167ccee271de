import type { PayloadRequest } from 'payload'
import { announce } from '#events/announce'
import { enqueue } from '#outbox/enqueue'
import type { ActorRole } from '#shared/actor'
import type { PaymentRow } from '../payment-queries'
import { type HeldReason, type PayoutState, payoutStates } from '../payment-states'
import { findPayout, storePayout } from './transfer-queries'

type NextPayout =
  { status: Exclude<PayoutState, 'held'> } | { status: 'held'; heldReason: HeldReason; heldNote?: string | null }

/**
 * Stores how a payout stands, with the sums of its transfers; whoever is concerned is told when it begins to wait for another
 * reason. The caller holds the lock on the payment. What operations wrote when they held it back stays until they let it go.
 * @param role who says so: the worker, unless it is somebody else.
 * @throws IllegalTransition when the table of states has no such way.
 */
export const movePayout = async (
  req: PayloadRequest,
  payment: Pick<PaymentRow, 'id' | 'reference'>,
  next: NextPayout,
  role: ActorRole = 'system',
): Promise<void> => {
  const payout = await findPayout(req, payment.id)
  if (!payout) return
  const heldReason = next.status === 'held' ? next.heldReason : null
  const note = next.status === 'held' ? (next.heldNote ?? null) : null
  const heldNote = payout.isHeldByOperations ? payout.heldNote : note
  await storePayout(req, payment.id, { status: next.status, heldReason, heldNote }, role)
  if (next.status === payout.status && heldReason === payout.heldReason) return
  const { event } = payoutStates[next.status]
  if (event !== null)
    await announce(req, event, { paymentId: payment.id, reference: payment.reference }, payout.version)
  if (heldReason !== null)
    await enqueue(req, { task: 'follow-payout', errand: { paymentId: payment.id, event: 'held' } })
}
