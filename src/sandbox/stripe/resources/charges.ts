import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { createdFilter, expand, pageParams, text } from '../params'
import { mustFind } from '../world'

export const chargeRoutes = [
  route({
    method: 'GET',
    path: '/v1/charges',
    params: z.strictObject({
      ...pageParams,
      created: createdFilter,
      customer: text().optional(),
      payment_intent: text().optional(),
      transfer_group: text().optional(),
    }),
    handle: (world, { params }) =>
      listObjects({
        url: '/v1/charges',
        objects: world.catalog.sequence('charges', {
          customer: params.customer,
          payment_intent: params.payment_intent,
          transfer_group: params.transfer_group,
        }),
        page: params,
        fits: (charge) =>
          (params.customer === undefined || charge.customer === params.customer) &&
          (params.payment_intent === undefined || charge.payment_intent === params.payment_intent) &&
          (params.transfer_group === undefined || charge.transfer_group === params.transfer_group) &&
          isCreatedWithin(charge.created, params.created),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/charges/:id',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => mustFind(world, 'charges', id),
  }),
]
