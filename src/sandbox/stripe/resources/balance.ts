import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { createdFilter, currency, expand, pageParams, text } from '../params'
import { mustFind, secondsOf, type World } from '../world'

/** What is in the balance by currency, of entries that are or are not available yet. */
const sumUp = (world: World, isAvailable: boolean) => {
  const now = secondsOf(world)
  const sums = new Map<string, number>()
  for (const entry of Object.values(world.state.tables.balance_transactions)) {
    if (entry.available_on <= now === isAvailable) sums.set(entry.currency, (sums.get(entry.currency) ?? 0) + entry.net)
  }
  return [...sums].map(([code, amount]) => ({ amount, currency: code, source_types: { card: amount } }))
}

const atPresent = (world: World, entry: World['state']['tables']['balance_transactions'][string]) => ({
  ...entry,
  status: entry.available_on <= secondsOf(world) ? 'available' : 'pending',
})

export const balanceRoutes = [
  route({
    method: 'GET',
    path: '/v1/balance',
    params: z.strictObject({ expand }),
    handle: (world) => ({
      object: 'balance',
      available: sumUp(world, true),
      livemode: false,
      pending: sumUp(world, false),
    }),
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
    handle: (world, { params }) =>
      listObjects({
        url: '/v1/balance_transactions',
        objects: Object.values(world.state.tables.balance_transactions).map((entry) => atPresent(world, entry)),
        page: params,
        fits: (entry) =>
          (params.currency === undefined || entry.currency === params.currency) &&
          (params.source === undefined || entry.source === params.source) &&
          (params.type === undefined || entry.type === params.type) &&
          isCreatedWithin(entry.created, params.created),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/balance_transactions/:id',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => atPresent(world, mustFind(world, 'balance_transactions', id)),
  }),
]
