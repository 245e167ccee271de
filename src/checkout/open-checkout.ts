import type { PayloadRequest } from 'payload'
import {
  findPayment,
  findPaymentOfSession,
  type PaymentRow,
  renewCheckout,
  storeCheckout,
  storePayingCustomer,
} from '#payments/payment-queries'
import { payablePayments } from '#payments/payment-states'
import { ensureStripeCustomer } from '#payments/cards/ensure-stripe-customer'
import { syncSavedCards } from '#payments/cards/sync-saved-cards'
import { type CheckoutFacts, toCheckoutFacts } from '#payments/stripe/checkout-facts'
import {
  computeCheckoutExpiry,
  createCheckoutSession,
  retrieveCheckoutSession,
} from '#payments/stripe/checkout-sessions'
import { ProviderError } from '#payments/stripe/provider-error'
import { DomainError } from '#shared/errors'
import type { Money } from '#shared/money'
import { isOneOf } from '#shared/state-table'
import { applyCheckout } from './fulfil-checkout'
import { requireSession, type SessionRow } from '#sessions/session-queries'
import { waitingSessions } from '#sessions/session-states'

export type OpenCheckout = { checkoutUrl: string; expiresAt: number; amount: Money }

const createAtStripe = async (session: SessionRow, payment: PaymentRow): Promise<CheckoutFacts> => {
  const { successUrl, cancelUrl, checkoutExpiresAt } = payment
  if (successUrl === null || cancelUrl === null || checkoutExpiresAt === null) {
    throw new Error(`Payment ${payment.reference} was made without a page to pay on.`)
  }
  const made = await createCheckoutSession({
    paymentId: payment.id,
    paymentReference: payment.reference,
    sessionId: session.id,
    sessionReference: session.reference,
    consultantId: session.consultantId,
    customerId: session.customerId,
    amount: payment.amount,
    currency: payment.currency,
    title: payment.page.title,
    customerEmail: payment.page.customerEmail,
    stripeCustomerId: payment.stripeCustomerId,
    captureMethod: session.requiresConfirmation ? 'manual' : 'automatic',
    successUrl,
    cancelUrl,
    expiresAt: checkoutExpiresAt,
    language: payment.page.language,
    idempotencyKey: `${payment.id}:checkout:${payment.attempt}`,
  })
  return toCheckoutFacts(made)
}

/**
 * Who pays with a login pays as their customer at Stripe. It is stored with the payment before Stripe is asked for a page: a
 * repeated request must be equal. Guests are no customers at Stripe, whatever address they type.
 */
const withPayer = async (req: PayloadRequest, payment: PaymentRow): Promise<PaymentRow> => {
  if (!payment.page.isLogin || payment.stripeCustomerId !== null) return payment
  await storePayingCustomer(req, payment, await ensureStripeCustomer(req.payload, payment.customerId))
  const prepared = await findPayment(req, payment.id)
  if (!prepared?.stripeCustomerId) throw new DomainError('unavailable', 'Try again.', { retryAfter: 1 })
  return prepared
}

/** A first try that comes late asks for a time of closing that Stripe does not take any more; the second one for another. */
const createOrRenew = async (req: PayloadRequest, session: SessionRow, payment: PaymentRow): Promise<CheckoutFacts> => {
  const prepared = await withPayer(req, payment)
  try {
    return await createAtStripe(session, prepared)
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.definitive) throw error
    // Deleted at Stripe, perhaps: then another one is made.
    if (prepared.stripeCustomerId !== null) await syncSavedCards(req.payload, payment.customerId)
    const now = Date.now()
    await renewCheckout(req, prepared, computeCheckoutExpiry(session.paymentDeadline ?? now, now))
    const renewed = await findPayment(req, payment.id)
    if (!renewed || renewed.attempt === prepared.attempt) throw error
    return createAtStripe(session, await withPayer(req, renewed))
  }
}

/**
 * The page on which a session is paid: made at Stripe once per payment, however often this is called, and whatever got lost in
 * between, because everything that is sent along was stored before the first call. Runs outside any transaction.
 * @throws DomainError `illegal_transition` when there is nothing to pay, `provider_failed` when Stripe cannot be reached.
 */
export const openCheckout = async (req: PayloadRequest, sessionId: string): Promise<OpenCheckout> => {
  const session = await requireSession(req, sessionId)
  const payment = await findPaymentOfSession(req, sessionId)
  if (!payment || !isOneOf(waitingSessions, session.status) || !isOneOf(payablePayments, payment.status)) {
    throw new DomainError('illegal_transition', 'There is nothing to pay for this session.')
  }
  try {
    const checkout =
      payment.checkoutSessionId === null
        ? await createOrRenew(req, session, payment)
        : toCheckoutFacts(await retrieveCheckoutSession(payment.checkoutSessionId))
    if (payment.checkoutSessionId === null) await storeCheckout(req, payment.id, checkout)
    if (checkout.status !== 'open' || checkout.url === null) {
      // Paid or closed meanwhile: our books follow, and the page shows what became of it.
      await applyCheckout(req.payload, checkout)
      throw new DomainError('illegal_transition', 'The payment is finished. Load the session again.')
    }
    return {
      checkoutUrl: checkout.url,
      expiresAt: Math.min(checkout.expiresAt, session.paymentDeadline ?? checkout.expiresAt),
      amount: { amount: payment.amount, currency: payment.currency },
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    req.payload.logger.warn({ err: error, sessionId, msg: 'Stripe could not open a checkout' })
    throw new DomainError('provider_failed', 'The payment page could not be opened. Try again in a moment.', {
      cause: error,
    })
  }
}
