import { describe, expect, it } from 'vitest'
import { toCheckoutFacts, toPaymentIntentFacts } from '#payments/stripe/checkout-facts'
import {
  checkoutLocale,
  computeCheckoutExpiry,
  expireCheckoutSession,
  retrieveCheckoutSession,
} from '#payments/stripe/checkout-sessions'
import { createStripeCustomer } from '#payments/stripe/stripe-customers'
import { cancelPaymentIntent, capturePayment, retrievePaymentIntent } from '#payments/stripe/payment-intents'
import { newKey, openCheckout, startSuite, type Suite } from './support'

const minute = 60_000
const day = 86_400_000

const factsOf = async ({ stripe }: Suite, id: string) => toCheckoutFacts(await retrieveCheckoutSession(id, stripe))
const typesOf = ({ control }: Suite) => control.events().map((event) => event.type)

describe('a checkout', () => {
  it('waits for the customer, with everything that Parley wants to find again', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    expect(toCheckoutFacts(session)).toMatchObject({
      status: 'open',
      outcome: 'open',
      amount: 12_000,
      currency: 'GBP',
      paymentIntent: null,
      metadata: { paymentId: 'payment-1', sessionId: 'session-1', customerId: 'customer-1' },
    })
    expect(session.url).toBe(`${suite.url}/c/pay/${session.id}`)
    expect(session.customer_email).toBe('guest@parley.example')
    expect(typesOf(suite)).toEqual([])
  })

  it('is paid by card: intent, charge, balance and events agree', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    expect(suite.control.payCheckout(id, { email: 'payer@parley.example' })).toEqual({ ok: true })

    const facts = await factsOf(suite, id)
    expect(facts).toMatchObject({
      status: 'complete',
      outcome: 'paid',
      url: null,
      paymentIntent: {
        status: 'succeeded',
        amountReceived: 12_000,
        currency: 'GBP',
        metadata: { consultantId: 'consultant-1' },
        paymentMethod: 'card',
        captureBefore: null,
        balance: { fee: { amount: 200, currency: 'GBP' }, net: { amount: 11_800, currency: 'GBP' } },
      },
    })
    const charge = await suite.stripe.charges.retrieve(facts.paymentIntent?.chargeId ?? '')
    expect(charge).toMatchObject({
      transfer_group: 'session-1',
      captured: true,
      metadata: { paymentReference: 'PM-1' },
      billing_details: { email: 'payer@parley.example' },
    })
    const entries = await suite.stripe.balanceTransactions.list({ source: charge.id })
    expect(entries.data).toMatchObject([{ type: 'charge', amount: 12_000, fee: 200, net: 11_800, status: 'pending' }])
    expect(await suite.stripe.balance.retrieve()).toMatchObject({ pending: [{ amount: 11_800, currency: 'gbp' }] })
    expect(typesOf(suite)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ])
  })

  it('stays open after a decline, and keeps one intent over several tries', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    expect(suite.control.payCheckout(id, { number: '4000000000000002' })).toMatchObject({
      ok: false,
      reason: 'declined',
    })
    const declined = await factsOf(suite, id)
    expect(declined).toMatchObject({
      outcome: 'open',
      paymentIntent: { status: 'requires_payment_method', failure: { code: 'generic_decline' }, amountReceived: 0 },
    })
    suite.control.declineNext('do_not_honor')
    expect(suite.control.payCheckout(id)).toMatchObject({ ok: false })
    expect(suite.control.payCheckout(id)).toEqual({ ok: true })
    const paid = await factsOf(suite, id)
    expect(paid).toMatchObject({ outcome: 'paid', paymentIntent: { id: declined.paymentIntent?.id, failure: null } })
    expect(typesOf(suite).filter((type) => type === 'payment_intent.payment_failed')).toHaveLength(2)
    expect((await suite.stripe.balanceTransactions.list()).data).toHaveLength(1)
  })

  it.each([
    ['4242424242424241', 'invalid_number'],
    ['1234', 'invalid_number'],
    ['4111111111111111', 'declined'],
    ['4000000000009995', 'declined'],
  ])('with the card %s is %s', async (number, reason) => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    expect(suite.control.payCheckout(id, { number })).toMatchObject({ ok: false, reason })
  })

  it('for a customer with a login uses the customer at Stripe', async () => {
    const suite = await startSuite()
    const customer = { customerId: 'customer-1', idempotencyKey: 'customer-1' }
    const stripeCustomerId = await createStripeCustomer(customer, suite.stripe)
    expect(await createStripeCustomer(customer, suite.stripe)).toBe(stripeCustomerId)
    const { id } = await openCheckout(suite, { stripeCustomerId })
    suite.control.payCheckout(id)
    expect(await factsOf(suite, id)).toMatchObject({
      customerId: stripeCustomerId,
      paymentIntent: { customerId: stripeCustomerId },
    })
    await expect(openCheckout(suite, { stripeCustomerId: 'cus_none' })).rejects.toMatchObject({
      code: 'resource_missing',
      definitive: true,
    })
  })

  it.each([
    [29, 'GBP', 'amount_too_small'],
    [0, 'JPY', 'amount_too_small'],
    [1234, 'KWD', 'parameter_invalid_integer'],
    [150, 'ISK', 'parameter_invalid_integer'],
    [500, 'XXX', undefined],
  ])('of %d %s is refused', async (amount, currency, code) => {
    const suite = await startSuite()
    await expect(openCheckout(suite, { amount, currency })).rejects.toMatchObject({ definitive: true, code })
  })
})

