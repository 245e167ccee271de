import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { ensureStripeCustomer } from './ensure-stripe-customer'
import { findPayer } from './saved-card-queries'
import { ProviderError } from '../stripe/provider-error'
import { createCardSetup } from '../stripe/stripe-customers'
import { syncSavedCards } from './sync-saved-cards'

/**
 * A page of Stripe's on which a customer saves a card. One who was deleted at Stripe is made anew.
 * @returns its address. @throws ProviderError
 */
export const openCardSetup = async (
  payload: Payload,
  setup: { customerId: string; successUrl: string; cancelUrl: string },
): Promise<string> => {
  const language = (await findPayer(await localRequest(payload), setup.customerId))?.language ?? null
  const open = async () =>
    createCardSetup({ ...setup, stripeCustomerId: await ensureStripeCustomer(payload, setup.customerId), language })
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'resource_missing') throw error
    await syncSavedCards(payload, setup.customerId)
    return open()
  }
}
