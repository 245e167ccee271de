import { z } from 'zod'
import { listObjects } from '../api/list-objects'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { sequenceOf } from '../catalog'
import { emitEvent } from '../emit-event'
import { addCheckoutSession, addPrice, addProduct, addSetupIntent } from '../objects'
import {
  absoluteUrl,
  clearableText,
  currency,
  email,
  expand,
  integer,
  mergeMetadata,
  metadata,
  pageParams,
  text,
} from '../params'
import { closeCheckout, isCheckoutOpen } from '../payments/expire-checkout'
import { scheduleLater, unschedule } from '../payments/schedule-later'
import { invalidRequest } from '../refusal'
import type { StoredCheckoutSession, StoredLineItem, StoredPrice } from '../stored-objects'
import { mustFind, newId, nowOf, secondsOf, type World } from '../world'
import { assertAmount, assertChargeable } from './amounts'

const productData = z.strictObject({
  description: text(40_000).optional(),
  images: z.array(absoluteUrl).max(8).optional(),
  metadata: metadata.optional(),
  name: text(),
})

const lineItem = z.strictObject({
  price: text().optional(),
  price_data: z
    .strictObject({ currency, product: text().optional(), product_data: productData.optional(), unit_amount: integer })
    .optional(),
  quantity: integer,
})

const intentData = z.strictObject({
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
  description: text(1000).optional(),
  metadata: metadata.optional(),
  receipt_email: email.optional(),
  setup_future_usage: z.enum(['on_session', 'off_session']).optional(),
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
  transfer_group: text().optional(),
})

const createParams = z.strictObject({
  allowed_payment_method_types: z
    .array(z.enum(['card', 'bacs_debit', 'sepa_debit']))
    .min(1)
    .optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  cancel_url: absoluteUrl.optional(),
  client_reference_id: text(200).optional(),
  currency: currency.optional(),
  customer: text().optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  customer_email: email.optional(),
  expand,
  expires_at: integer.optional(),
  line_items: z.array(lineItem).min(1).max(100).optional(),
  locale: clearableText(10).optional(),
  metadata: metadata.optional(),
  mode: z.enum(['payment', 'setup']),
  payment_intent_data: intentData.optional(),
  payment_method_data: z.strictObject({ allow_redisplay: z.enum(['always', 'limited']).optional() }).optional(),
  saved_payment_method_options: z
    .strictObject({
      allow_redisplay_filters: z
        .array(z.enum(['always', 'limited', 'unspecified']))
        .min(1)
        .optional(),
      payment_method_remove: z.enum(['disabled', 'enabled']).optional(),
      payment_method_save: z.enum(['disabled', 'enabled']).optional(),
    })
    .optional(),
  setup_intent_data: z.strictObject({ description: text(1000).optional(), metadata: metadata.optional() }).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  success_url: absoluteUrl,
  ui_mode: z.enum(['hosted_page']).optional(),
})

type CreateParams = z.output<typeof createParams>
type LineItemParams = z.output<typeof lineItem>

const shortest = 30 * 60
const longest = 24 * 3600

/** @throws Refusal: Stripe measures from its own clock. */
const assertExpiry = (world: World, expiresAt: number): void => {
  const seconds = expiresAt - secondsOf(world)
  if (seconds < shortest) {
    throw invalidRequest('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', {
      param: 'expires_at',
    })
  }
  if (seconds > longest) {
    throw invalidRequest('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', {
      param: 'expires_at',
    })
  }
}

const priceOf = (world: World, item: LineItemParams, param: string): StoredPrice => {
  if ((item.price === undefined) === (item.price_data === undefined)) {
    throw invalidRequest('You must specify either `price` or `price_data` for each line item, not both.', { param })
  }
  if (item.price !== undefined) return mustFind(world, 'prices', item.price, `${param}[price]`)
  const data = item.price_data
  if (!data) throw invalidRequest('Missing required param: price_data.', { code: 'parameter_missing', param })
  assertAmount(data.unit_amount, data.currency, `${param}[price_data][unit_amount]`)
  if ((data.product === undefined) === (data.product_data === undefined)) {
    throw invalidRequest('You must specify either `product` or `product_data` in `price_data`.', {
      param: `${param}[price_data]`,
    })
  }
  const product = data.product_data
    ? addProduct(world, {
        name: data.product_data.name,
        active: false,
        description: data.product_data.description ?? null,
        images: data.product_data.images ?? [],
        metadata: mergeMetadata(null, data.product_data.metadata),
      })
    : mustFind(world, 'products', data.product ?? '', `${param}[price_data][product]`)
  return addPrice(world, {
    active: false,
    product: product.id,
    currency: data.currency,
    unit_amount: data.unit_amount,
  })
}

