import type Stripe from 'stripe'
import { paymentIntentExpansion } from './checkout-facts'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'

/** @throws ProviderError; code `resource_missing` when Stripe does not know it. */
export const retrievePaymentIntent = (
  paymentIntentId: string,
  stripe: Stripe = getStripe(),
): Promise<Stripe.PaymentIntent> =>
  callStripe(() => stripe.paymentIntents.retrieve(paymentIntentId, { expand: paymentIntentExpansion }))

/** For an operation on a payment: the intent, and the idempotency key of the operation and its attempt. */
export type PaymentOperation = { paymentIntentId: string; idempotencyKey: string }

/**
 * Collects an authorised payment in full.
 * @throws ProviderError; definitive with code `payment_intent_unexpected_state` when there is nothing to capture any more.
 */
export const capturePayment = (
  { paymentIntentId, idempotencyKey }: PaymentOperation,
  stripe: Stripe = getStripe(),
): Promise<Stripe.PaymentIntent> =>
  callStripe(() =>
    stripe.paymentIntents.capture(paymentIntentId, { expand: paymentIntentExpansion }, { idempotencyKey }),
  )

/**
 * Gives an authorisation back without a charge; also ends a payment that nobody finished.
 * @throws ProviderError; definitive with code `payment_intent_unexpected_state` when it is paid or cancelled already.
 */
export const cancelPaymentIntent = (
  {
    paymentIntentId,
    idempotencyKey,
    reason,
  }: PaymentOperation & { reason?: 'abandoned' | 'duplicate' | 'fraudulent' | 'requested_by_customer' },
  stripe: Stripe = getStripe(),
): Promise<Stripe.PaymentIntent> =>
  callStripe(() =>
    stripe.paymentIntents.cancel(
      paymentIntentId,
      { ...(reason ? { cancellation_reason: reason } : {}), expand: paymentIntentExpansion },
      { idempotencyKey },
    ),
  )