describe('the time of a checkout', () => {
  it('lies between 30 minutes and 24 hours from Stripe’s clock', async () => {
    const suite = await startSuite()
    const at = (ms: number) => openCheckout(suite, { expiresAt: suite.control.now() + ms })
    await expect(at(29 * minute)).rejects.toThrow('at least 30 minutes')
    await expect(at(day + minute)).rejects.toThrow('less than 24 hours')
    await expect(at(31 * minute)).resolves.toMatchObject({ status: 'open' })
  })

  it('is the deadline where Stripe takes it, else the nearest that it takes', () => {
    const now = 1_800_000_000_000
    expect(computeCheckoutExpiry(now + 15 * minute, now)).toBe(now + 32 * minute)
    expect(computeCheckoutExpiry(now + 45 * minute + 1, now)).toBe(now + 45 * minute + 1000)
    expect(computeCheckoutExpiry(now + 3 * day, now)).toBe(now + day - 2 * minute)
  })

  it('runs out by itself', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    suite.control.payCheckout(id, { number: '4000000000000002' })
    suite.control.advanceClock(33 * minute)
    expect(await factsOf(suite, id)).toMatchObject({ outcome: 'expired', paymentIntent: { status: 'canceled' } })
    expect(suite.control.payCheckout(id)).toMatchObject({ ok: false, reason: 'closed' })
    expect(typesOf(suite).slice(-2)).toEqual(['payment_intent.canceled', 'checkout.session.expired'])
  })
})

describe('expireCheckoutSession', () => {
  it('closes an open checkout, and says so again', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    expect(toCheckoutFacts(await expireCheckoutSession(id, suite.stripe)).outcome).toBe('expired')
    expect(toCheckoutFacts(await expireCheckoutSession(id, suite.stripe)).outcome).toBe('expired')
    expect(suite.control.payCheckout(id)).toMatchObject({ ok: false, reason: 'closed' })
  })

  it('says paid when the customer was faster', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    suite.control.payCheckout(id)
    const truth = toCheckoutFacts(await expireCheckoutSession(id, suite.stripe))
    expect(truth).toMatchObject({ outcome: 'paid', paymentIntent: { amountReceived: 12_000 } })
  })

  it('finds the truth when the answer was lost', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    suite.control.failNext({ kind: 'server_error_after', path: `/v1/checkout/sessions/${id}/expire` })
    expect((await expireCheckoutSession(id, suite.stripe)).status).toBe('expired')
  })

  it('never says open: it throws, and the slot is kept', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    suite.control.failNext({ kind: 'server_error', path: `/v1/checkout/sessions/${id}/expire` })
    await expect(expireCheckoutSession(id, suite.stripe)).rejects.toMatchObject({ outcome: 'unknown', statusCode: 500 })
  })
})

