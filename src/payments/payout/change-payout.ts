import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { decidePayoutChange } from './decide-payout-change'
import { movePayout } from './move-payout'
import { lockPayment, type PaymentRow } from '../payment-queries'
import { settlePayoutJob } from './settle-payout-job'
import { findPayout, listTransfers, type PayoutRow, storePayoutHold } from './transfer-queries'

const lockToChange = async (
  req: PayloadRequest,
  paymentId: string,
  change: 'hold' | 'release' | 'retry',
): Promise<{ payment: PaymentRow; payout: PayoutRow }> => {
  const payment = await lockPayment(req, paymentId)
  const payout = payment && (await findPayout(req, paymentId))
  if (!payout) throw new DomainError('not_found', 'There is no such payment.')
  const isUnderWay = (await listTransfers(req, paymentId)).some(({ status }) => status === 'requested')
  const refusal = decidePayoutChange({ ...payout, isUnderWay }, change)
  if (refusal) throw refusal
  return { payment, payout }
}

/**
 * Keeps a payout back until operations let it go; what was paid out stays.
 * @throws DomainError `illegal_transition`, `not_found`.
 */
export const holdPayout = async (
  req: PayloadRequest,
  { paymentId, reason, actor }: { paymentId: string; reason: string; actor: Actor },
): Promise<void> => {
  await lockToChange(req, paymentId, 'hold')
  await storePayoutHold(req, paymentId, { isHeld: true, note: reason })
  await enqueue(req, settlePayoutJob(paymentId, { by: actor }))
}

/** Lets a payout go that operations kept back. @throws DomainError `illegal_transition`, `not_found`. */
export const releasePayout = async (
  req: PayloadRequest,
  { paymentId, actor }: { paymentId: string; actor: Actor },
): Promise<void> => {
  const { payment, payout } = await lockToChange(req, paymentId, 'release')
  await storePayoutHold(req, paymentId, { isHeld: false, note: null })
  if (payout.status === 'held') {
    const isDue = payout.dueAt !== null && payout.dueAt <= Date.now()
    // Let go before its time, it waits for that like any other.
    await (isDue
      ? movePayout(req, payment, { status: 'due' }, actor.role)
      : movePayout(req, payment, { status: 'not_due' }))
  }
  await enqueue(req, settlePayoutJob(paymentId, { by: actor }))
}

/** Tries a payout again that waits for its account, or that Stripe refused. @throws DomainError `illegal_transition`, `not_found`. */
export const retryPayout = async (
  req: PayloadRequest,
  { paymentId, actor }: { paymentId: string; actor: Actor },
): Promise<void> => {
  const { payment } = await lockToChange(req, paymentId, 'retry')
  await movePayout(req, payment, { status: 'due' }, actor.role)
  await enqueue(req, settlePayoutJob(paymentId, { by: actor }))
}
