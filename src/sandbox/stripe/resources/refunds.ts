import { z } from 'zod'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { expand, integer, mergeMetadata, metadata, text } from '../params'
import { makeRefund } from '../payments/make-refund'
import { invalidRequest } from '../refusal'
import type { StoredCharge } from '../stored-objects'
import { mustFind, type World } from '../world'
import { assertAmount } from './amounts'

const findCharge = (
  world: World,
  params: { charge?: string | undefined; payment_intent?: string | undefined },
): StoredCharge => {
  if (params.charge !== undefined && params.payment_intent !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: charge, payment_intent.', { param: 'charge' })
  }
  if (params.charge !== undefined) return mustFind(world, 'charges', params.charge, 'charge')
  if (params.payment_intent === undefined) {
    throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
      param: 'payment_intent',
    })
  }
  const intent = mustFind(world, 'payment_intents', params.payment_intent, 'payment_intent')
  const charge = intent.latest_charge ? mustFind(world, 'charges', intent.latest_charge) : undefined
  if (intent.status !== 'succeeded' || !charge) {
    throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      code: 'payment_intent_unexpected_state',
      param: 'payment_intent',
    })
  }
  return charge
}

export const refundRoutes = [
  route({
    method: 'POST',
    path: '/v1/refunds',
    params: z.strictObject({
      amount: integer.optional(),
      charge: text().optional(),
      expand,
      metadata: metadata.optional(),
      payment_intent: text().optional(),
      reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
    }),
    handle: (world, { params }) => {
      const charge = findCharge(world, params)
      const amount = params.amount ?? charge.amount - charge.amount_refunded
      if (params.amount !== undefined) {
        assertAmount(amount, charge.currency, 'amount')
        if (amount < 1) {
          throw invalidRequest('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
        }
      }
      return makeRefund(world, {
        charge,
        amount,
        reason: params.reason ?? null,
        metadata: mergeMetadata(null, params.metadata),
      })
    },
  }),
  listRoute('/v1/refunds', 'refunds', { filters: { charge: text().optional(), payment_intent: text().optional() } }),
  retrieveRoute('/v1/refunds', 'refunds'),
  route({
    method: 'POST',
    path: '/v1/refunds/:id',
    params: z.strictObject({ expand, metadata: metadata.optional() }),
    handle: (world, { id, params }) => {
      const refund = mustFind(world, 'refunds', id)
      const previous = { metadata: refund.metadata }
      refund.metadata = mergeMetadata(refund.metadata, params.metadata)
      emitEvent(world, 'refund.updated', refund, previous)
      return refund
    },
  }),
]
