import { z } from 'zod'
import { listObjects } from '../api/list-objects'
import { listRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { addCustomer } from '../objects'
import { clearableText, email, expand, mergeMetadata, metadata, pageParams, text } from '../params'
import { detachMethod, methodsOf, resolveMethod } from '../payments/saved-methods'
import { invalidRequest, noSuch } from '../refusal'
import type { StoredCustomer } from '../stored-objects'
import { find, mustFind, type World } from '../world'
import { methodFilters } from './payment-methods'

const fields = {
  description: clearableText().optional(),
  email: email.max(512).optional(),
  expand,
  invoice_settings: z.strictObject({ default_payment_method: clearableText().optional() }).optional(),
  metadata: metadata.optional(),
  name: clearableText(256).optional(),
  phone: clearableText(20).optional(),
  preferred_locales: z.array(text(20)).optional(),
}

type Fields = z.output<z.ZodObject<typeof fields>>

/** @throws Refusal when the method is not the customer's. */
const assertOwnMethod = (world: World, customer: StoredCustomer, id: string): void => {
  if (find(world, 'payment_methods', id)?.customer === customer.id) return
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
  )
}

/** The customer with what was given; the rest stays. */
const changed = (world: World, customer: StoredCustomer, given: Fields): StoredCustomer => {
  const wanted = given.invoice_settings?.default_payment_method
  if (wanted) assertOwnMethod(world, customer, wanted)
  return {
    ...customer,
    description: given.description === undefined ? customer.description : given.description,
    email: given.email ?? customer.email,
    invoice_settings:
      wanted === undefined
        ? customer.invoice_settings
        : { ...customer.invoice_settings, default_payment_method: wanted },
    metadata: mergeMetadata(customer.metadata, given.metadata),
    name: given.name === undefined ? (customer.name ?? null) : given.name,
    phone: given.phone === undefined ? (customer.phone ?? null) : given.phone,
    preferred_locales: given.preferred_locales ?? customer.preferred_locales ?? [],
  }
}

const update = (world: World, id: string, params: Fields): StoredCustomer => {
  const customer = mustFind(world, 'customers', id)
  const next = changed(world, customer, params)
  const previous = Object.fromEntries(
    Object.entries(customer).filter(
      ([key, value]) =>
        JSON.stringify(value) !== JSON.stringify(Object.entries(next).find(([name]) => name === key)?.[1]),
    ),
  )
  Object.assign(customer, next)
  emitEvent(world, 'customer.updated', customer, previous)
  return customer
}

export const customerRoutes = [
  route({
    method: 'POST',
    path: '/v1/customers',
    params: z.strictObject({ ...fields, payment_method: text().optional() }),
    handle: (world, { params }) => {
      const { payment_method: methodId, ...given } = params
      const method = methodId === undefined ? undefined : resolveMethod(world, methodId, 'payment_method')
      if (method?.customer) {
        throw invalidRequest('The payment method you provided has already been attached to a customer.')
      }
      const customer = addCustomer(world, {})
      if (method) {
        method.customer = customer.id
        world.catalog.note('payment_methods', method)
      }
      Object.assign(customer, changed(world, customer, given))
      emitEvent(world, 'customer.created', customer)
      if (method) emitEvent(world, 'payment_method.attached', method)
      return customer
    },
  }),
  listRoute('/v1/customers', 'customers', { filters: { email: email.optional() } }),
  route({
    method: 'GET',
    path: '/v1/customers/:id',
    params: z.strictObject({ expand }),
    handle: (world, { id }) =>
      world.state.deletedCustomers[id] ? { id, object: 'customer', deleted: true } : mustFind(world, 'customers', id),
  }),
  route({
    method: 'POST',
    path: '/v1/customers/:id',
    params: z.strictObject(fields),
    handle: (world, { id, params }) => update(world, id, params),
  }),
  route({
    method: 'DELETE',
    path: '/v1/customers/:id',
    params: z.strictObject({}),
    handle: (world, { id }) => {
      const customer = mustFind(world, 'customers', id)
      for (const method of methodsOf(world, id)) detachMethod(world, method)
      Reflect.deleteProperty(world.state.tables.customers, id)
      world.state.deletedCustomers[id] = true
      emitEvent(world, 'customer.deleted', customer)
      return { id, object: 'customer', deleted: true }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id/payment_methods',
    params: z.strictObject({ ...pageParams, ...methodFilters }),
    handle: (world, { id, params }) =>
      listObjects({
        url: `/v1/customers/${id}/payment_methods`,
        objects: world.catalog.sequence('payment_methods', { customer: mustFind(world, 'customers', id).id }),
        page: params,
        fits: (method) =>
          method.customer === id &&
          (params.type === undefined || method.type === params.type) &&
          (params.allow_redisplay === undefined || method.allow_redisplay === params.allow_redisplay),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id/payment_methods/:part',
    params: z.strictObject({ expand }),
    handle: (world, { id, part }) => {
      mustFind(world, 'customers', id)
      const method = find(world, 'payment_methods', part)
      if (method?.customer !== id) throw noSuch('PaymentMethod', part, { param: 'payment_method', inPath: true })
      return method
    },
  }),
]
