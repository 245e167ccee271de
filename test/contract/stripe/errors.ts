import { describe, expect, it } from 'vitest'
import { callStripe } from '#payments/stripe/provider-error'
import { retrieveCharge } from '#payments/stripe/charges'
import { retrievePaymentIntent } from '#payments/stripe/payment-intents'
import { createStripeCustomer } from '#payments/stripe/stripe-customers'
import { newKey } from './operations'
import type { Target } from './targets'

export const describeErrors = (target: Target): void => {
  const { stripe } = target
  const raw = (method: 'GET' | 'POST', path: string, params?: object) =>
    callStripe(() => stripe.rawRequest(method, path, params))

  describe('an error', () => {
    it('says which parameter is not known', async () => {
      await expect(raw('POST', '/v1/customers', { nonsense: 'yes' })).rejects.toMatchObject({
        definitive: true,
        statusCode: 400,
        code: 'parameter_unknown',
        requestId: expect.stringMatching(/^req_/),
        cause: { type: 'StripeInvalidRequestError', param: 'nonsense' },
      })
    })

    it('says which parameter is missing', async () => {
      await expect(raw('POST', '/v1/payment_intents', { currency: 'usd' })).rejects.toMatchObject({
        definitive: true,
        statusCode: 400,
        code: 'parameter_missing',
        cause: { param: 'amount' },
      })
    })

    it('says that there is no such call', async () => {
      await expect(raw('GET', '/v1/nonsense')).rejects.toMatchObject({
        definitive: true,
        statusCode: 404,
        message: expect.stringMatching(/^Unrecognized request URL \(GET: \/v1\/nonsense\)/),
        cause: { type: 'StripeInvalidRequestError' },
      })
    })

    it('says that there is no such object', async () => {
      const missing = { definitive: true, statusCode: 404, code: 'resource_missing' }
      await expect(retrievePaymentIntent('pi_nothingofthatname', stripe)).rejects.toMatchObject(missing)
      await expect(retrieveCharge('ch_nothingofthatname', stripe)).rejects.toMatchObject(missing)
    })

    it('of a wrong key says that nothing was looked at', async () => {
      const stranger = target.withKey('sk_test_nobody')
      await expect(
        createStripeCustomer({ customerId: 'contract', idempotencyKey: newKey() }, stranger),
      ).rejects.toMatchObject({
        outcome: 'not_processed',
        statusCode: 401,
        cause: { type: 'StripeAuthenticationError' },
      })
    })

    it('keeps a key to the call that it was first used for', async () => {
      const idempotencyKey = newKey()
      await stripe.customers.create({}, { idempotencyKey })
      await expect(
        callStripe(() => stripe.products.create({ name: 'Another call' }, { idempotencyKey })),
      ).rejects.toMatchObject({ outcome: 'unknown', statusCode: 400, cause: { type: 'StripeIdempotencyError' } })
    })

    it('says that a page is too long', async () => {
      await expect(callStripe(async () => stripe.charges.list({ limit: 101 }))).rejects.toMatchObject({
        definitive: true,
        statusCode: 400,
      })
    })
  })
}
