import type Stripe from 'stripe'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'

/**
 * A customer at Stripe, for those who have a login.
 * @param request.idempotencyKey derived from the customer's id, so that two first payments at once make one.
 * @returns the id at Stripe. @throws ProviderError
 */
export const createStripeCustomer = async (
  {
    customerId,
    email,
    name,
    idempotencyKey,
  }: { customerId: string; email: string; name: string; idempotencyKey: string },
  stripe: Stripe = getStripe(),
): Promise<string> => {
  const customer = await callStripe(() =>
    stripe.customers.create({ email, name, metadata: { customer_id: customerId } }, { idempotencyKey }),
  )
  return customer.id
}
