import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { boolean, createdFilter, expand, pageParams, text } from '../params'
import { noSuch } from '../refusal'
import { mustFind } from '../world'

/** Whether an event type fits one that may end with `*`. */
const fitsType = (type: string, wanted: string): boolean =>
  wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted

export const eventRoutes = [
  route({
    method: 'GET',
    path: '/v1/events',
    params: z.strictObject({
      ...pageParams,
      created: createdFilter,
      delivery_success: boolean.optional(),
      type: text().optional(),
      types: z.array(text()).max(20).optional(),
    }),
    forAccounts: true,
    handle: (world, { account, params }) =>
      listObjects({
        url: '/v1/events',
        objects: world.catalog.sequence('events'),
        page: params,
        fits: (event) =>
          (event.account ?? null) === account &&
          (params.type === undefined || fitsType(event.type, params.type)) &&
          (params.types === undefined || params.types.includes(event.type)) &&
          (params.delivery_success === undefined || (event.pending_webhooks === 0) === params.delivery_success) &&
          isCreatedWithin(event.created, params.created),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/events/:id',
    params: z.strictObject({ expand }),
    forAccounts: true,
    handle: (world, { account, id }) => {
      const event = mustFind(world, 'events', id)
      if ((event.account ?? null) !== account) throw noSuch('event', id, { param: 'id', inPath: true })
      return event
    },
  }),
]
