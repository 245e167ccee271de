import type Stripe from 'stripe'
import { emitEvent } from '../emit-event'
import { addCharge, addCustomer, addPaymentIntent, addPaymentMethod } from '../objects'
import type { StoredCharge, StoredCheckoutSession, StoredPaymentIntent, StoredPaymentMethod } from '../stored-objects'
import { findTestCard, type TestCard } from '../test-cards'
import { find, newId, nowOf, secondsOf, type World } from '../world'
import { collectCharge } from './collect-charge'
import { isCheckoutOpen } from './expire-checkout'
import { scheduleLater } from './schedule-later'

/** What a person enters on the hosted page. */
export type PaymentInput = { email: string; name: string } & (
  { method: 'card'; number: string; expMonth: number; expYear: number } | { method: 'bank_debit' }
)

export type PaymentResult =
  | { ok: true }
  | { ok: false; reason: 'closed' | 'invalid_number' | 'expired' | 'declined' | 'no_debit'; message: string }

/** How long a card stays authorised. */
const authorizationDays = 7

/** How a customer of that currency can pay from a bank account; null where the sandbox knows no way. */
export const debitTypeOf = (session: StoredCheckoutSession): 'bacs_debit' | 'sepa_debit' | null => {
  const type = session.currency === 'gbp' ? 'bacs_debit' : session.currency === 'eur' ? 'sepa_debit' : null
  return type && session.payment_method_types.includes(type) ? type : null
}

const ensureIntent = (world: World, session: StoredCheckoutSession): StoredPaymentIntent => {
  const existing = session.payment_intent ? find(world, 'payment_intents', session.payment_intent) : undefined
  if (existing) return existing
  const plan = world.state.intentPlans[session.id]
  const intent = addPaymentIntent(world, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: session.customer,
    payment_method_types: [...session.payment_method_types],
    ...plan,
    metadata: { ...plan?.metadata },
  })
  session.payment_intent = intent.id
  emitEvent(world, 'payment_intent.created', intent)
  return intent
}

const cardDetails = (
  card: TestCard,
  input: { number: string; expMonth: number; expYear: number },
): Stripe.PaymentMethod.Card => ({
  brand: card.brand,
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: card.country,
  display_brand: card.brand,
  exp_month: input.expMonth,
  exp_year: input.expYear,
  fingerprint: input.number.slice(-8),
  funding: card.funding,
  generated_from: null,
  last4: input.number.slice(-4),
  networks: { available: [card.brand], preferred: null },
  regulated_status: 'unregulated',
  three_d_secure_usage: { supported: true },
  wallet: null,
})

