import { addBalanceTransaction } from '../objects'
import type { StoredCharge } from '../stored-objects'
import { findCardAgain } from '../test-cards'
import { secondsOf, type World } from '../world'
import { processingFee } from './processing-fee'
import { scheduleLater } from './schedule-later'

/** How soon the holder of a card that is known for it complains, ms. */
const complaintDelay = 2_000

/** The money of a charge arrives in the balance. */
export const collectCharge = (world: World, charge: StoredCharge, amount: number): void => {
  const type = charge.payment_method_details?.type ?? 'card'
  const card = findCardAgain(charge.payment_method_details?.card)
  const entry = addBalanceTransaction(world, {
    type: type === 'card' ? 'charge' : 'payment',
    reporting_category: 'charge',
    source: charge.id,
    amount,
    fee: processingFee(amount, charge.currency, type),
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
