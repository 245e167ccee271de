import { emitEvent } from '../emit-event'
import { addBalanceTransaction } from '../objects'
import type { StoredRefund } from '../stored-objects'
import { find, type World } from '../world'
import { unschedule } from './schedule-later'

/** A refund that was on its way has arrived. */
export const settleRefund = (world: World, refundId: string): void => {
  const refund = find(world, 'refunds', refundId)
  if (refund?.status !== 'pending') return
  unschedule(world, 'settle_refund', refundId)
  const previous = { status: refund.status }
  refund.status = 'succeeded'
  emitEvent(world, 'refund.updated', refund, previous)
  emitEvent(world, 'charge.refund.updated', refund, previous)
}

const putBack = (world: World, refund: StoredRefund): void => {
  const entry = addBalanceTransaction(world, {
    type: 'refund_failure',
    reporting_category: 'refund_failure',
    source: refund.id,
    amount: refund.amount,
    fee: 0,
    currency: refund.currency,
    description: 'REFUND FAILURE',
  })
  refund.failure_balance_transaction = entry.id
  const charge = refund.charge ? find(world, 'charges', refund.charge) : undefined
  if (!charge) return
  charge.amount_refunded -= refund.amount
  charge.refunded = false
}

/** The bank could not pay a refund out, perhaps after it had succeeded: the money is back in the balance. */
export const failRefund = (world: World, refundId: string, reason: string): void => {
  const refund = find(world, 'refunds', refundId)
  if (!refund || (refund.status !== 'pending' && refund.status !== 'succeeded')) return
  unschedule(world, 'settle_refund', refundId)
  unschedule(world, 'fail_refund', refundId)
  const previous = { status: refund.status }
  putBack(world, refund)
  refund.status = 'failed'
  refund.failure_reason = reason
  emitEvent(world, 'refund.updated', refund, previous)
  emitEvent(world, 'refund.failed', refund, previous)
  emitEvent(world, 'charge.refund.updated', refund, previous)
}
