import type Stripe from 'stripe'
import { type CardDecline, fingerprintOf, type TestCard } from '../test-cards'
import { newId } from '../world'

/** What is kept of a card. */
export const cardDetails = (
  card: TestCard,
  input: { number: string; expMonth: number; expYear: number },
): Stripe.PaymentMethod.Card => ({
  brand: card.brand,
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: card.country,
  display_brand: card.brand,
  exp_month: input.expMonth,
  exp_year: input.expYear,
  fingerprint: fingerprintOf(input.number),
  funding: card.funding,
  generated_from: null,
  last4: input.number.slice(-4),
  networks: { available: [card.brand], preferred: null },
  regulated_status: 'unregulated',
  three_d_secure_usage: { supported: true },
  wallet: null,
})

/** The card as a charge shows it. `captureBefore` (seconds): until when it stays authorised, null when it was charged at once. */
export const chargedCard = (
  method: Stripe.PaymentMethod.Card,
  amount: number,
  captureBefore: number | null,
): Stripe.Charge.PaymentMethodDetails => ({
  type: 'card',
  card: {
    amount_authorized: amount,
    authorization_code: null,
    brand: method.brand,
    ...(captureBefore === null ? {} : { capture_before: captureBefore }),
    checks: method.checks && { ...method.checks },
    country: method.country,
    electronic_commerce_indicator: null,
    exp_month: method.exp_month,
    exp_year: method.exp_year,
    extended_authorization: { status: 'disabled' },
    fingerprint: method.fingerprint ?? null,
    funding: method.funding,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: method.last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: method.brand,
    network_transaction_id: newId('', 15),
    overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  },
})

/** The bank account as a charge shows it. */
export const chargedDebit = (type: 'bacs_debit' | 'sepa_debit'): Stripe.Charge.PaymentMethodDetails =>
  type === 'bacs_debit'
    ? { type, bacs_debit: { fingerprint: null, last4: '2345', mandate: null, sort_code: '108800' } }
    : {
        type,
        sepa_debit: {
          bank_code: '37040044',
          branch_code: null,
          country: 'DE',
          fingerprint: null,
          last4: '3000',
          mandate: null,
        },
      }

/** What the bank said. */
export const outcomeOf = (decline: CardDecline | undefined): Stripe.Charge.Outcome => ({
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: decline ? 'declined_by_network' : 'approved_by_network',
  reason: decline?.declineCode ?? null,
  risk_level: 'normal',
  risk_score: 20,
  seller_message: decline ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
  type: decline ? 'issuer_declined' : 'authorized',
})
