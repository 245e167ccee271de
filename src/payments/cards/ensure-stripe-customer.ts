import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { findPayer, storeStripeCustomer } from './saved-card-queries'
import { ProviderError } from '../stripe/provider-error'
import { createStripeCustomer, updateStripeCustomer } from '../stripe/stripe-customers'
import { syncSavedCards } from './sync-saved-cards'

/**
 * The customer at Stripe behind a customer who has a login: made once, however often and at once this is called, and whatever
 * got lost in between. (Stripe forgets keys after a day; what a much later repetition would make beside it is used by nobody.)
 * Runs outside any transaction.
 * @returns the id at Stripe. @throws ProviderError
 */
export const ensureStripeCustomer = async (payload: Payload, customerId: string): Promise<string> => {
  const req = await localRequest(payload)
  const payer = await findPayer(req, customerId)
  if (!payer) throw new Error(`There is no customer ${customerId}.`)
  if (payer.stripeCustomerId !== null) return payer.stripeCustomerId
  const idempotencyKey = `${customerId}:customer:${payer.attempt}`
  const stripeCustomerId = await createStripeCustomer({ customerId, idempotencyKey })
  await storeStripeCustomer(req, payer, stripeCustomerId)
  await tellStripeOfCustomer(payload, customerId)
  const stored = await findPayer(req, customerId)
  return stored?.stripeCustomerId ?? stripeCustomerId
}

/**
 * Lets Stripe know how a customer is called and where mail goes, as it is now. What Stripe does not take (an address that it
 * holds to be none) is no reason not to pay.
 * @throws ProviderError when Stripe cannot be asked.
 */
export const tellStripeOfCustomer = async (payload: Payload, customerId: string): Promise<void> => {
  const payer = await findPayer(await localRequest(payload), customerId)
  if (!payer?.stripeCustomerId) return
  const { stripeCustomerId, email, name, language } = payer
  try {
    await updateStripeCustomer({ stripeCustomerId, email, name, language })
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.definitive) throw error
    if (error.code === 'resource_missing') return syncSavedCards(payload, customerId)
    payload.logger.warn({ err: error, customerId, msg: 'Stripe did not take what a customer is called' })
  }
}