const chargedCard = (
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

const chargedDebit = (type: 'bacs_debit' | 'sepa_debit'): Stripe.Charge.PaymentMethodDetails =>
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

const outcome = (decline: TestCard['decline']): Stripe.Charge.Outcome => ({
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

const billing = ({ email, name }: PaymentInput) => ({ address: null, email, name, phone: null, tax_id: null })

const decline = (
  world: World,
  args: {
    intent: StoredPaymentIntent
    method: StoredPaymentMethod
    input: PaymentInput
    why: NonNullable<TestCard['decline']>
  },
): PaymentResult => {
  const { intent, method, input, why } = args
  const charge = addCharge(world, {
    intent,
    status: 'failed',
    billing_details: billing(input),
    failure_code: why.code,
    failure_message: why.message,
    outcome: outcome(why),
    payment_method: method.id,
    payment_method_details: method.card ? chargedCard(method.card, intent.amount, null) : null,
    receipt_url: null,
  })
  intent.latest_charge = charge.id
  intent.status = 'requires_payment_method'
  intent.last_payment_error = {
    charge: charge.id,
    code: why.code,
    decline_code: why.declineCode,
    doc_url: `https://stripe.com/docs/error-codes/${why.code.replaceAll('_', '-')}`,
    message: why.message,
    type: 'card_error',
  }
  emitEvent(world, 'charge.failed', charge)
  emitEvent(world, 'payment_intent.payment_failed', intent)
  return { ok: false, reason: 'declined', message: why.message }
}

const completeCheckout = (world: World, session: StoredCheckoutSession, input: PaymentInput, isPaid: boolean): void => {
  if (!session.customer && session.customer_creation === 'always') {
    const customer = addCustomer(world, { email: input.email, name: input.name })
    session.customer = customer.id
    emitEvent(world, 'customer.created', customer)
  }
  session.customer_details = {
    address: null,
    business_name: null,
    email: input.email,
    individual_name: null,
    name: input.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  }
  session.status = 'complete'
  session.payment_status = isPaid ? 'paid' : 'unpaid'
  session.url = null
  emitEvent(world, 'checkout.session.completed', session)
}

const succeed = (
  world: World,
  args: { session: StoredCheckoutSession; intent: StoredPaymentIntent; charge: StoredCharge; input: PaymentInput },
) => {
  const { session, intent, charge, input } = args
  intent.latest_charge = charge.id
  intent.last_payment_error = null
  if (intent.capture_method === 'manual') {
    intent.status = 'requires_capture'
    intent.amount_capturable = intent.amount
    charge.paid = true
    charge.status = 'succeeded'
    scheduleLater(world, 'expire_authorization', intent.id, authorizationDays * 86_400_000)
    emitEvent(world, 'charge.succeeded', charge)
    emitEvent(world, 'payment_intent.amount_capturable_updated', intent)
    completeCheckout(world, session, input, false)
    return
  }
  collectCharge(world, charge, intent.amount)
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  emitEvent(world, 'charge.succeeded', charge)
  emitEvent(world, 'payment_intent.succeeded', intent)
  completeCheckout(world, session, input, true)
}

const payByDebit = (world: World, session: StoredCheckoutSession, input: PaymentInput): PaymentResult => {
  const type = debitTypeOf(session)
  if (!type) return { ok: false, reason: 'no_debit', message: 'This cannot be paid from a bank account.' }
  const intent = ensureIntent(world, session)
  const method = addPaymentMethod(world, { type, billing_details: billing(input) })
  intent.payment_method = method.id
  const charge = addCharge(world, {
    intent,
    status: 'pending',
    billing_details: billing(input),
    payment_method: method.id,
    payment_method_details: chargedDebit(type),
    outcome: outcome(undefined),
  })
  intent.latest_charge = charge.id
  intent.last_payment_error = null
  intent.status = 'processing'
  scheduleLater(world, 'settle_debit', intent.id, world.debitDuration)
  emitEvent(world, 'charge.pending', charge)
  emitEvent(world, 'payment_intent.processing', intent)
  completeCheckout(world, session, input, false)
  return { ok: true }
}

/**
 * A person pays on the hosted page: what Stripe would do with the card or the account, with all its events. A decline
 * leaves the checkout open for another try.
 */
export const attemptPayment = (world: World, session: StoredCheckoutSession, input: PaymentInput): PaymentResult => {
  if (!isCheckoutOpen(world, session)) {
    return { ok: false, reason: 'closed', message: 'This checkout is not open any more.' }
  }
  if (input.method === 'bank_debit') return payByDebit(world, session, input)

  const card = findTestCard(input.number)
  if (!card) return { ok: false, reason: 'invalid_number', message: 'Your card number is incorrect.' }
  const today = new Date(nowOf(world))
  const monthsLeft = (input.expYear - today.getUTCFullYear()) * 12 + input.expMonth - 1 - today.getUTCMonth()
  if (monthsLeft < 0) return { ok: false, reason: 'expired', message: 'Your card’s expiration date is in the past.' }

  const intent = ensureIntent(world, session)
  const cardMethod = cardDetails(card, input)
  const method = addPaymentMethod(world, { type: 'card', card: cardMethod, billing_details: billing(input) })
  const forced = world.faults.takeDecline()
  const why = forced ? { code: 'card_declined', declineCode: forced, message: 'Your card was declined.' } : card.decline
  if (why) return decline(world, { intent, method, input, why })

  intent.payment_method = method.id
  const isManual = intent.capture_method === 'manual'
  const captureBefore = isManual ? secondsOf(world) + authorizationDays * 86_400 : null
  const charge = addCharge(world, {
    intent,
    status: 'succeeded',
    billing_details: billing(input),
    payment_method: method.id,
    payment_method_details: chargedCard(cardMethod, intent.amount, captureBefore),
    outcome: outcome(undefined),
  })
  succeed(world, { session, intent, charge, input })
  return { ok: true }
}
