import type Stripe from 'stripe'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'
import type { StripeRefund } from './stripe-objects'

/**
 * Returns money to the customer. The refund may be `pending`, and can still fail after it `succeeded`.
 * @param request.amount minor units, in the currency's smallest step.
 * @param request.idempotencyKey of the refund and its attempt: two equal partial refunds are two keys.
 * @throws ProviderError; definitive when there is not so much left (code `charge_already_refunded` when nothing is).
 */
export const refundPayment = (
  {
    paymentIntentId,
    amount,
    reason,
    metadata,
    idempotencyKey,
  }: {
    paymentIntentId: string
    amount: number
    reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer'
    metadata: Record<string, string>
    idempotencyKey: string
  },
  stripe: Stripe = getStripe(),
): Promise<StripeRefund> =>
  callStripe(() =>
    stripe.refunds.create(
      { payment_intent: paymentIntentId, amount, metadata, ...(reason ? { reason } : {}) },
      { idempotencyKey },
    ),
  )

/** @throws ProviderError; code `resource_missing` when Stripe does not know it. */
export const retrieveRefund = (refundId: string, stripe: Stripe = getStripe()): Promise<StripeRefund> =>
  callStripe(() => stripe.refunds.retrieve(refundId))

/** Every refund of a payment, also those made in Stripe's dashboard; the newest first. @throws ProviderError */
export const listRefunds = (paymentIntentId: string, stripe: Stripe = getStripe()): Promise<StripeRefund[]> =>
  callStripe(() =>
    stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }).autoPagingToArray({ limit: 10_000 }),
  )

/** The same by its charge. @throws ProviderError */
export const listRefundsOfCharge = (chargeId: string, stripe: Stripe = getStripe()): Promise<StripeRefund[]> =>
  callStripe(() => stripe.refunds.list({ charge: chargeId, limit: 100 }).autoPagingToArray({ limit: 10_000 }))
