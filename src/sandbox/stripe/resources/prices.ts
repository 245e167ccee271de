import { z } from 'zod'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { addPrice, addProduct } from '../objects'
import { boolean, currency, expand, integer, mergeMetadata, metadata, text } from '../params'
import { invalidRequest } from '../refusal'
import { mustFind } from '../world'
import { assertAmount } from './amounts'

export const priceRoutes = [
  route({
    method: 'POST',
    path: '/v1/prices',
    params: z.strictObject({
      active: boolean.optional(),
      currency,
      expand,
      metadata: metadata.optional(),
      nickname: text().optional(),
      product: text().optional(),
      product_data: z.strictObject({ name: text(), metadata: metadata.optional() }).optional(),
      unit_amount: integer,
    }),
    handle: (world, { params }) => {
      assertAmount(params.unit_amount, params.currency, 'unit_amount')
      if ((params.product === undefined) === (params.product_data === undefined)) {
        throw invalidRequest('You must specify either `product` or `product_data` when creating a price.', {
          code: 'parameter_missing',
          param: 'product',
        })
      }
      const product = params.product_data
        ? addProduct(world, {
            name: params.product_data.name,
            metadata: mergeMetadata(null, params.product_data.metadata),
          })
        : mustFind(world, 'products', params.product ?? '', 'product')
      const price = addPrice(world, {
        product: product.id,
        currency: params.currency,
        unit_amount: params.unit_amount,
        active: params.active ?? true,
        nickname: params.nickname ?? null,
        metadata: mergeMetadata(null, params.metadata),
      })
      emitEvent(world, 'price.created', price)
      return price
    },
  }),
  listRoute('/v1/prices', 'prices', { filters: { active: boolean.optional(), product: text().optional() } }),
  retrieveRoute('/v1/prices', 'prices'),
]
