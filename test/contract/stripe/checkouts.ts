import { describe, expect, it } from 'vitest'
import { findCheckoutOfIntent } from '#payments/stripe/balance-transactions'
import { toCheckoutFacts } from '#payments/stripe/checkout-facts'
import {
  type CheckoutRequest,
  computeCheckoutExpiry,
  createCheckoutSession,
  expireCheckoutSession,
  paymentMetadata,
  retrieveCheckoutSession,
} from '#payments/stripe/checkout-sessions'
import { createCardSetup, createStripeCustomer, findSetupOwner } from '#payments/stripe/stripe-customers'
import { identity, newKey, pay, price } from './operations'
import type { Target } from './targets'

const requestOf = ({ currency }: Target, changes: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  ...identity(),
  amount: price,
  currency,
  title: 'Strategy call',
  description: 'With Ada, on 2 March.',
  customerEmail: 'guest@example.com',
  captureMethod: 'automatic',
  successUrl: 'https://example.com/done?checkout={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://example.com/back',
  expiresAt: computeCheckoutExpiry(0, Date.now()),
  language: 'de',
  idempotencyKey: newKey(),
  ...changes,
})

const urls = { successUrl: 'https://example.com/saved', cancelUrl: 'https://example.com/back' }

export const describeCheckouts = (target: Target): void => {
  const { stripe } = target
  const customer = () => createStripeCustomer({ customerId: 'contract', idempotencyKey: newKey() }, stripe)

  describe('a checkout', () => {
    it.each(['automatic', 'manual'] as const)('waits on a page of its own to be paid (%s)', async (captureMethod) => {
      const request = requestOf(target, { captureMethod })
      const made = await createCheckoutSession(request, stripe)
      expect(toCheckoutFacts(made)).toEqual({
        id: expect.stringMatching(/^cs_test_/),
        url: expect.stringMatching(/^https?:\/\//),
        status: 'open',
        outcome: 'open',
        amount: price,
        currency: target.currency,
        expiresAt: request.expiresAt,
        metadata: paymentMetadata(request),
        customerId: null,
        paymentIntent: null,
      })
      expect(toCheckoutFacts(await retrieveCheckoutSession(made.id, stripe))).toEqual(toCheckoutFacts(made))
    })

    it('is the same one when it is asked for again', async () => {
      const request = requestOf(target)
      const [first, second] = [
        await createCheckoutSession(request, stripe),
        await createCheckoutSession(request, stripe),
      ]
      expect(second.id).toBe(first.id)
    })

    it('is for a customer who is known, with the cards that they saved', async () => {
      const stripeCustomerId = await customer()
      const made = await createCheckoutSession(requestOf(target, { stripeCustomerId }), stripe)
      expect(toCheckoutFacts(made)).toMatchObject({ status: 'open', customerId: stripeCustomerId })
      expect(made.saved_payment_method_options).toMatchObject({
        allow_redisplay_filters: expect.arrayContaining(['always', 'limited', 'unspecified']),
        payment_method_save: 'enabled',
      })
    })

    it('can be closed, and stays closed', async () => {
      const { id } = await createCheckoutSession(requestOf(target), stripe)
      const closed = { id, status: 'expired', outcome: 'expired', url: null }
      expect(toCheckoutFacts(await expireCheckoutSession(id, stripe))).toMatchObject(closed)
      await expect(stripe.checkout.sessions.expire(id)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' })
      expect(toCheckoutFacts(await expireCheckoutSession(id, stripe))).toMatchObject(closed)
    })

    it('cannot be open for less than half an hour, or more than a day', async () => {
      for (const minutes of [29, 24 * 60 + 2]) {
        const expiresAt = Date.now() + minutes * 60_000
        await expect(createCheckoutSession(requestOf(target, { expiresAt }), stripe)).rejects.toMatchObject({
          definitive: true,
          statusCode: 400,
          cause: { param: 'expires_at' },
        })
      }
    })

    it('is not opened for a customer who is not there', async () => {
      const request = requestOf(target, { stripeCustomerId: 'cus_nobodyofthatname' })
      await expect(createCheckoutSession(request, stripe)).rejects.toMatchObject({
        definitive: true,
        code: 'resource_missing',
      })
    })

    it('is not found by a payment that was made without one', async () => {
      expect(await findCheckoutOfIntent((await pay(target, 'pm_card_visa')).id, stripe)).toBeNull()
    })

    it('to save a card names the customer and nothing to be paid', async () => {
      const stripeCustomerId = await customer()
      const url = await createCardSetup({ stripeCustomerId, customerId: 'contract', language: 'de', ...urls }, stripe)
      expect(url).toMatch(/^https?:\/\//)
      const [made] = (await stripe.checkout.sessions.list({ customer: stripeCustomerId })).data
      expect(made).toMatchObject({
        mode: 'setup',
        status: 'open',
        url,
        amount_total: null,
        payment_status: 'no_payment_required',
        metadata: { customerId: 'contract' },
        setup_intent: expect.stringMatching(/^seti_/),
      })
      expect(await findSetupOwner(String(made?.setup_intent), stripe)).toBe(stripeCustomerId)
    })
  })
}
