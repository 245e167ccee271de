import { randomInt } from 'node:crypto'
import { type Balances, createBalances, type Owner, platform } from './balances'
import { type Catalog, createCatalog } from './catalog'
import { type CallLedger, createCallLedger } from '../shared/call-ledger'
import { createFaults, type Faults } from './faults'
import { noSuch } from './refusal'
import { createSandboxState, type SandboxState } from './sandbox-state'
import type { StoredBalanceTransaction, StoredEvent, StoredObjects, TableName } from './stored-objects'

/** The sandbox while it runs: its state, its clock and its knobs. One for each running sandbox. */
export type World = {
  state: SandboxState
  /** Where the sandbox is reached, without a trailing slash. */
  url: string
  faults: Faults
  calls: CallLedger
  balances: Balances
  catalog: Catalog
  /** When the next thing happens by itself, epoch ms; Infinity when nothing does. */
  nextScheduled: number
  /** The API request that is being carried out; events name it. */
  currentRequest: { id: string; idempotencyKey: string | null } | null
  /** Set by the webhook sender. */
  onEvent: (event: StoredEvent) => void
  /** How long a bank debit takes, ms of the sandbox's clock. */
  debitDuration: number
  /** How long Stripe looks at the details of a connected account, ms of the sandbox's clock. */
  verificationDuration: number
}

/** What follows from the state, and makes it quick to read. */
const derive = (state: SandboxState): Pick<World, 'balances' | 'catalog' | 'nextScheduled'> => ({
  balances: createBalances(state),
  catalog: createCatalog(state),
  nextScheduled: state.scheduled.reduce((first, { at }) => Math.min(first, at), Infinity),
})

export const createWorld = ({ state, url }: { state: SandboxState; url: string }): World => ({
  state,
  url,
  ...derive(state),
  faults: createFaults(),
  calls: createCallLedger(),
  currentRequest: null,
  onEvent: () => undefined,
  debitDuration: 3 * 60_000,
  verificationDuration: 5_000,
})

/** Forgets everything that ever happened, and what was to go wrong; the clock is the real one again. */
export const resetWorld = (world: World): void => {
  Object.assign(world.state, createSandboxState())
  Object.assign(world, derive(world.state))
  world.faults.clear()
}

/** Epoch ms by the sandbox's clock. */
export const nowOf = (world: World): number => Date.now() + world.state.clockOffset

/** Epoch seconds, as Stripe writes instants. */
export const secondsOf = (world: World): number => Math.floor(nowOf(world) / 1000)

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const newId = (prefix: string, length = 24): string => {
  let id = prefix
  for (let n = 0; n < length; n++) id += alphabet[randomInt(alphabet.length)] ?? ''
  return id
}

const resourceNames = {
  customers: 'customer',
  products: 'product',
  prices: 'price',
  payment_methods: 'PaymentMethod',
  payment_intents: 'payment_intent',
  setup_intents: 'setupintent',
  charges: 'charge',
  refunds: 'refund',
  balance_transactions: 'balance transaction',
  checkout_sessions: 'checkout.session',
  disputes: 'dispute',
  payouts: 'payout',
  accounts: 'account',
  transfers: 'transfer',
  transfer_reversals: 'transfer reversal',
  events: 'event',
} as const satisfies Record<TableName, string>

export const find = <Name extends TableName>(world: World, name: Name, id: string): StoredObjects[Name] | undefined => {
  const table: Record<string, StoredObjects[Name]> = world.state.tables[name]
  return Object.hasOwn(table, id) ? table[id] : undefined
}

/** The entries in a balance: the platform's, or that of a connected account. */
export const entriesOf = (world: World, owner: Owner): Record<string, StoredBalanceTransaction> =>
  owner === platform ? world.state.tables.balance_transactions : (world.state.connectedEntries[owner] ??= {})

/** An entry as it is by now: what was pending may be available. */
export const entryNow = (world: World, entry: StoredBalanceTransaction): StoredBalanceTransaction => ({
  ...entry,
  status: entry.available_on <= secondsOf(world) ? 'available' : 'pending',
})

/** @throws Refusal `resource_missing`: 404 for the id in the path, 400 for one in a parameter. */
export const mustFind = <Name extends TableName>(
  world: World,
  name: Name,
  id: string,
  param?: string,
): StoredObjects[Name] => {
  const object = find(world, name, id)
  if (!object) throw noSuch(resourceNames[name], id, { param: param ?? 'id', inPath: param === undefined })
  return object
}
