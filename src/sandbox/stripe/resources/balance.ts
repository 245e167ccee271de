import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { platform } from '../balances'
import { createdFilter, currency, expand, pageParams, text } from '../params'
import { noSuch } from '../refusal'
import type { StoredBalanceTransaction } from '../stored-objects'
import { entriesOf, secondsOf, type World } from '../world'

const entries = (world: World, account: string | null): Record<string, StoredBalanceTransaction> =>
  account === null ? world.state.tables.balance_transactions : entriesOf(world, account)

const atPresent = (world: World, entry: StoredBalanceTransaction): StoredBalanceTransaction => ({
  ...entry,
  status: entry.available_on <= secondsOf(world) ? 'available' : 'pending',
})

const describe = (currency: string, amount: number) => ({ amount, currency, source_types: { card: amount } })

export const balanceRoutes = [
  route({
    method: 'GET',
    path: '/v1/balance',
    params: z.strictObject({ expand }),
    forAccounts: true,
    handle: (world, { account }) => {
      const balances = world.balances.read(account ?? platform, secondsOf(world))
      return {
        object: 'balance',
        available: balances.map((balance) => describe(balance.currency, balance.available)),
        livemode: false,
        pending: balances.map((balance) => describe(balance.currency, balance.pending)),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/balance_transactions',
    params: z.strictObject({
      ...pageParams,
      created: createdFilter,
      currency: currency.optional(),
      source: text().optional(),
      type: text().optional(),
    }),
    forAccounts: true,
    handle: (world, { account, params }) => {
      const page = listObjects({
        url: '/v1/balance_transactions',
        objects: Object.values(entries(world, account)),
        page: params,
        fits: (entry) =>
          (params.currency === undefined || entry.currency === params.currency) &&
          (params.source === undefined || entry.source === params.source) &&
          (params.type === undefined || entry.type === params.type) &&
          isCreatedWithin(entry.created, params.created),
      })
      return { ...page, data: page.data.map((entry) => atPresent(world, entry)) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/balance_transactions/:id',
    params: z.strictObject({ expand }),
    forAccounts: true,
    handle: (world, { account, id }) => {
      const table = entries(world, account)
      const entry = Object.hasOwn(table, id) ? table[id] : undefined
      if (!entry) throw noSuch('balance transaction', id, { param: 'id', inPath: true })
      return atPresent(world, entry)
    },
  }),
]
