import type { SandboxState } from './sandbox-state'
import type { StoredBalanceTransaction } from './stored-objects'

/** Whose balance: the platform's own, or that of the connected account with this id. */
export type Owner = string
export const platform: Owner = 'platform'

/** Money of one currency, minor units. `pending` by the second from which it is available. */
type Holding = { available: number; pending: Map<number, number> }

export type Balance = { currency: string; available: number; pending: number }

export type Balances = ReturnType<typeof createBalances>

/** What is available by now stops being pending. The clock never goes back. */
const settle = (holding: Holding, now: number): void => {
  for (const [availableOn, amount] of holding.pending) {
    if (availableOn > now) continue
    holding.available += amount
    holding.pending.delete(availableOn)
  }
}

/**
 * Sums over the entries of every balance, kept up to date with each new one, so that reading a balance does not mean
 * adding up all that ever happened. Instants are epoch seconds.
 */
export const createBalances = (state: SandboxState) => {
  const holdings = new Map<Owner, Map<string, Holding>>()

  const add = (owner: Owner, entry: Pick<StoredBalanceTransaction, 'currency' | 'net' | 'available_on'>): void => {
    const byCurrency = holdings.get(owner) ?? new Map<string, Holding>()
    holdings.set(owner, byCurrency)
    const holding = byCurrency.get(entry.currency) ?? { available: 0, pending: new Map<number, number>() }
    byCurrency.set(entry.currency, holding)
    holding.pending.set(entry.available_on, (holding.pending.get(entry.available_on) ?? 0) + entry.net)
  }

  for (const entry of Object.values(state.tables.balance_transactions)) add(platform, entry)
  for (const [owner, entries] of Object.entries(state.connectedEntries)) {
    for (const entry of Object.values(entries)) add(owner, entry)
  }

  const read = (owner: Owner, now: number): Balance[] =>
    [...(holdings.get(owner) ?? [])].map(([currency, holding]) => {
      settle(holding, now)
      const pending = [...holding.pending.values()].reduce((sum, amount) => sum + amount, 0)
      return { currency, available: holding.available, pending }
    })

  return {
    add,
    /** In the order in which the currencies came in. */
    read,
    availableOf: (owner: Owner, currency: string, now: number): number => {
      const holding = holdings.get(owner)?.get(currency)
      if (!holding) return 0
      settle(holding, now)
      return holding.available
    },
  }
}