describe('authorise and capture', () => {
  const authorize = async (suite: Suite) => {
    const { id } = await openCheckout(suite, { captureMethod: 'manual' })
    suite.control.payCheckout(id)
    const facts = await factsOf(suite, id)
    return { id, facts, paymentIntentId: facts.paymentIntent?.id ?? '' }
  }

  it('reserves the money for seven days without collecting it', async () => {
    const suite = await startSuite()
    const { facts } = await authorize(suite)
    expect(facts).toMatchObject({
      outcome: 'authorized',
      paymentIntent: { status: 'requires_capture', amountCapturable: 12_000, amountReceived: 0, balance: null },
    })
    const left = (facts.paymentIntent?.captureBefore ?? 0) - suite.control.now()
    expect(left).toBeGreaterThan(6.9 * day)
    expect(left).toBeLessThanOrEqual(7 * day)
    expect((await suite.stripe.balanceTransactions.list()).data).toEqual([])
  })

  it('collects once, however often it is asked', async () => {
    const suite = await startSuite()
    const { id, paymentIntentId } = await authorize(suite)
    const operation = { paymentIntentId, idempotencyKey: newKey() }
    for (let n = 0; n < 2; n++) {
      const facts = toPaymentIntentFacts(await capturePayment(operation, suite.stripe))
      expect(facts).toMatchObject({ status: 'succeeded', amountReceived: 12_000, balance: { net: { amount: 11_800 } } })
    }
    await expect(capturePayment({ ...operation, idempotencyKey: newKey() }, suite.stripe)).rejects.toMatchObject({
      definitive: true,
      code: 'payment_intent_unexpected_state',
    })
    expect((await factsOf(suite, id)).outcome).toBe('paid')
    expect((await suite.stripe.balanceTransactions.list()).data).toHaveLength(1)
  })

  it('gives the money back without a refund, and then there is nothing to capture', async () => {
    const suite = await startSuite()
    const { id, paymentIntentId } = await authorize(suite)
    const voided = await cancelPaymentIntent({ paymentIntentId, idempotencyKey: newKey() }, suite.stripe)
    expect(toPaymentIntentFacts(voided)).toMatchObject({ status: 'canceled', amountCapturable: 0, amountRefunded: 0 })
    expect((await suite.stripe.refunds.list()).data).toEqual([])
    expect((await factsOf(suite, id)).outcome).toBe('failed')
    await expect(capturePayment({ paymentIntentId, idempotencyKey: newKey() }, suite.stripe)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    })
    await expect(
      cancelPaymentIntent({ paymentIntentId, idempotencyKey: newKey() }, suite.stripe),
    ).rejects.toMatchObject({ definitive: true })
  })

  it('frees the money when nobody captures in time', async () => {
    const suite = await startSuite()
    const { paymentIntentId } = await authorize(suite)
    suite.control.advanceClock(7 * day + minute)
    expect((await retrievePaymentIntent(paymentIntentId, suite.stripe)).status).toBe('canceled')
    await expect(capturePayment({ paymentIntentId, idempotencyKey: newKey() }, suite.stripe)).rejects.toMatchObject({
      definitive: true,
      code: 'payment_intent_unexpected_state',
    })
    expect(typesOf(suite).slice(-2)).toEqual(['charge.expired', 'payment_intent.canceled'])
  })

  it('does not cancel the intent of a checkout that is open', async () => {
    const suite = await startSuite()
    const { id } = await openCheckout(suite)
    suite.control.payCheckout(id, { number: '4000000000000002' })
    const { paymentIntent } = await factsOf(suite, id)
    const operation = { paymentIntentId: paymentIntent?.id ?? '', idempotencyKey: newKey() }
    await expect(cancelPaymentIntent(operation, suite.stripe)).rejects.toThrow('expire the Checkout Session instead')
  })
})

describe('a bank debit', () => {
  const debit = async (suite: Suite) => {
    const { id } = await openCheckout(suite)
    expect(suite.control.payCheckout(id, { method: 'bank_debit' })).toEqual({ ok: true })
    const facts = await factsOf(suite, id)
    return { id, facts, paymentIntentId: facts.paymentIntent?.id ?? '' }
  }

  it('is complete but unpaid until the money arrives', async () => {
    const suite = await startSuite()
    const { id, facts } = await debit(suite)
    expect(facts).toMatchObject({ status: 'complete', outcome: 'processing' })
    suite.control.advanceClock(5 * minute)
    expect(await factsOf(suite, id)).toMatchObject({
      outcome: 'paid',
      paymentIntent: { paymentMethod: 'bank_transfer', amountReceived: 12_000 },
    })
    expect(typesOf(suite).at(-1)).toBe('checkout.session.async_payment_succeeded')
  })

  it('can fail after all', async () => {
    const suite = await startSuite()
    const { id, paymentIntentId } = await debit(suite)
    suite.control.settleDebit(paymentIntentId, 'failed')
    suite.control.advanceClock(5 * minute)
    expect(await factsOf(suite, id)).toMatchObject({
      outcome: 'failed',
      paymentIntent: { failure: { code: 'insufficient_funds' } },
    })
    expect(typesOf(suite).at(-1)).toBe('checkout.session.async_payment_failed')
  })

  it('is not offered where the money must be reserved first, or in other currencies', async () => {
    const suite = await startSuite()
    const manual = await openCheckout(suite, { captureMethod: 'manual' })
    const yen = await openCheckout(suite, { currency: 'JPY', amount: 5000 })
    for (const { id } of [manual, yen]) {
      expect(suite.control.payCheckout(id, { method: 'bank_debit' })).toMatchObject({ ok: false, reason: 'no_debit' })
    }
  })
})

describe('the ways to pay', () => {
  it('can be narrowed down, but not to none', async () => {
    const { stripe } = await startSuite()
    const open = (allowed_payment_method_types: ('card' | 'bacs_debit' | 'sepa_debit')[]) =>
      stripe.checkout.sessions.create({
        mode: 'payment',
        success_url: 'http://localhost:3000/done',
        line_items: [
          { quantity: 1, price_data: { currency: 'gbp', unit_amount: 5000, product_data: { name: 'Call' } } },
        ],
        allowed_payment_method_types,
      })
    expect(await open(['card', 'sepa_debit'])).toMatchObject({ payment_method_types: ['card'] })
    expect(await open(['card', 'bacs_debit'])).toMatchObject({ payment_method_types: ['card', 'bacs_debit'] })
    await expect(open(['sepa_debit'])).rejects.toMatchObject({ param: 'allowed_payment_method_types' })
  })
})

describe('the language of the page', () => {
  it.each([
    ['de-AT', 'de'],
    ['pt-BR', 'pt-BR'],
    ['en', 'en'],
    ['tlh', 'auto'],
    [undefined, 'auto'],
  ])('for %s is %s', (tag, locale) => {
    expect(checkoutLocale(tag)).toBe(locale)
  })
})
