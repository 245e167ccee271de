import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createStripeClient } from '#payments/stripe/stripe-client'
import { newKey, openCheckout, secretKey, startSuite, type Suite } from './support'

const post = ({ url }: Suite, path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    body,
    headers: {
      Authorization: `Bearer ${secretKey}`,
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    },
  })

const errorOf = async (response: Response): Promise<unknown> => ((await response.json()) as { error: unknown }).error

const minimal =
  'mode=payment&success_url=https://parley.example/done&line_items[0][quantity]=1&line_items[0][price_data][currency]=gbp&line_items[0][price_data][unit_amount]=500&line_items[0][price_data][product_data][name]=Call'

describe('who may call', () => {
  it('refuses no key and another key, before anything else', async () => {
    const suite = await startSuite()
    const bare = await fetch(`${suite.url}/v1/customers`)
    expect(bare.status).toBe(401)
    const other = createStripeClient({ secretKey: 'sk_test_other', apiBase: suite.url, maxNetworkRetries: 0 })
    await expect(other.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError)
    await expect(other.customers.list()).rejects.not.toThrow('sk_test_other')
  })

  it('refuses to act for an account that is not connected', async () => {
    const { stripe } = await startSuite()
    await expect(stripe.customers.list({}, { stripeAccount: 'acct_1' })).rejects.toMatchObject({
      statusCode: 403,
      code: 'account_invalid',
    })
  })
})

describe('what it does not know', () => {
  it('is an error for the SDK, never a success', async () => {
    const { stripe } = await startSuite()
    await expect(stripe.subscriptions.create({ customer: 'cus_1' })).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 404,
    })
    await expect(stripe.refunds.cancel('re_1')).rejects.toMatchObject({ statusCode: 404 })
  })

  it.each([
    ['/v1/customers', 'nickname=Al', 'parameter_unknown', 'nickname'],
    [
      '/v1/checkout/sessions',
      `${minimal}&payment_intent_data[colour]=red`,
      'parameter_unknown',
      'payment_intent_data[colour]',
    ],
    [
      '/v1/checkout/sessions',
      `${minimal}&line_items[0][price_data][tax]=1`,
      'parameter_unknown',
      'line_items[0][price_data][tax]',
    ],
    ['/v1/checkout/sessions', minimal.replace('mode=payment&', ''), 'parameter_missing', 'mode'],
    ['/v1/checkout/sessions', `${minimal}&expires_at=tomorrow`, 'parameter_invalid_integer', 'expires_at'],
    ['/v1/checkout/sessions', `${minimal}&cancel_url=back`, 'url_invalid', 'cancel_url'],
    ['/v1/checkout/sessions', `${minimal}&client_reference_id=`, 'parameter_invalid_empty', 'client_reference_id'],
    ['/v1/refunds', 'payment_intent=pi_none', 'resource_missing', 'payment_intent'],
    ['/v1/refunds', 'amount=100', 'parameter_missing', 'payment_intent'],
  ])('%s with %s is %s', async (path, body, code, param) => {
    const suite = await startSuite()
    const response = await post(suite, path, body)
    expect(response.status).toBe(400)
    expect(await errorOf(response)).toMatchObject({ type: 'invalid_request_error', code, param })
    expect(suite.control.events()).toEqual([])
  })

  it('answers 404 for an object that is not there, and refuses broken forms', async () => {
    const suite = await startSuite()
    await expect(suite.stripe.checkout.sessions.retrieve('cs_test_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: "No such checkout.session: 'cs_test_none'",
    })
    expect((await post(suite, '/v1/customers', 'metadata=1&metadata[a]=2')).status).toBe(400)
    expect((await post(suite, '/v1/customers', 'metadata[__proto__][x]=1')).status).toBe(400)
  })

  it('refuses to expand what cannot be expanded', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    const read = (path: string) => suite.stripe.checkout.sessions.retrieve(id, { expand: [path] })
    await expect(read('amount_total')).rejects.toThrow('This property cannot be expanded (amount_total).')
    await expect(read('payment_intent.latest_charge.balance_transaction.source.customer')).rejects.toThrow('4 levels')
    expect((await read('line_items')).line_items?.data).toMatchObject([{ description: 'Strategy call', quantity: 1 }])
  })
})

