import { formatMoney } from '#shared/money'
import { emitEvent } from '../emit-event'
import type { RefundBehaviour } from '../faults'
import { addBalanceTransaction, addRefund } from '../objects'
import { invalidRequest } from '../refusal'
import type { StoredCharge, StoredRefund } from '../stored-objects'
import { findCardAgain } from '../test-cards'
import type { World } from '../world'
import { closeInquiry } from './close-dispute'
import { disputesOf } from './open-dispute'
import { scheduleLater } from './schedule-later'

/** How long a refund that starts as pending takes, and after how long one fails that seemed to have worked; ms. */
const settlementDelay = 60_000

/** The behaviour that the number of the card stands for. */
const behaviourOf = (charge: StoredCharge): RefundBehaviour =>
  findCardAgain(charge.payment_method_details?.card)?.refunds ?? 'succeed'

/** @throws Refusal when the charge cannot be refunded, or not by so much. */
const assertRefundable = (world: World, charge: StoredCharge, amount: number): void => {
  if (!charge.captured) {
    throw invalidRequest(`Charge ${charge.id} was never captured, so there is nothing to refund.`, {
      code: 'charge_not_refundable',
      charge: charge.id,
    })
  }
  if (disputesOf(world, charge.id).some((dispute) => !dispute.is_charge_refundable)) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
      charge: charge.id,
    })
  }
  const left = charge.amount - charge.amount_refunded
  if (charge.refunded || left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
      charge: charge.id,
    })
  }
  if (amount > left) {
    const currency = charge.currency.toUpperCase()
    const [wanted, possible] = [amount, left].map((value) => formatMoney({ amount: value, currency }, 'en-US'))
    // As at Stripe, this one has no code.
    throw invalidRequest(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${possible})`, {
      param: 'amount',
      charge: charge.id,
    })
  }
}

/** Returns a part of a charge. @throws Refusal */
export const makeRefund = (
  world: World,
  args: {
    charge: StoredCharge
    amount: number
    reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null
    metadata: Record<string, string>
  },
): StoredRefund => {
  const { charge, amount } = args
  assertRefundable(world, charge, amount)
  const behaviour = world.faults.takeRefundBehaviour() ?? behaviourOf(charge)
  const refund = addRefund(world, {
    amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    customer: charge.customer,
    reason: args.reason,
    metadata: args.metadata,
    status: 'succeeded',
  })
  if (behaviour === 'fail_at_once') {
    refund.status = 'failed'
    refund.failure_reason = 'lost_or_stolen_card'
    emitEvent(world, 'refund.created', refund)
    emitEvent(world, 'refund.failed', refund)
    return refund
  }
  const entry = addBalanceTransaction(world, {
    type: charge.payment_method_details?.type === 'card' ? 'refund' : 'payment_refund',
    reporting_category: 'refund',
    source: refund.id,
    amount: -amount,
    fee: 0,
    currency: charge.currency,
    description: charge.description === null ? 'REFUND FOR CHARGE' : `REFUND FOR CHARGE (${charge.description})`,
  })
  refund.balance_transaction = entry.id
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount
  if (behaviour === 'stay_pending') {
    refund.status = 'pending'
    scheduleLater(world, 'settle_refund', refund.id, settlementDelay)
  }
  if (behaviour === 'fail_later') scheduleLater(world, 'fail_refund', refund.id, settlementDelay)
  emitEvent(world, 'charge.refunded', charge)
  emitEvent(world, 'refund.created', refund)
  // A customer who has everything back has nothing left to ask.
  if (charge.refunded) for (const dispute of disputesOf(world, charge.id)) closeInquiry(world, dispute)
  return refund
}
