import type Stripe from 'stripe'
import type { StoredCard } from '../cards/decide-saved-cards'
import { checkoutLocale } from './checkout-sessions'
import { callStripe, ProviderError } from './provider-error'
import { getStripe } from './stripe-client'

/**
 * A customer at Stripe, for those who have a login. It is sent nothing but whom it stands for, because a repeated request must
 * be equal and names and addresses change; those follow by `updateStripeCustomer`.
 * @param request.idempotencyKey of the customer and the attempt, so that two first payments at once make one.
 * @returns the id at Stripe. @throws ProviderError
 */
export const createStripeCustomer = async (
  { customerId, idempotencyKey }: { customerId: string; idempotencyKey: string },
  stripe: Stripe = getStripe(),
): Promise<string> => {
  const customer = await callStripe(() => stripe.customers.create({ metadata: { customerId } }, { idempotencyKey }))
  return customer.id
}

/**
 * Tells Stripe how a customer is called now; receipts and the payment page go by it. Where no language is known, the one stays
 * that Stripe has: the SDK sends nothing for an empty list. @throws ProviderError
 */
export const updateStripeCustomer = async (
  {
    stripeCustomerId,
    email,
    name,
    language,
  }: { stripeCustomerId: string; email: string; name: string; language: string | null },
  stripe: Stripe = getStripe(),
): Promise<void> => {
  await callStripe(() =>
    stripe.customers.update(stripeCustomerId, {
      email,
      name,
      ...(language === null ? {} : { preferred_locales: [language] }),
    }),
  )
}

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

const toCard = (method: Stripe.PaymentMethod): StoredCard[] =>
  method.card
    ? [
        {
          id: method.id,
          brand: method.card.brand,
          last4: method.card.last4,
          expMonth: method.card.exp_month,
          expYear: method.card.exp_year,
          fingerprint: method.card.fingerprint ?? null,
          createdAt: method.created * 1000,
        },
      ]
    : []

export type StripeCustomerCards = { cards: StoredCard[]; defaultId: string | null }

const isMissing = (error: unknown): boolean => error instanceof ProviderError && error.code === 'resource_missing'

/** The cards of a customer and which is the default; undefined when the customer was deleted at Stripe. @throws ProviderError */
export const readCards = async (
  stripeCustomerId: string,
  stripe: Stripe = getStripe(),
): Promise<StripeCustomerCards | undefined> => {
  try {
    const customer = await callStripe(() => stripe.customers.retrieve(stripeCustomerId))
    if (customer.deleted) return undefined
    const methods = await callStripe(() =>
      stripe.customers
        .listPaymentMethods(stripeCustomerId, { type: 'card', limit: 100 })
        .autoPagingToArray({ limit: 1_000 }),
    )
    return { cards: methods.flatMap(toCard), defaultId: idOf(customer.invoice_settings.default_payment_method) }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whose a payment method is now; undefined when Stripe does not know it. @throws ProviderError */
export const findCardOwner = async (
  paymentMethodId: string,
  stripe: Stripe = getStripe(),
): Promise<{ stripeCustomerId: string | null } | undefined> => {
  try {
    const method = await callStripe(() => stripe.paymentMethods.retrieve(paymentMethodId))
    return { stripeCustomerId: idOf(method.customer) }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** For whom something was set up. @throws ProviderError */
export const findSetupOwner = async (setupIntentId: string, stripe: Stripe = getStripe()): Promise<string | null> =>
  idOf((await callStripe(() => stripe.setupIntents.retrieve(setupIntentId))).customer)

/** Takes a card away for good. @throws ProviderError; definitive when it is not kept any more. */
export const detachCard = async (paymentMethodId: string, stripe: Stripe = getStripe()): Promise<void> => {
  await callStripe(() => stripe.paymentMethods.detach(paymentMethodId))
}

/** @throws ProviderError; code `resource_missing` when the card is not the customer's any more. */
export const setDefaultCard = async (
  { stripeCustomerId, paymentMethodId }: { stripeCustomerId: string; paymentMethodId: string },
  stripe: Stripe = getStripe(),
): Promise<void> => {
  await callStripe(() =>
    stripe.customers.update(stripeCustomerId, { invoice_settings: { default_payment_method: paymentMethodId } }),
  )
}

export type CardSetup = {
  stripeCustomerId: string
  customerId: string
  successUrl: string
  cancelUrl: string
  language: string | null
}

/**
 * A hosted page on which a customer saves a card. No key: a second page does no harm.
 * @returns its address. @throws ProviderError; code `resource_missing` when the customer was deleted at Stripe.
 */
export const createCardSetup = async (setup: CardSetup, stripe: Stripe = getStripe()): Promise<string> => {
  const metadata = { customerId: setup.customerId }
  const session = await callStripe(() =>
    stripe.checkout.sessions.create({
      mode: 'setup',
      customer: setup.stripeCustomerId,
      allowed_payment_method_types: ['card'],
      locale: checkoutLocale(setup.language),
      success_url: setup.successUrl,
      cancel_url: setup.cancelUrl,
      metadata,
      setup_intent_data: { metadata },
    }),
  )
  if (session.url === null) throw new ProviderError('Stripe made a checkout without a page.', { outcome: 'unknown' })
  return session.url
}
