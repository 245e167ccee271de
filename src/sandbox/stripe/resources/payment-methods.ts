import { z } from 'zod'
import { listObjects } from '../api/list-objects'
import { retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { clearableText, email, expand, integer, mergeMetadata, metadata, pageParams, text } from '../params'
import { attachMethod, detachMethod, resolveMethod } from '../payments/saved-methods'
import { invalidRequest } from '../refusal'
import type { StoredPaymentMethod } from '../stored-objects'
import { mustFind, nowOf, type World } from '../world'

/** The filters that every list of payment methods has. */
export const methodFilters = {
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional(),
  type: z.enum(['card', 'bacs_debit', 'sepa_debit']).optional(),
}

const updateParams = z.strictObject({
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional(),
  billing_details: z
    .strictObject({
      email: email.optional(),
      name: clearableText(300).optional(),
      phone: clearableText(30).optional(),
    })
    .optional(),
  card: z.strictObject({ exp_month: integer.optional(), exp_year: integer.optional() }).optional(),
  expand,
  metadata: metadata.optional(),
})

/** @throws Refusal when the card would have expired. */
const changeExpiry = (
  world: World,
  card: NonNullable<StoredPaymentMethod['card']>,
  change: { exp_month?: number | undefined; exp_year?: number | undefined },
): void => {
  const [month, year] = [change.exp_month ?? card.exp_month, change.exp_year ?? card.exp_year]
  if (month < 1 || month > 12) {
    throw invalidRequest("Your card's expiration month is invalid.", {
      code: 'invalid_expiry_month',
      param: 'card[exp_month]',
    })
  }
  const today = new Date(nowOf(world))
  if ((year - today.getUTCFullYear()) * 12 + month - 1 < today.getUTCMonth()) {
    throw invalidRequest("Your card's expiration year is invalid.", {
      code: 'invalid_expiry_year',
      param: 'card[exp_year]',
    })
  }
  Object.assign(card, { exp_month: month, exp_year: year })
}

const update = (world: World, id: string, params: z.output<typeof updateParams>): StoredPaymentMethod => {
  const method = mustFind(world, 'payment_methods', id)
  if (!method.customer) throw invalidRequest('You must save this PaymentMethod to a customer before you can update it.')
  if (params.card && !method.card) throw invalidRequest('This is not a card.', { param: 'card' })
  const previous = structuredClone({
    allow_redisplay: method.allow_redisplay,
    billing_details: method.billing_details,
    metadata: method.metadata,
    ...(method.card ? { card: { exp_month: method.card.exp_month, exp_year: method.card.exp_year } } : {}),
  })
  if (params.card && method.card) changeExpiry(world, method.card, params.card)
  method.allow_redisplay = params.allow_redisplay ?? method.allow_redisplay ?? 'unspecified'
  Object.assign(method.billing_details, params.billing_details)
  method.metadata = mergeMetadata(method.metadata, params.metadata)
  emitEvent(world, 'payment_method.updated', method, previous)
  return method
}

const attach = (world: World, id: string, customer: string): StoredPaymentMethod => {
  const owner = mustFind(world, 'customers', customer, 'customer')
  const method = resolveMethod(world, id)
  if (method.customer === owner.id) return method
  if (method.customer) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.')
  }
  if (world.state.spentMethods[method.id]) {
    throw invalidRequest(
      'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
    )
  }
  attachMethod(world, method, owner.id)
  return method
}

export const paymentMethodRoutes = [
  route({
    method: 'GET',
    path: '/v1/payment_methods',
    params: z.strictObject({ ...pageParams, ...methodFilters, customer: text().optional() }),
    handle: (world, { params }) => {
      const { customer } = params
      if (customer !== undefined) mustFind(world, 'customers', customer, 'customer')
      return listObjects({
        url: '/v1/payment_methods',
        objects: world.catalog.sequence('payment_methods', { customer }),
        page: params,
        fits: (method) =>
          (customer === undefined ? method.customer !== null : method.customer === customer) &&
          (params.type === undefined || method.type === params.type) &&
          (params.allow_redisplay === undefined || method.allow_redisplay === params.allow_redisplay),
      })
    },
  }),
  retrieveRoute('/v1/payment_methods', 'payment_methods'),
  route({
    method: 'POST',
    path: '/v1/payment_methods/:id',
    params: updateParams,
    handle: (world, { id, params }) => update(world, id, params),
  }),
  route({
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    params: z.strictObject({ customer: text(), expand }),
    handle: (world, { id, params }) => attach(world, id, params.customer),
  }),
  route({
    method: 'POST',
    path: '/v1/payment_methods/:id/detach',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => {
      const method = mustFind(world, 'payment_methods', id)
      if (!method.customer) {
        throw invalidRequest(
          'The payment method you provided is not attached to a customer so detachment is impossible.',
        )
      }
      detachMethod(world, method)
      return method
    },
  }),
]
