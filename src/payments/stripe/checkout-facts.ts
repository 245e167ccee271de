import type Stripe from 'stripe'
import type { Money } from '#shared/money'

/** Where a payment stands at Stripe. `failed`: the last try did not succeed, another one is possible while it is open. */
export type PaymentIntentFacts = {
  id: string
  status: Stripe.PaymentIntent.Status
  amount: number
  /** Really collected. */
  amountReceived: number
  /** Authorised and not yet captured. */
  amountCapturable: number
  currency: string
  metadata: Record<string, string>
  customerId: string | null
  chargeId: string | null
  /** The card's authorisation runs out at this moment (epoch ms); null when nothing waits to be captured. */
  captureBefore: number | null
  paymentMethod: 'card' | 'bank_transfer' | 'wallet' | null
  receiptUrl: string | null
  /** Stands on the receipt that Stripe mails, if it does. */
  receiptNumber: string | null
  /** Returned so far, refunds that failed not counted. */
  amountRefunded: number
  failure: { code: string; message: string } | null
  /** Stripe's entry in the balance for the charge: what it kept and what is left, in the balance's currency. */
  balance: { transactionId: string; fee: Money; net: Money } | null
  /** Epoch ms; of the charge. */
  chargedAt: number | null
}

/** A checkout as Stripe says it is; amounts in minor units, currencies in upper case, instants in epoch ms. */
export type CheckoutFacts = {
  id: string
  /** The hosted page; null once it is closed. */
  url: string | null
  status: 'open' | 'complete' | 'expired'
  /**
   * - `open`: waits for the customer
   * - `processing`: the customer is done, the money is not there yet (bank debit)
   * - `authorized`: the card is authorised and waits for the capture
   * - `paid`: collected
   * - `failed`: the customer is done, and the payment failed or was cancelled
   * - `expired`: closed without a payment
   */
  outcome: 'open' | 'processing' | 'authorized' | 'paid' | 'failed' | 'expired'
  amount: number
  currency: string
  expiresAt: number
  metadata: Record<string, string>
  customerId: string | null
  paymentIntent: PaymentIntentFacts | null
}

/** What `toCheckoutFacts` needs to see expanded. */
export const checkoutExpansion = ['payment_intent.latest_charge.balance_transaction']
export const paymentIntentExpansion = ['latest_charge.balance_transaction']

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

const expanded = <T extends { id: string }>(value: string | T | null | undefined): T | null =>
  typeof value === 'object' ? value : null

const methodOf = (details: Stripe.Charge.PaymentMethodDetails | null): PaymentIntentFacts['paymentMethod'] => {
  if (!details) return null
  if (details.card) return details.card.wallet ? 'wallet' : 'card'
  return details.link || details.paypal || details.alipay || details.wechat_pay || details.amazon_pay
    ? 'wallet'
    : 'bank_transfer'
}

const currencyOf = (code: string): string => code.toUpperCase()

/** @param intent with `paymentIntentExpansion`, else the facts of its charge are missing. */
export const toPaymentIntentFacts = (intent: Stripe.PaymentIntent): PaymentIntentFacts => {
  const charge = expanded(intent.latest_charge)
  const balance = expanded(charge?.balance_transaction)
  const captureBefore = charge?.payment_method_details?.card?.capture_before
  const error = intent.last_payment_error
  return {
    id: intent.id,
    status: intent.status,
    amount: intent.amount,
    amountReceived: intent.amount_received,
    amountCapturable: intent.amount_capturable,
    currency: currencyOf(intent.currency),
    metadata: intent.metadata,
    customerId: idOf(intent.customer),
    chargeId: idOf(intent.latest_charge),
    captureBefore: intent.status === 'requires_capture' && captureBefore ? captureBefore * 1000 : null,
    paymentMethod: methodOf(charge?.payment_method_details ?? null),
    receiptUrl: charge?.receipt_url ?? null,
    receiptNumber: charge?.receipt_number ?? null,
    amountRefunded: charge?.captured ? charge.amount_refunded : 0,
    failure: error ? { code: error.decline_code ?? error.code ?? error.type, message: error.message ?? '' } : null,
    balance: balance && {
      transactionId: balance.id,
      fee: { amount: balance.fee, currency: currencyOf(balance.currency) },
      net: { amount: balance.net, currency: currencyOf(balance.currency) },
    },
    chargedAt: charge ? charge.created * 1000 : null,
  }
}

const outcomeOf = (
  status: CheckoutFacts['status'],
  paymentStatus: Stripe.Checkout.Session.PaymentStatus,
  intent: PaymentIntentFacts | null,
): CheckoutFacts['outcome'] => {
  if (status !== 'complete') return status
  if (paymentStatus !== 'unpaid') return 'paid'
  // For a manual capture Stripe leaves the session `unpaid` for ever; the payment intent has the truth.
  if (intent?.status === 'succeeded') return 'paid'
  if (intent?.status === 'requires_capture') return 'authorized'
  return intent?.status === 'processing' ? 'processing' : 'failed'
}

const checkoutStatuses = ['open', 'complete', 'expired'] as const

const statusOf = (status: Stripe.Checkout.Session.Status | null): CheckoutFacts['status'] => {
  const known = checkoutStatuses.find((candidate) => candidate === status)
  if (!known) throw new Error(`Stripe says a checkout is "${String(status)}", which is not known.`)
  return known
}

/** @param session with `checkoutExpansion`. */
export const toCheckoutFacts = (session: Stripe.Checkout.Session): CheckoutFacts => {
  const intent = expanded(session.payment_intent)
  const paymentIntent = intent && toPaymentIntentFacts(intent)
  const status = statusOf(session.status)
  return {
    id: session.id,
    url: session.url,
    status,
    outcome: outcomeOf(status, session.payment_status, paymentIntent),
    amount: session.amount_total ?? 0,
    currency: currencyOf(session.currency ?? ''),
    expiresAt: session.expires_at * 1000,
    metadata: session.metadata ?? {},
    customerId: idOf(session.customer),
    paymentIntent,
  }
}
