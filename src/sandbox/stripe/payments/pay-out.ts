import { type Owner, platform } from '../balances'
import { emitEvent } from '../emit-event'
import { addBalanceTransaction, addPayout } from '../objects'
import type { StoredPayout } from '../stored-objects'
import { entriesOf, find, secondsOf, type World } from '../world'

/** Entries of that currency that can be paid out, and were not yet. */
const unpaidEntries = (world: World, owner: Owner, currency: string): string[] => {
  const now = secondsOf(world)
  const paid = new Set(Object.values(world.state.payoutEntries).flat())
  return Object.values(entriesOf(world, owner))
    .filter((entry) => entry.currency === currency && entry.available_on <= now && !paid.has(entry.id))
    .map(({ id }) => id)
}

const bankOf = (world: World, owner: Owner): string | null =>
  find(world, 'accounts', owner)?.external_accounts?.data[0]?.id ?? null

/**
 * Everything that is available in a balance goes to the bank, as Stripe does by itself every day: one payout for each
 * currency in which there is money.
 */
export const payOut = (world: World, owner: Owner): StoredPayout[] =>
  world.balances
    .read(owner, secondsOf(world))
    .filter(({ available }) => available > 0)
    .map(({ currency, available }) => {
      const account = owner === platform ? undefined : owner
      const included = unpaidEntries(world, owner, currency)
      const payout = addPayout(world, { amount: available, currency, destination: bankOf(world, owner) })
      const entry = addBalanceTransaction(
        world,
        {
          type: 'payout',
          reporting_category: 'payout',
          source: payout.id,
          amount: -available,
          fee: 0,
          currency,
          description: 'STRIPE PAYOUT',
        },
        owner,
      )
      payout.balance_transaction = entry.id
      world.state.payoutOwners[payout.id] = owner
      world.state.payoutEntries[payout.id] = [...included, entry.id]
      emitEvent(world, 'payout.created', payout, undefined, account)
      payout.status = 'paid'
      emitEvent(world, 'payout.paid', payout, undefined, account)
      return payout
    })
