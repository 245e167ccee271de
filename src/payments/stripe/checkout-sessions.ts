import type Stripe from 'stripe'
import { checkoutExpansion } from './checkout-facts'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'
import { hourMs, minuteMs } from '#shared/time'

/** Ids of Parley that go into the metadata of every object at Stripe. */
export type PaymentIdentity = {
  paymentId: string
  paymentReference: string
  sessionId: string
  sessionReference: string
  consultantId: string
  customerId: string
}

export const paymentMetadata = (identity: PaymentIdentity): Record<string, string> => ({
  paymentId: identity.paymentId,
  paymentReference: identity.paymentReference,
  sessionId: identity.sessionId,
  sessionReference: identity.sessionReference,
  consultantId: identity.consultantId,
  customerId: identity.customerId,
})
/** Stripe takes 30 minutes to 24 hours from its own clock; the margin covers clocks that differ, and repeated requests. */
const shortest = 32 * minuteMs
const longest = 24 * hourMs - 2 * minuteMs

/**
 * When the hosted page closes by itself, epoch ms: the deadline where Stripe takes it, else the nearest that it takes. An
 * earlier deadline is enforced by `expireCheckoutSession`. Store it with the operation: a repeated request must be equal.
 */
export const computeCheckoutExpiry = (deadline: number, now: number): number =>
  Math.ceil(Math.min(Math.max(deadline, now + shortest), now + longest) / 1000) * 1000

const hostedLocales = new Set(
  'bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  ),
)

/** The language of the hosted page: the tag, or its language alone, or what the browser asks for. */
export const checkoutLocale = (languageTag: string | null | undefined): Stripe.Checkout.SessionCreateParams.Locale => {
  const tag = languageTag ?? ''
  const language = tag.split('-')[0] ?? ''
  return [tag, language].find((candidate) => hostedLocales.has(candidate)) ?? 'auto'
}

export type CheckoutRequest = PaymentIdentity & {
  /** Minor units; more than 0. */
  amount: number
  currency: string
  /** What the customer reads on the page and on the receipt. */
  title: string
  description?: string | undefined
  customerEmail: string
  /** The customer at Stripe, where there is one; then Stripe uses the address that it has. */
  stripeCustomerId?: string | null | undefined
  /** `manual` authorises the card and waits for `capturePayment`. */
  captureMethod: 'automatic' | 'manual'
  /** May hold `{CHECKOUT_SESSION_ID}`. */
  successUrl: string
  cancelUrl: string
  /** From `computeCheckoutExpiry`. */
  expiresAt: number
  language?: string | null | undefined
  /** Of the operation and its attempt; committed before the call. */
  idempotencyKey: string
}

/** Who pays with their login is offered every card that they saved, however they did it, and may save the one they enter. */
const savedCardOptions = {
  allow_redisplay_filters: ['always', 'limited', 'unspecified'],
  payment_method_save: 'enabled',
} satisfies Stripe.Checkout.SessionCreateParams.SavedPaymentMethodOptions

/**
 * Opens a hosted checkout. The money goes to the platform; `transfer_group` ties the later transfer to it.
 * @throws ProviderError
 */
export const createCheckoutSession = async (
  request: CheckoutRequest,
  stripe: Stripe = getStripe(),
): Promise<Stripe.Checkout.Session> => {
  const metadata = paymentMetadata(request)
  return callStripe(() =>
    stripe.checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: request.sessionId,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: request.currency.toLowerCase(),
              unit_amount: request.amount,
              product_data: {
                name: request.title,
                ...(request.description ? { description: request.description } : {}),
              },
            },
          },
        ],
        ...(request.stripeCustomerId
          ? { customer: request.stripeCustomerId, saved_payment_method_options: savedCardOptions }
          : { customer_email: request.customerEmail }),
        payment_intent_data: {
          ...(request.captureMethod === 'manual' ? { capture_method: 'manual' as const } : {}),
          transfer_group: request.sessionId,
          description: `${request.title} (${request.sessionReference})`,
          metadata,
        },
        metadata,
        locale: checkoutLocale(request.language),
        success_url: request.successUrl,
        cancel_url: request.cancelUrl,
        expires_at: Math.floor(request.expiresAt / 1000),
        expand: checkoutExpansion,
      },
      { idempotencyKey: request.idempotencyKey },
    ),
  )
}

/** A checkout with its payment intent, charge and balance entry. @throws ProviderError; code `resource_missing`. */
export const retrieveCheckoutSession = (
  checkoutSessionId: string,
  stripe: Stripe = getStripe(),
): Promise<Stripe.Checkout.Session> =>
  callStripe(() => stripe.checkout.sessions.retrieve(checkoutSessionId, { expand: checkoutExpansion }))

/**
 * Closes the hosted page and answers how the checkout ended. The race: the customer may pay at the same moment, and then
 * Stripe refuses to close it; paid wins. Whatever went wrong, Stripe is asked for the truth, so the answer is never `open`.
 * @throws ProviderError when the checkout is still open, or the truth cannot be had: keep the slot and try again.
 */
export const expireCheckoutSession = async (
  checkoutSessionId: string,
  stripe: Stripe = getStripe(),
): Promise<Stripe.Checkout.Session> => {
  try {
    return await callStripe(() => stripe.checkout.sessions.expire(checkoutSessionId, { expand: checkoutExpansion }))
  } catch (failure) {
    const truth = await retrieveCheckoutSession(checkoutSessionId, stripe)
    if (truth.status === 'open') throw failure
    return truth
  }
}