const toLineItem = (world: World, item: LineItemParams, index: number): StoredLineItem => {
  const param = `line_items[${index}]`
  if (item.quantity < 1) {
    throw invalidRequest('The quantity must be at least 1.', {
      code: 'parameter_invalid_integer',
      param: `${param}[quantity]`,
    })
  }
  const price = priceOf(world, item, param)
  const total = (price.unit_amount ?? 0) * item.quantity
  return {
    id: newId('li_'),
    object: 'item',
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency: price.currency,
    description: mustFind(world, 'products', price.product).name,
    metadata: {},
    price: structuredClone(price),
    quantity: item.quantity,
  }
}

const debits: Readonly<Record<string, string>> = { gbp: 'bacs_debit', eur: 'sepa_debit' }

/**
 * The account's settings decide: cards, and the bank debit of the currency unless the money is reserved first. A list only
 * leaves some of them out.
 * @throws Refusal when none is left.
 */
const methodTypes = (
  { allowed_payment_method_types: allowed, payment_intent_data }: CreateParams,
  of: string,
): string[] => {
  const debit = debits[of]
  const possible = debit && payment_intent_data?.capture_method !== 'manual' ? ['card', debit] : ['card']
  const left = allowed ? possible.filter((type) => allowed.some((wanted) => wanted === type)) : possible
  if (!left.length) {
    throw invalidRequest('None of the `allowed_payment_method_types` can be used for this.', {
      param: 'allowed_payment_method_types',
    })
  }
  return left
}

/** Parameters that belong to the other mode. */
const foreignParams = {
  payment: ['setup_intent_data'],
  setup: ['line_items', 'payment_intent_data', 'saved_payment_method_options', 'submit_type'],
} as const satisfies Record<CreateParams['mode'], readonly (keyof CreateParams)[]>

/** @throws Refusal for what does not go together. */
const assertConsistent = (world: World, params: CreateParams): void => {
  const foreign = foreignParams[params.mode].find((name) => params[name] !== undefined)
  if (foreign) throw invalidRequest(`You can not pass \`${foreign}\` in \`${params.mode}\` mode.`, { param: foreign })
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: customer, customer_email.', {
      param: 'customer',
    })
  }
  if (params.customer !== undefined && params.customer_creation !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: customer, customer_creation.', {
      param: 'customer_creation',
    })
  }
  if (params.customer !== undefined) mustFind(world, 'customers', params.customer, 'customer')
  else if (params.saved_payment_method_options) {
    throw invalidRequest('`saved_payment_method_options` can only be used with a `customer`.', {
      param: 'saved_payment_method_options',
    })
  }
}

/** What both modes have. */
const commonFields = (params: CreateParams, expiresAt: number) => ({
  allowed_payment_method_types: params.allowed_payment_method_types ?? null,
  billing_address_collection: params.billing_address_collection ?? null,
  cancel_url: params.cancel_url ?? null,
  client_reference_id: params.client_reference_id ?? null,
  customer: params.customer ?? null,
  customer_creation: params.customer === undefined ? (params.customer_creation ?? 'if_required') : null,
  customer_email: params.customer_email ?? null,
  expires_at: expiresAt,
  locale: params.locale ?? null,
  metadata: mergeMetadata(null, params.metadata),
  success_url: params.success_url,
})

const createForSetup = (world: World, params: CreateParams, expiresAt: number): StoredCheckoutSession => {
  if (params.currency === undefined && params.allowed_payment_method_types === undefined) {
    throw invalidRequest('You must provide one of `currency` or `allowed_payment_method_types` in `setup` mode.', {
      code: 'parameter_missing',
      param: 'currency',
    })
  }
  const intent = addSetupIntent(world, {
    customer: params.customer ?? null,
    description: params.setup_intent_data?.description ?? null,
    metadata: mergeMetadata(null, params.setup_intent_data?.metadata),
  })
  const session = addCheckoutSession(world, {
    ...commonFields(params, expiresAt),
    amount_total: null,
    currency: params.currency ?? null,
    mode: 'setup',
    payment_method_collection: null,
    payment_status: 'no_payment_required',
    setup_intent: intent.id,
    total_details: null,
  })
  emitEvent(world, 'setup_intent.created', intent)
  return session
}

