import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { platform } from '../balances'
import { createdFilter, expand, pageParams } from '../params'
import { noSuch } from '../refusal'
import { mustFind, type World } from '../world'

const isOf = (world: World, account: string | null, payoutId: string): boolean =>
  world.state.payoutOwners[payoutId] === (account ?? platform)

export const payoutRoutes = [
  route({
    method: 'GET',
    path: '/v1/payouts',
    params: z.strictObject({
      ...pageParams,
      arrival_date: createdFilter,
      created: createdFilter,
      status: z.enum(['pending', 'paid', 'failed', 'canceled', 'in_transit']).optional(),
    }),
    forAccounts: true,
    handle: (world, { account, params }) =>
      listObjects({
        url: '/v1/payouts',
        objects: world.catalog.sequence('payouts'),
        page: params,
        fits: (payout) =>
          isOf(world, account, payout.id) &&
          (params.status === undefined || payout.status === params.status) &&
          isCreatedWithin(payout.arrival_date, params.arrival_date) &&
          isCreatedWithin(payout.created, params.created),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/payouts/:id',
    params: z.strictObject({ expand }),
    forAccounts: true,
    handle: (world, { account, id }) => {
      const payout = mustFind(world, 'payouts', id)
      if (!isOf(world, account, id)) throw noSuch('payout', id, { param: 'id', inPath: true })
      return payout
    },
  }),
]
