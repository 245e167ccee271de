import { describe, expect, it } from 'vitest'
import {
  createStripeCustomer,
  detachCard,
  findCardOwner,
  readCards,
  setDefaultCard,
  updateStripeCustomer,
} from '#payments/stripe/stripe-customers'
import { newKey } from './operations'
import type { Target } from './targets'

export const describeCustomers = (target: Target): void => {
  const { stripe } = target
  const create = () => createStripeCustomer({ customerId: 'contract', idempotencyKey: newKey() }, stripe)
  const attach = (customer: string) => stripe.paymentMethods.attach('pm_card_visa', { customer })

  describe('a customer', () => {
    it('is made once under one key, and told how they are called now', async () => {
      const operation = { customerId: 'contract', idempotencyKey: newKey() }
      const id = await createStripeCustomer(operation, stripe)
      expect(await createStripeCustomer(operation, stripe)).toBe(id)
      const names = { email: 'ada@example.com', name: 'Ada Guest', language: 'de' }
      await updateStripeCustomer({ stripeCustomerId: id, ...names }, stripe)
      const named = { email: 'ada@example.com', name: 'Ada Guest', preferred_locales: ['de'] }
      expect(await stripe.customers.retrieve(id)).toMatchObject({ ...named, metadata: { customerId: 'contract' } })
      // Nobody can tell Stripe that a language is not known any more.
      await updateStripeCustomer({ stripeCustomerId: id, ...names, language: null }, stripe)
      expect(await stripe.customers.retrieve(id)).toMatchObject(named)
    })

    it('has cards, of which one is the default, until they are taken away', async () => {
      const stripeCustomerId = await create()
      expect(await readCards(stripeCustomerId, stripe)).toEqual({ cards: [], defaultId: null })
      const { id } = await attach(stripeCustomerId)
      await setDefaultCard({ stripeCustomerId, paymentMethodId: id }, stripe)
      expect(await readCards(stripeCustomerId, stripe)).toEqual({
        defaultId: id,
        cards: [
          {
            id,
            brand: 'visa',
            last4: '4242',
            expMonth: expect.any(Number),
            expYear: expect.any(Number),
            fingerprint: expect.any(String),
            createdAt: expect.any(Number),
          },
        ],
      })
      expect(await findCardOwner(id, stripe)).toEqual({ stripeCustomerId })
      await detachCard(id, stripe)
      expect(await readCards(stripeCustomerId, stripe)).toEqual({ cards: [], defaultId: null })
      expect(await findCardOwner(id, stripe)).toEqual({ stripeCustomerId: null })
      await expect(detachCard(id, stripe)).rejects.toMatchObject({ definitive: true, statusCode: 400 })
      await expect(setDefaultCard({ stripeCustomerId, paymentMethodId: id }, stripe)).rejects.toMatchObject({
        definitive: true,
        code: 'resource_missing',
      })
    })

    it('who was deleted has no cards', async () => {
      const id = await create()
      await attach(id)
      await stripe.customers.del(id)
      expect(await readCards(id, stripe)).toBeUndefined()
    })

    it('who never was has none either', async () => {
      expect(await readCards('cus_nobodyofthatname', stripe)).toBeUndefined()
      expect(await findCardOwner('pm_nothingofthatname', stripe)).toBeUndefined()
    })
  })
}
