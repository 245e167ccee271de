import { addBalanceTransaction } from '../objects'
import type { StoredAccount } from '../stored-objects'
import { newId, secondsOf, type World } from '../world'

/** Everything that is available goes to the bank of the account's holder, as Stripe does by itself every day. */
export const payOutAccount = (world: World, account: StoredAccount): void => {
  for (const { currency, available } of world.balances.read(account.id, secondsOf(world))) {
    if (available <= 0) continue
    addBalanceTransaction(
      world,
      {
        type: 'payout',
        reporting_category: 'payout',
        source: newId('po_'),
        amount: -available,
        fee: 0,
        currency,
        description: 'STRIPE PAYOUT',
      },
      account.id,
    )
  }
}
