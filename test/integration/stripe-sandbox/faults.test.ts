import { describe, expect, it } from 'vitest'
import { refundPayment } from '#payments/stripe/refund-payment'
import { toProviderError } from '#payments/stripe/provider-error'
import { createStripeClient } from '#payments/stripe/stripe-client'
import { newKey, openCheckout, payNow, secretKey, startSuite, type Suite } from './support'

const refund = (suite: Suite, paymentIntentId: string, idempotencyKey: string, stripe = suite.stripe) =>
  refundPayment({ paymentIntentId, amount: 1000, metadata: {}, idempotencyKey }, stripe)

const refundsOf = ({ control }: Suite) => Object.keys(control.tables().refunds).length

describe('what is known after a call that failed', () => {
  it.each([
    ['rate_limit', 'not_processed', 0],
    ['server_error', 'unknown', 0],
    ['server_error_after', 'unknown', 1],
  ] as const)('%s: %s', async (kind, outcome, made) => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    const key = newKey()
    suite.control.failNext({ kind, path: '/v1/refunds' })
    await expect(refund(suite, paymentIntentId, key)).rejects.toMatchObject({
      name: 'ProviderError',
      provider: 'stripe',
      outcome,
      definitive: false,
      requestId: expect.stringMatching(/^req_/),
    })
    expect(refundsOf(suite)).toBe(made)
    // The same key again is always safe.
    await refund(suite, paymentIntentId, key)
    expect(refundsOf(suite)).toBe(1)
  })

  it('a lost answer is asked for again by the SDK, and nothing happens twice', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    suite.control.failNext({ kind: 'lose', path: '/v1/refunds' })
    const made = await refund(suite, paymentIntentId, newKey())
    expect(made).toMatchObject({ amount: 1000, status: 'succeeded' })
    expect(refundsOf(suite)).toBe(1)
  })

  it('answers lost again and again leave the outcome unknown', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    const key = newKey()
    suite.control.failNext({ kind: 'lose', path: '/v1/refunds', times: 2 })
    await expect(refund(suite, paymentIntentId, key)).rejects.toMatchObject({
      outcome: 'unknown',
      statusCode: undefined,
    })
    expect(refundsOf(suite)).toBe(1)
    await expect(refund(suite, paymentIntentId, key)).resolves.toMatchObject({ amount: 1000 })
    expect(refundsOf(suite)).toBe(1)
  })

  it('a broken connection before anything happened is unknown too: nobody can tell', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    suite.control.failNext({ kind: 'disconnect', path: '/v1/refunds', times: 2 })
    await expect(refund(suite, paymentIntentId, newKey())).rejects.toMatchObject({ outcome: 'unknown' })
    expect(refundsOf(suite)).toBe(0)
  })

  it('no answer in time is unknown', async () => {
    const suite = await startSuite({}, { timeoutMs: 200 })
    const paymentIntentId = await payNow(suite)
    suite.control.failNext({ kind: 'hang', path: '/v1/refunds' })
    await expect(refund(suite, paymentIntentId, newKey())).rejects.toMatchObject({ outcome: 'unknown' })
    expect(refundsOf(suite)).toBe(1)
  })

  it('nobody listening is unknown; a wrong key is not', async () => {
    const gone = createStripeClient({ secretKey, apiBase: 'http://127.0.0.1:1', maxNetworkRetries: 0 })
    const suite = await startSuite()
    await expect(refund(suite, 'pi_1', newKey(), gone)).rejects.toMatchObject({ outcome: 'unknown' })
    const stranger = createStripeClient({ secretKey: 'sk_test_x', apiBase: suite.url, maxNetworkRetries: 0 })
    await expect(refund(suite, 'pi_1', newKey(), stranger)).rejects.toMatchObject({
      outcome: 'not_processed',
      statusCode: 401,
    })
  })

  it('a key that is still in use is unknown', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    // Under way for as long as the sandbox lives, so that the second one meets it however slow the machine is.
    suite.control.failNext({ kind: 'hang', path: '/v1/refunds' })
    const first = refund(suite, paymentIntentId, 'the-key')
    await expect.poll(() => refundsOf(suite)).toBe(1)
    await expect(refund(suite, paymentIntentId, 'the-key')).rejects.toMatchObject({
      outcome: 'unknown',
      statusCode: 409,
    })
    await suite.close()
    await expect(first).rejects.toMatchObject({ outcome: 'unknown' })
  })

  it('keeps a fault of our own code as unknown, with its cause', () => {
    const cause = new TypeError('x is not a function')
    expect(toProviderError(cause)).toMatchObject({ outcome: 'unknown', message: 'x is not a function', cause })
    expect(toProviderError('text')).toMatchObject({ outcome: 'unknown', message: 'text' })
  })
})

describe('the knobs', () => {
  it('are used up by what they fit, and can be forgotten', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'server_error', method: 'GET', path: '/v1/refunds', times: 5 })
    await expect(openCheckout(suite)).resolves.toMatchObject({ status: 'open' })
    await expect(suite.stripe.refunds.list()).rejects.toMatchObject({ statusCode: 500 })
    suite.control.clearFaults()
    await expect(suite.stripe.refunds.list()).resolves.toMatchObject({ data: [] })
  })
})

describe('the address of the client', () => {
  it('has no path', () => {
    expect(() => createStripeClient({ secretKey, apiBase: 'http://localhost:1/v1' })).toThrow('no path')
  })
})
