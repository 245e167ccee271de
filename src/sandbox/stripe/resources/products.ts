import { z } from 'zod'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { addProduct } from '../objects'
import { boolean, clearableText, expand, mergeMetadata, metadata, text } from '../params'
import { mustFind, secondsOf } from '../world'

export const productRoutes = [
  route({
    method: 'POST',
    path: '/v1/products',
    params: z.strictObject({
      active: boolean.optional(),
      description: text(40_000).optional(),
      expand,
      metadata: metadata.optional(),
      name: text(),
    }),
    handle: (world, { params }) => {
      const product = addProduct(world, {
        name: params.name,
        active: params.active ?? true,
        description: params.description ?? null,
        metadata: mergeMetadata(null, params.metadata),
      })
      emitEvent(world, 'product.created', product)
      return product
    },
  }),
  listRoute('/v1/products', 'products', { filters: { active: boolean.optional() } }),
  retrieveRoute('/v1/products', 'products'),
  route({
    method: 'POST',
    path: '/v1/products/:id',
    params: z.strictObject({
      active: boolean.optional(),
      description: clearableText(40_000).optional(),
      expand,
      metadata: metadata.optional(),
      name: text().optional(),
    }),
    handle: (world, { id, params }) => {
      const product = mustFind(world, 'products', id)
      product.active = params.active ?? product.active
      product.name = params.name ?? product.name
      if (params.description !== undefined) product.description = params.description
      product.metadata = mergeMetadata(product.metadata, params.metadata)
      product.updated = secondsOf(world)
      emitEvent(world, 'product.updated', product)
      return product
    },
  }),
]
