import type Stripe from 'stripe'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'
import type { StripeCharge } from './stripe-objects'

/** A charge with its entry in the balance. @throws ProviderError; code `resource_missing` when Stripe does not know it. */
export const retrieveCharge = (chargeId: string, stripe: Stripe = getStripe()): Promise<StripeCharge> =>
  callStripe(() => stripe.charges.retrieve(chargeId, { expand: ['balance_transaction'] }))
