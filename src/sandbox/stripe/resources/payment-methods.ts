import { z } from 'zod'
import { route } from '../api/route'
import { expand } from '../params'
import { mustFind } from '../world'

export const paymentMethodRoutes = [
  route({
    method: 'GET',
    path: '/v1/payment_methods/:id',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => mustFind(world, 'payment_methods', id),
  }),
]
