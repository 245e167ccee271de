import { z } from 'zod'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import {
  absoluteUrl,
  boolean,
  clearableText,
  currency,
  email,
  expand,
  integer,
  mergeMetadata,
  metadata,
  text,
} from '../params'
import { collectCharge } from '../payments/collect-charge'
import { recordApproval, recordDecline, takeDeclineOf } from '../payments/charge-card'
import { assertUsable, attachMethod, resolveMethod, spendMethod } from '../payments/saved-methods'
import { unschedule } from '../payments/schedule-later'
import { voidIntent } from '../payments/void-intent'
import { invalidRequest, Refusal } from '../refusal'
import type { StoredPaymentIntent } from '../stored-objects'
import { mustFind, type World } from '../world'
import { addPaymentIntent } from '../objects'
import { assertAmount, assertChargeable } from './amounts'

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
  const [session] = world.catalog.all('checkout_sessions', { payment_intent: intent.id })
  if (session) session.payment_status = 'paid'
  emitEvent(world, 'charge.captured', charge)
  emitEvent(world, 'payment_intent.succeeded', intent)
  return intent
}

/** @throws Refusal while somebody can still pay the intent on Stripe's page. */
const assertNoOpenCheckout = (world: World, id: string, verb: 'cancel' | 'confirm'): void => {
  if (!world.catalog.all('checkout_sessions', { payment_intent: id }).some(({ status }) => status === 'open')) return
  throw invalidRequest(
    `You cannot ${verb} a PaymentIntent that was made by a Checkout Session which is open: expire the Checkout Session instead.`,
    { code: 'payment_intent_unexpected_state' },
  )
}

const createParams = z.strictObject({
  allowed_payment_method_types: z
    .array(z.enum(['card']))
    .min(1)
    .optional(),
  amount: integer,
  automatic_payment_methods: z
    .strictObject({ allow_redirects: z.enum(['always', 'never']).optional(), enabled: boolean })
    .optional(),
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
  confirm: boolean.optional(),
  currency,
  customer: text().optional(),
  description: text(1000).optional(),
  expand,
  metadata: metadata.optional(),
  off_session: boolean.optional(),
  payment_method: text().optional(),
  receipt_email: email.optional(),
  return_url: absoluteUrl.optional(),
  setup_future_usage: z.enum(['on_session', 'off_session']).optional(),
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
  transfer_group: text().optional(),
})

/** @throws Refusal 402 when the bank says no; the intent can be tried again. */
const confirm = (world: World, intent: StoredPaymentIntent, methodId: string | undefined): StoredPaymentIntent => {
  const confirmable = ['requires_payment_method', 'requires_confirmation']
  if (!confirmable.includes(intent.status)) {
    throw invalidRequest(`You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
      payment_intent: structuredClone(intent),
    })
  }
  const wanted = methodId ?? intent.payment_method
  if (!wanted) {
    throw invalidRequest('You cannot confirm this PaymentIntent because it’s missing a payment method.', {
      code: 'payment_intent_unexpected_state',
      param: 'payment_method',
    })
  }
  const method = resolveMethod(world, wanted, 'payment_method')
  assertUsable(world, method, intent.customer)
  const why = takeDeclineOf(world, method, 'charge')
  if (why) {
    const charge = recordDecline(world, { intent, method, why })
    throw new Refusal(402, {
      type: 'card_error',
      code: why.code,
      decline_code: why.declineCode,
      message: why.message,
      charge: charge.id,
      payment_intent: structuredClone(intent),
    })
  }
  recordApproval(world, intent, method)
  if (intent.setup_future_usage && intent.customer && !method.customer) attachMethod(world, method, intent.customer)
  spendMethod(world, method)
  return intent
}

/** @throws Refusal when a way to pay could lead away from the page, and nobody said where to come back to. */
const assertReturnUrl = (params: z.output<typeof createParams>): void => {
  const canRedirect =
    params.allowed_payment_method_types === undefined && params.automatic_payment_methods?.allow_redirects !== 'never'
  if (!params.confirm || !canRedirect || params.return_url !== undefined) return
  throw invalidRequest(
    'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don’t want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.',
    { param: 'return_url' },
  )
}

const create = (world: World, params: z.output<typeof createParams>): StoredPaymentIntent => {
  assertAmount(params.amount, params.currency, 'amount')
  assertChargeable(params.amount, params.currency, 'amount')
  if (params.customer !== undefined) mustFind(world, 'customers', params.customer, 'customer')
  if (params.allowed_payment_method_types && params.automatic_payment_methods) {
    throw invalidRequest(
      'You may only specify one of these parameters: allowed_payment_method_types, automatic_payment_methods.',
      { param: 'allowed_payment_method_types' },
    )
  }
  assertReturnUrl(params)
  const method =
    params.payment_method === undefined ? undefined : resolveMethod(world, params.payment_method, 'payment_method')
  if (method) assertUsable(world, method, params.customer ?? null)
  const automatic = params.automatic_payment_methods
  const intent = addPaymentIntent(world, {
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount: params.amount,
    automatic_payment_methods: automatic
      ? { allow_redirects: automatic.allow_redirects ?? 'always', enabled: automatic.enabled }
      : params.allowed_payment_method_types
        ? null
        : { allow_redirects: 'always', enabled: true },
    capture_method: params.capture_method ?? 'automatic_async',
    currency: params.currency,
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata(null, params.metadata),
    payment_method: method?.id ?? null,
    receipt_email: params.receipt_email ?? null,
    setup_future_usage: params.setup_future_usage ?? null,
    statement_descriptor: params.statement_descriptor ?? null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_group: params.transfer_group ?? null,
  })
  emitEvent(world, 'payment_intent.created', intent)
  return params.confirm ? confirm(world, intent, undefined) : intent
}

const cancellable = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action']

export const paymentIntentRoutes = [
  route({
    method: 'POST',
    path: '/v1/payment_intents',
    params: createParams,
    handle: (world, { params }) => create(world, params),
  }),
  route({
    method: 'POST',
    path: '/v1/payment_intents/:id/confirm',
    params: z.strictObject({
      expand,
      off_session: boolean.optional(),
      payment_method: text().optional(),
      return_url: absoluteUrl.optional(),
    }),
    handle: (world, { id, params }) => {
      const intent = mustFind(world, 'payment_intents', id)
      assertNoOpenCheckout(world, id, 'confirm')
      return confirm(world, intent, params.payment_method)
    },
  }),
  listRoute('/v1/payment_intents', 'payment_intents', { filters: { customer: text().optional() } }),
  retrieveRoute('/v1/payment_intents', 'payment_intents'),
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
      assertNoOpenCheckout(world, id, 'cancel')
      voidIntent(world, intent, params.cancellation_reason ?? 'requested_by_customer')
      return intent
    },
  }),
]
