import { currencyRules, roundToStep } from '../../../shared/money'
import { addBalanceTransaction } from '../objects'
import type { StoredCharge } from '../stored-objects'
import { findCardAgain } from '../test-cards'
import { secondsOf, type World } from '../world'
import { scheduleLater } from './schedule-later'

/** Like Stripe's fee for a domestic card: 1.5 % and 20 of the smallest steps, never more than the charge. */
const processingFee = (amount: number, currency: string): number => {
  const code = currency.toUpperCase()
  return Math.min(amount, roundToStep((amount * 150) / 10_000, code) + 20 * currencyRules(code).step)
}

/** How soon the holder of a card that is known for it complains, ms. */
const complaintDelay = 2_000

/** The money of a charge arrives in the balance. */
export const collectCharge = (world: World, charge: StoredCharge, amount: number): void => {
  const isCard = charge.payment_method_details?.type === 'card'
  const card = findCardAgain(charge.payment_method_details?.card)
  const entry = addBalanceTransaction(world, {
    type: isCard ? 'charge' : 'payment',
    reporting_category: 'charge',
    source: charge.id,
    amount,
    fee: processingFee(amount, charge.currency),
    currency: charge.currency,
    description: charge.description,
    available_on: card?.isAvailableAtOnce ? secondsOf(world) : undefined,
  })
  charge.amount_captured = amount
  charge.balance_transaction = entry.id
  charge.captured = true
  charge.paid = true
  charge.status = 'succeeded'
  if (card?.dispute) scheduleLater(world, 'open_dispute', charge.id, complaintDelay)
}
