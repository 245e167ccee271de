import { z } from 'zod'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { addSetupIntent } from '../objects'
import { boolean, expand, mergeMetadata, metadata, text } from '../params'
import { recordFailedSetup, recordSetup } from '../payments/attempt-setup'
import { takeDeclineOf } from '../payments/charge-card'
import { cancelSetup } from '../payments/expire-checkout'
import { assertUsable, resolveMethod } from '../payments/saved-methods'
import { invalidRequest, Refusal } from '../refusal'
import type { StoredSetupIntent } from '../stored-objects'
import { mustFind, type World } from '../world'

const createParams = z.strictObject({
  allowed_payment_method_types: z
    .array(z.enum(['card']))
    .min(1)
    .optional(),
  automatic_payment_methods: z
    .strictObject({ allow_redirects: z.enum(['always', 'never']).optional(), enabled: boolean })
    .optional(),
  confirm: boolean.optional(),
  customer: text().optional(),
  description: text(1000).optional(),
  expand,
  metadata: metadata.optional(),
  payment_method: text().optional(),
  usage: z.enum(['off_session', 'on_session']).optional(),
})

/** @throws Refusal 402 when the bank says no; the intent can be tried again. */
const confirm = (world: World, intent: StoredSetupIntent, methodId: string | undefined): StoredSetupIntent => {
  const wanted = methodId ?? intent.payment_method
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw invalidRequest(`You cannot confirm this SetupIntent because it has a status of ${intent.status}.`, {
      code: 'setup_intent_unexpected_state',
    })
  }
  if (!wanted) {
    throw invalidRequest('You cannot confirm this SetupIntent because it’s missing a payment method.', {
      code: 'setup_intent_unexpected_state',
      param: 'payment_method',
    })
  }
  const method = resolveMethod(world, wanted, 'payment_method')
  assertUsable(world, method, intent.customer)
  const why = takeDeclineOf(world, method, 'save')
  if (why) {
    recordFailedSetup(world, intent, why)
    throw new Refusal(402, {
      type: 'card_error',
      code: why.code,
      decline_code: why.declineCode,
      message: why.message,
      setup_intent: structuredClone(intent),
    })
  }
  recordSetup(world, { intent, method })
  return intent
}

const create = (world: World, params: z.output<typeof createParams>): StoredSetupIntent => {
  if (params.customer !== undefined) mustFind(world, 'customers', params.customer, 'customer')
  const method =
    params.payment_method === undefined ? undefined : resolveMethod(world, params.payment_method, 'payment_method')
  if (method) assertUsable(world, method, params.customer ?? null)
  const intent = addSetupIntent(world, {
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata(null, params.metadata),
    payment_method: method?.id ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    usage: params.usage ?? 'off_session',
  })
  emitEvent(world, 'setup_intent.created', intent)
  return params.confirm ? confirm(world, intent, undefined) : intent
}

export const setupIntentRoutes = [
  route({
    method: 'POST',
    path: '/v1/setup_intents',
    params: createParams,
    handle: (world, { params }) => create(world, params),
  }),
  listRoute('/v1/setup_intents', 'setup_intents', {
    filters: { customer: text().optional(), payment_method: text().optional() },
  }),
  retrieveRoute('/v1/setup_intents', 'setup_intents'),
  route({
    method: 'POST',
    path: '/v1/setup_intents/:id/confirm',
    params: z.strictObject({ expand, payment_method: text().optional() }),
    handle: (world, { id, params }) => confirm(world, mustFind(world, 'setup_intents', id), params.payment_method),
  }),
  route({
    method: 'POST',
    path: '/v1/setup_intents/:id/cancel',
    params: z.strictObject({
      cancellation_reason: z.enum(['abandoned', 'duplicate', 'requested_by_customer']).optional(),
      expand,
    }),
    handle: (world, { id, params }) => {
      const intent = mustFind(world, 'setup_intents', id)
      if (intent.status === 'succeeded' || intent.status === 'canceled') {
        throw invalidRequest(`You cannot cancel this SetupIntent because it has a status of ${intent.status}.`, {
          code: 'setup_intent_unexpected_state',
        })
      }
      cancelSetup(world, intent, params.cancellation_reason ?? 'requested_by_customer')
      return intent
    },
  }),
]
