import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { addCustomer } from '../objects'
import { clearableText, createdFilter, email, expand, mergeMetadata, metadata, pageParams, text } from '../params'
import type { StoredCustomer } from '../stored-objects'
import { mustFind } from '../world'

const fields = {
  description: clearableText().optional(),
  email: email.max(512).optional(),
  expand,
  metadata: metadata.optional(),
  name: clearableText(256).optional(),
  phone: clearableText(20).optional(),
  preferred_locales: z.array(text(20)).optional(),
}

type Fields = z.output<z.ZodObject<typeof fields>>

/** The customer with what was given; the rest stays. */
const changed = (customer: StoredCustomer, given: Fields): StoredCustomer => ({
  ...customer,
  description: given.description === undefined ? customer.description : given.description,
  email: given.email ?? customer.email,
  metadata: mergeMetadata(customer.metadata, given.metadata),
  name: given.name === undefined ? (customer.name ?? null) : given.name,
  phone: given.phone === undefined ? (customer.phone ?? null) : given.phone,
  preferred_locales: given.preferred_locales ?? customer.preferred_locales ?? [],
})

export const customerRoutes = [
  route({
    method: 'POST',
    path: '/v1/customers',
    params: z.strictObject(fields),
    handle: (world, { params }) => {
      const customer = addCustomer(world, {})
      Object.assign(customer, changed(customer, params))
      emitEvent(world, 'customer.created', customer)
      return customer
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers',
    params: z.strictObject({ ...pageParams, created: createdFilter, email: email.optional() }),
    handle: (world, { params }) =>
      listObjects({
        url: '/v1/customers',
        objects: Object.values(world.state.tables.customers),
        page: params,
        fits: (customer) =>
          (params.email === undefined || customer.email === params.email) &&
          isCreatedWithin(customer.created, params.created),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => mustFind(world, 'customers', id),
  }),
  route({
    method: 'POST',
    path: '/v1/customers/:id',
    params: z.strictObject(fields),
    handle: (world, { id, params }) => {
      const customer = mustFind(world, 'customers', id)
      Object.assign(customer, changed(customer, params))
      emitEvent(world, 'customer.updated', customer)
      return customer
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/customers/:id',
    params: z.strictObject({}),
    handle: (world, { id }) => {
      const customer = mustFind(world, 'customers', id)
      Reflect.deleteProperty(world.state.tables.customers, id)
      emitEvent(world, 'customer.deleted', customer)
      return { id, object: 'customer', deleted: true }
    },
  }),
]
