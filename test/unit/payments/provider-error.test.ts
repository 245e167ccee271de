import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { findProviderLimited, ProviderLimited } from '#providers/provider-limited'
import { callStripe, ProviderError, toProviderError } from '#payments/stripe/provider-error'

const { errors } = Stripe
const raw = (statusCode: number, more: Partial<Stripe.StripeRawError> = {}): Stripe.StripeRawError => ({
  type: 'invalid_request_error',
  message: 'no',
  statusCode,
  ...more,
})

describe('what an error of Stripe says about the operation', () => {
  it.each([
    ['a request that makes no sense', errors.StripeError.generate(raw(400)), 'refused'],
    ['a declined card', errors.StripeError.generate(raw(402, { type: 'card_error' })), 'refused'],
    ['a key that may not do that', errors.StripeError.generate(raw(403)), 'refused'],
    ['an object that is not there', errors.StripeError.generate(raw(404, { code: 'resource_missing' })), 'refused'],
    ['a wrong key', errors.StripeError.generate(raw(401)), 'not_processed'],
    ['too many requests', errors.StripeError.generate(raw(429, { code: 'rate_limit' })), 'not_processed'],
    ['an object that is locked', errors.StripeError.generate(raw(409, { code: 'lock_timeout' })), 'unknown'],
    ['an idempotency key in use', errors.StripeError.generate(raw(409, { code: 'idempotency_key_in_use' })), 'unknown'],
    [
      'an idempotency key used for something else',
      errors.StripeError.generate(raw(400, { type: 'idempotency_error' })),
      'unknown',
    ],
    ['Stripe’s own fault', errors.StripeError.generate(raw(500, { type: 'api_error' })), 'unknown'],
    ['Stripe being down', errors.StripeError.generate(raw(503, { type: 'api_error' })), 'unknown'],
    ['a broken connection', new errors.StripeConnectionError({ message: 'reset' }), 'unknown'],
    ['an answer that is no JSON', new errors.StripeAPIError({ message: 'Invalid JSON' }), 'unknown'],
    ['anything else', new Error('?'), 'unknown'],
  ])('%s', (_, error, outcome) => {
    const translated = toProviderError(error)
    expect(translated).toMatchObject({ outcome, definitive: outcome === 'refused' })
    // Between the two stands when to come again, where Stripe was called too often.
    const { cause } = translated
    expect(cause instanceof ProviderLimited ? cause.cause : cause).toBe(error)
  })

  it('says when to come again after too many requests', () => {
    const error = errors.StripeError.generate(raw(429, { code: 'rate_limit', headers: { 'retry-after': '7' } }))
    expect(findProviderLimited(toProviderError(error))?.retryAfterSeconds).toBe(7)
  })

  it('keeps Stripe’s codes', () => {
    const error = errors.StripeError.generate(
      raw(402, { type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor', requestId: 'req_1' }),
    )
    expect(toProviderError(error)).toMatchObject({
      code: 'card_declined',
      declineCode: 'do_not_honor',
      statusCode: 402,
      requestId: 'req_1',
      message: 'no',
    })
  })

  it('is not wrapped twice', async () => {
    const error = new ProviderError('no', { outcome: 'refused' })
    await expect(callStripe(() => Promise.reject(error))).rejects.toBe(error)
  })
})