describe('idempotency keys', () => {
  it('give the same answer byte for byte, in any order of the parameters', async () => {
    const suite = await startSuite()
    const headers = { 'Idempotency-Key': newKey() }
    const first = await post(suite, '/v1/customers', 'name=Al&email=al@parley.example', headers)
    const again = await post(suite, '/v1/customers', 'email=al@parley.example&name=Al', headers)
    expect(await again.text()).toBe(await first.text())
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.headers.get('original-request')).toBe(first.headers.get('request-id'))
    expect(suite.control.events('customer.created')).toHaveLength(1)
  })

  it('give the first refusal again, even once it could succeed', async () => {
    const suite = await startSuite()
    const refund = () => suite.stripe.refunds.create({ payment_intent: 'pi_none' }, { idempotencyKey: 'refund-1' })
    await expect(refund()).rejects.toMatchObject({ code: 'resource_missing' })
    await expect(refund()).rejects.toMatchObject({ headers: { 'idempotent-replayed': 'true' } })
  })

  it('are not used up by parameters that were never looked at', async () => {
    const suite = await startSuite()
    const headers = { 'Idempotency-Key': newKey() }
    expect((await post(suite, '/v1/customers', 'nickname=Al', headers)).status).toBe(400)
    expect((await post(suite, '/v1/customers', 'name=Al', headers)).status).toBe(200)
  })

  it('refuse other parameters and another path', async () => {
    const { stripe } = await startSuite()
    const options = { idempotencyKey: newKey() }
    await stripe.customers.create({ name: 'Al' }, options)
    await expect(stripe.customers.create({ name: 'Bo' }, options)).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    )
    await expect(stripe.products.create({ name: 'Al' }, options)).rejects.toThrow('the same endpoint')
  })

  it('answer 409 while the first request is under way', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'delay', path: '/v1/customers', delayMs: 150 })
    const create = () => suite.stripe.customers.create({ name: 'Al' }, { idempotencyKey: 'the-key' })
    const first = create()
    await expect.poll(() => suite.control.events('customer.created').length).toBe(1)
    await expect(create()).rejects.toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' })
    const { id } = await first
    expect((await create()).id).toBe(id)
  })

  it('are forgotten after a day', async () => {
    const suite = await startSuite()
    const create = () => suite.stripe.customers.create({ name: 'Al' }, { idempotencyKey: 'the-key' })
    const { id } = await create()
    suite.control.advanceClock(25 * 3_600_000)
    expect((await create()).id).not.toBe(id)
  })
})

describe('lists', () => {
  it('come newest first, in pages both ways', async () => {
    const { stripe } = await startSuite()
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift((await stripe.customers.create({ name: `Customer ${n}` })).id)
    const page = await stripe.customers.list({ limit: 2 })
    expect(page.data.map((customer) => customer.id)).toEqual(ids.slice(0, 2))
    expect(page.has_more).toBe(true)
    const before = await stripe.customers.list({ limit: 2, ending_before: ids[3] })
    expect(before.data.map((customer) => customer.id)).toEqual(ids.slice(1, 3))
    const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
    expect(all.map((customer) => customer.id)).toEqual(ids)
    await expect(stripe.customers.list({ limit: 101 })).rejects.toThrow('limit')
  })

  it('are cut by time', async () => {
    const { stripe, control } = await startSuite()
    await stripe.customers.create({ name: 'Early' })
    control.advanceClock(10_000)
    const { id, created } = await stripe.customers.create({ name: 'Late' })
    const later = await stripe.customers.list({ created: { gte: created } })
    expect(later.data.map((customer) => customer.id)).toEqual([id])
    expect((await stripe.customers.list({ created: { lt: created - 5 } })).data).toHaveLength(1)
  })
})

describe('customers, products and prices', () => {
  it('are made, changed, read and removed', async () => {
    const { stripe, control } = await startSuite()
    const customer = await stripe.customers.create({ name: 'Al', metadata: { a: '1', b: '2' } })
    const changed = await stripe.customers.update(customer.id, { metadata: { a: '', c: '3' }, name: '' })
    expect(changed).toMatchObject({ name: null, metadata: { b: '2', c: '3' } })
    expect(await stripe.customers.del(customer.id)).toMatchObject({ deleted: true })
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ id: customer.id, deleted: true })
    await expect(stripe.customers.update(customer.id, { name: 'Bo' })).rejects.toMatchObject({
      code: 'resource_missing',
    })

    const product = await stripe.products.create({ name: 'Call' })
    const price = await stripe.prices.create({ product: product.id, currency: 'jpy', unit_amount: 5000 })
    expect(await stripe.prices.retrieve(price.id, { expand: ['product'] })).toMatchObject({ product: { name: 'Call' } })
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://parley.example/done',
      line_items: [{ price: price.id, quantity: 2 }],
    })
    expect(session).toMatchObject({ amount_total: 10_000, currency: 'jpy' })
    expect(control.events().map((event) => event.type)).toEqual([
      'customer.created',
      'customer.updated',
      'customer.deleted',
      'product.created',
      'price.created',
    ])
  })
})