const createForPayment = (world: World, params: CreateParams, expiresAt: number): StoredCheckoutSession => {
  if (!params.line_items) {
    throw invalidRequest('Missing required param: line_items.', { code: 'parameter_missing', param: 'line_items' })
  }
  const items = params.line_items.map((item, index) => toLineItem(world, item, index))
  const currencies = new Set(items.map((item) => item.currency))
  const [sessionCurrency = ''] = currencies
  if (currencies.size > 1 || (params.currency !== undefined && params.currency !== sessionCurrency)) {
    throw invalidRequest('All line items of a Checkout Session must have the same currency.', { param: 'line_items' })
  }
  const total = items.reduce((sum, item) => sum + item.amount_total, 0)
  assertChargeable(total, sessionCurrency)
  const saved = params.saved_payment_method_options
  const session = addCheckoutSession(world, {
    ...commonFields(params, expiresAt),
    amount_total: total,
    currency: sessionCurrency,
    payment_method_types: methodTypes(params, sessionCurrency),
    saved_payment_method_options:
      params.customer === undefined
        ? null
        : {
            allow_redisplay_filters: saved?.allow_redisplay_filters ?? ['always'],
            payment_method_remove: saved?.payment_method_remove ?? 'disabled',
            payment_method_save: saved?.payment_method_save ?? null,
          },
    submit_type: params.submit_type ?? null,
  })
  world.state.lineItems[session.id] = items
  const plan = params.payment_intent_data
  world.state.intentPlans[session.id] = {
    capture_method: plan?.capture_method ?? 'automatic_async',
    transfer_group: plan?.transfer_group ?? null,
    description: plan?.description ?? null,
    metadata: mergeMetadata(null, plan?.metadata),
    receipt_email: plan?.receipt_email ?? null,
    statement_descriptor: plan?.statement_descriptor ?? null,
    statement_descriptor_suffix: plan?.statement_descriptor_suffix ?? null,
    setup_future_usage: plan?.setup_future_usage ?? null,
    allow_redisplay: params.payment_method_data?.allow_redisplay ?? null,
  }
  return session
}

const create = (world: World, params: CreateParams): StoredCheckoutSession => {
  assertConsistent(world, params)
  const expiresAt = params.expires_at ?? secondsOf(world) + longest
  assertExpiry(world, expiresAt)
  const session = (params.mode === 'setup' ? createForSetup : createForPayment)(world, params, expiresAt)
  scheduleLater(world, 'expire_checkout', session.id, expiresAt * 1000 - nowOf(world))
  return session
}

export const checkoutSessionRoutes = [
  route({
    method: 'POST',
    path: '/v1/checkout/sessions',
    params: createParams,
    handle: (world, { params }) => create(world, params),
  }),
  listRoute('/v1/checkout/sessions', 'checkout_sessions', {
    filters: {
      customer: text().optional(),
      payment_intent: text().optional(),
      status: z.enum(['open', 'complete', 'expired']).optional(),
    },
  }),
  retrieveRoute('/v1/checkout/sessions', 'checkout_sessions'),
  route({
    method: 'POST',
    path: '/v1/checkout/sessions/:id',
    params: z.strictObject({ expand, metadata: metadata.optional() }),
    handle: (world, { id, params }) => {
      const session = mustFind(world, 'checkout_sessions', id)
      session.metadata = mergeMetadata(session.metadata, params.metadata)
      return session
    },
  }),
  route({
    method: 'GET',
    path: '/v1/checkout/sessions/:id/line_items',
    params: z.strictObject(pageParams),
    handle: (world, { id, params }) => {
      mustFind(world, 'checkout_sessions', id)
      return listObjects({
        url: `/v1/checkout/sessions/${id}/line_items`,
        objects: sequenceOf(world.state.lineItems[id] ?? []),
        page: params,
        fits: () => true,
      })
    },
  }),
  route({
    method: 'POST',
    path: '/v1/checkout/sessions/:id/expire',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => {
      const session = mustFind(world, 'checkout_sessions', id)
      if (!isCheckoutOpen(world, session)) {
        throw invalidRequest(
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${String(session.status)}\`.`,
        )
      }
      unschedule(world, 'expire_checkout', id)
      closeCheckout(world, session)
      return session
    },
  }),
]
