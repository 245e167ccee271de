import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { clearableText, createdFilter, expand, integer, mergeMetadata, metadata, pageParams, text } from '../params'
import { collectCharge } from '../payments/collect-charge'
import { unschedule } from '../payments/schedule-later'
import { voidIntent } from '../payments/void-intent'
import { invalidRequest, type Refusal } from '../refusal'
import type { StoredPaymentIntent } from '../stored-objects'
import { mustFind, type World } from '../world'
import { assertAmount } from './amounts'

const wrongState = (intent: StoredPaymentIntent, verb: 'captured' | 'canceled', allowed: string[]): Refusal => {
  const start =
    verb === 'captured' ? 'This PaymentIntent could not be captured' : 'You cannot cancel this PaymentIntent'
  return invalidRequest(
    `${start} because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${verb}: ${allowed.join(', ')}.`,
    { code: 'payment_intent_unexpected_state', payment_intent: structuredClone(intent) },
  )
}

const capture = (world: World, intent: StoredPaymentIntent, wanted: number | undefined): StoredPaymentIntent => {
  if (intent.status !== 'requires_capture') throw wrongState(intent, 'captured', ['requires_capture'])
  const amount = wanted ?? intent.amount_capturable
  assertAmount(amount, intent.currency, 'amount_to_capture')
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalidRequest(
      `The amount to capture must be between 1 and the capturable amount of ${intent.amount_capturable}.`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    )
  }
  const charge = mustFind(world, 'charges', intent.latest_charge ?? '')
  unschedule(world, 'expire_authorization', intent.id)
  collectCharge(world, charge, amount)
  // What is not captured goes back to the card at once.
  charge.amount_refunded = charge.amount - amount
  intent.status = 'succeeded'
  intent.amount_received = amount
  intent.amount_capturable = 0
  const session = Object.values(world.state.tables.checkout_sessions).find(
    (candidate) => candidate.payment_intent === intent.id,
  )
  if (session) session.payment_status = 'paid'
  emitEvent(world, 'charge.captured', charge)
  emitEvent(world, 'payment_intent.succeeded', intent)
  return intent
}

const cancellable = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action']

export const paymentIntentRoutes = [
  route({
    method: 'GET',
    path: '/v1/payment_intents',
    params: z.strictObject({ ...pageParams, created: createdFilter, customer: text().optional() }),
    handle: (world, { params }) =>
      listObjects({
        url: '/v1/payment_intents',
        objects: Object.values(world.state.tables.payment_intents),
        page: params,
        fits: (intent) =>
          (params.customer === undefined || intent.customer === params.customer) &&
          isCreatedWithin(intent.created, params.created),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/payment_intents/:id',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => mustFind(world, 'payment_intents', id),
  }),
  route({
    method: 'POST',
    path: '/v1/payment_intents/:id',
    params: z.strictObject({
      description: clearableText(1000).optional(),
      expand,
      metadata: metadata.optional(),
      transfer_group: text().optional(),
    }),
    handle: (world, { id, params }) => {
      const intent = mustFind(world, 'payment_intents', id)
      if (params.description !== undefined) intent.description = params.description
      intent.transfer_group = params.transfer_group ?? intent.transfer_group
      intent.metadata = mergeMetadata(intent.metadata, params.metadata)
      return intent
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment_intents/:id/capture',
    params: z.strictObject({ amount_to_capture: integer.optional(), expand, metadata: metadata.optional() }),
    handle: (world, { id, params }) => {
      const intent = capture(world, mustFind(world, 'payment_intents', id), params.amount_to_capture)
      intent.metadata = mergeMetadata(intent.metadata, params.metadata)
      return intent
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment_intents/:id/cancel',
    params: z.strictObject({
      cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional(),
      expand,
    }),
    handle: (world, { id, params }) => {
      const intent = mustFind(world, 'payment_intents', id)
      if (!cancellable.includes(intent.status)) throw wrongState(intent, 'canceled', cancellable)
      const open = Object.values(world.state.tables.checkout_sessions).find(
        (session) => session.payment_intent === id && session.status === 'open',
      )
      if (open) {
        throw invalidRequest(
          'You cannot cancel a PaymentIntent that was made by a Checkout Session which is open: expire the Checkout Session instead.',
          { code: 'payment_intent_unexpected_state' },
        )
      }
      voidIntent(world, intent, params.cancellation_reason ?? 'requested_by_customer')
      return intent
    },
  }),
]
