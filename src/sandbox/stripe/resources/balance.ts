import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { type Owner, platform } from '../balances'
import { sequenceOf } from '../catalog'
import { createdFilter, currency, expand, pageParams, text } from '../params'
import { noSuch } from '../refusal'
import { entriesOf, entryNow, find, secondsOf, type World } from '../world'

const describe = (currency: string, amount: number) => ({ amount, currency, source_types: { card: amount } })

/** @throws Refusal when there is no such payout of that balance. */
const entriesOfPayout = (world: World, owner: Owner, payoutId: string): readonly string[] => {
  if (world.state.payoutOwners[payoutId] !== owner) {
    throw noSuch('payout', payoutId, { param: 'payout', inPath: false })
  }
  return world.state.payoutEntries[payoutId] ?? []
}

/** The sandbox's platform is a British one. */
const platformCurrency = 'gbp'

export const balanceRoutes = [
  route({
    method: 'GET',
    path: '/v1/balance',
    params: z.strictObject({ expand }),
    forAccounts: true,
    handle: (world, { account }) => {
      const owner = account ?? platform
      const known = world.balances.read(owner, secondsOf(world))
      const ownCurrency = find(world, 'accounts', owner)?.default_currency ?? platformCurrency
      // The currency of the account itself is there also when there was never any money.
      const balances = known.some(({ currency: code }) => code === ownCurrency)
        ? known
        : [{ currency: ownCurrency, available: 0, pending: 0 }, ...known]
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
      payout: text().optional(),
      source: text().optional(),
      type: text().optional(),
    }),
    forAccounts: true,
    handle: (world, { account, params }) => {
      const owner = account ?? platform
      const included = params.payout === undefined ? undefined : new Set(entriesOfPayout(world, owner, params.payout))
      const page = listObjects({
        url: '/v1/balance_transactions',
        objects:
          owner === platform
            ? world.catalog.sequence('balance_transactions', { source: params.source })
            : sequenceOf(Object.values(entriesOf(world, owner))),
        page: params,
        fits: (entry) =>
          (included === undefined || included.has(entry.id)) &&
          (params.currency === undefined || entry.currency === params.currency) &&
          (params.source === undefined || entry.source === params.source) &&
          (params.type === undefined || entry.type === params.type) &&
          isCreatedWithin(entry.created, params.created),
      })
      return { ...page, data: page.data.map((entry) => entryNow(world, entry)) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/balance_transactions/:id',
    params: z.strictObject({ expand }),
    forAccounts: true,
    handle: (world, { account, id }) => {
      const table = entriesOf(world, account ?? platform)
      const entry = Object.hasOwn(table, id) ? table[id] : undefined
      if (!entry) throw noSuch('balance transaction', id, { param: 'id', inPath: true })
      return entryNow(world, entry)
    },
  }),
]
