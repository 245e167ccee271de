import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { startSuite, type Suite } from './support'

const minute = 60_000

const openSetup = ({ stripe }: Suite, changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'gbp',
    success_url: 'http://localhost:3000/done?checkout={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:3000/back',
    setup_intent_data: { metadata: { customerId: 'customer-1' } },
    ...changes,
  })

const openPayment = ({ stripe }: Suite, changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'http://localhost:3000/done',
    line_items: [{ quantity: 1, price_data: { currency: 'gbp', unit_amount: 5000, product_data: { name: 'Call' } } }],
    ...changes,
  })

const newCustomer = async ({ stripe }: Suite) => (await stripe.customers.create({ email: 'al@parley.example' })).id

/** A customer with a saved card. */
const withCard = async (suite: Suite, number?: string) => {
  const customer = await newCustomer(suite)
  const { id } = await openSetup(suite, { customer })
  expect(suite.control.saveCard(id, { number })).toEqual({ ok: true })
  const [method] = (await suite.stripe.customers.listPaymentMethods(customer)).data
  return { customer, method: method?.id ?? '' }
}

const typesOf = ({ control }: Suite) => control.events().map(({ type }) => type)

describe('a checkout that only saves a card', () => {
  it('keeps it for the customer', async () => {
    const suite = await startSuite()
    const customer = await newCustomer(suite)
    const session = await openSetup(suite, { customer })
    expect(session).toMatchObject({
      mode: 'setup',
      status: 'open',
      payment_status: 'no_payment_required',
      amount_total: null,
      currency: 'gbp',
      payment_intent: null,
      setup_intent: expect.stringMatching(/^seti_/),
    })
    expect(suite.control.saveCard(session.id)).toEqual({ ok: true })
    const done = await suite.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method', 'customer.invoice_settings.default_payment_method'],
    })
    expect(done).toMatchObject({
      status: 'complete',
      url: null,
      customer: { id: customer, invoice_settings: { default_payment_method: null } },
      setup_intent: {
        status: 'succeeded',
        customer,
        usage: 'off_session',
        metadata: { customerId: 'customer-1' },
        payment_method: { customer, allow_redisplay: 'always', card: { brand: 'visa', last4: '4242' } },
      },
    })
    expect(typesOf(suite)).toEqual([
      'customer.created',
      'setup_intent.created',
      'payment_method.attached',
      'setup_intent.succeeded',
      'checkout.session.completed',
    ])
    expect(suite.control.saveCard(session.id)).toMatchObject({ ok: false, reason: 'closed' })
    expect(suite.control.tables().charges).toEqual({})
  })

  it('can be tried again after a decline', async () => {
    const suite = await startSuite()
    const { id, setup_intent: intent } = await openSetup(suite, { customer: await newCustomer(suite) })
    expect(suite.control.saveCard(id, { number: '4000000000000002' })).toMatchObject({ ok: false, reason: 'declined' })
    expect(await suite.stripe.setupIntents.retrieve(String(intent))).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { decline_code: 'generic_decline' },
    })
    expect(typesOf(suite).at(-1)).toBe('setup_intent.setup_failed')
    expect(suite.control.saveCard(id)).toEqual({ ok: true })
    expect(await suite.stripe.setupIntents.retrieve(String(intent))).toMatchObject({ last_setup_error: null })
  })

  it('runs out, and its intent with it', async () => {
    const suite = await startSuite()
    const { id, setup_intent: intent } = await openSetup(suite)
    suite.control.advanceClock(25 * 60 * minute)
    expect(await suite.stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'expired' })
    expect(await suite.stripe.setupIntents.retrieve(String(intent))).toMatchObject({ status: 'canceled' })
    expect(typesOf(suite).slice(-2)).toEqual(['setup_intent.canceled', 'checkout.session.expired'])
  })

  it('makes a customer where one is wanted', async () => {
    const suite = await startSuite()
    const { id } = await openSetup(suite, { customer_creation: 'always' })
    suite.control.saveCard(id, { email: 'new@parley.example' })
    const session = await suite.stripe.checkout.sessions.retrieve(id, { expand: ['customer'] })
    expect(session.customer).toMatchObject({ email: 'new@parley.example' })
    const { data } = await suite.stripe.paymentMethods.list({ type: 'card' })
    expect(data).toMatchObject([{ customer: (session.customer as Stripe.Customer).id }])
  })

  it.each([
    [{ line_items: [{ price: 'price_1', quantity: 1 }] }, 'line_items'],
    [{ payment_intent_data: { description: 'x' } }, 'payment_intent_data'],
    [{ submit_type: 'book' as const }, 'submit_type'],
    [{ currency: undefined }, 'currency'],
    [{ customer: 'cus_none' }, 'customer'],
  ])('with %j is refused', async (changes, param) => {
    const suite = await startSuite()
    await expect(openSetup(suite, changes)).rejects.toMatchObject({ statusCode: 400, param })
    expect(suite.control.tables().setup_intents).toEqual({})
  })

  it('has a page of its own', async () => {
    const suite = await startSuite()
    const { id, url } = await openSetup(suite, { customer: await newCustomer(suite) })
    const page = await (await fetch(String(url))).text()
    for (const text of ['Save a card', 'Nothing is charged', 'value="al@parley.example"', '/back']) {
      expect(page).toContain(text)
    }
    const card = { email: 'al@parley.example', name: 'Al', number: '4242424242424242', expiry: '12 / 40', cvc: '123' }
    const submit = (fields: Record<string, string>) =>
      fetch(String(url), { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
    const wrong = await submit({ ...card, cvc: '' })
    expect(wrong.status).toBe(400)
    expect(await wrong.text()).toContain('id="cvc-error"')
    expect((await submit({ ...card, number: '4000000000000002' })).status).toBe(402)
    const done = await submit(card)
    expect([done.status, done.headers.get('location')]).toEqual([303, `http://localhost:3000/done?checkout=${id}`])
    expect(await (await fetch(String(url))).text()).toContain('Your card is saved.')
  })
})

describe('a payment by a customer', () => {
  it('is made with a saved card', async () => {
    const suite = await startSuite()
    const { customer, method } = await withCard(suite)
    const session = await openPayment(suite, { customer })
    const page = await (await fetch(String(session.url))).text()
    expect(page).toContain('visa •••• 4242')
    expect(page).toContain('Another card')
    const paid = await fetch(String(session.url), {
      method: 'POST',
      body: new URLSearchParams({ method, email: 'al@parley.example' }),
      redirect: 'manual',
    })
    expect(paid.status).toBe(303)
    const [charge] = Object.values(suite.control.tables().charges)
    expect(charge).toMatchObject({ customer, payment_method: method, captured: true })
    expect((await suite.stripe.paymentMethods.list({ customer })).data).toHaveLength(1)
  })

  it('is not made with a card of somebody else, or one that only fails when it is charged', async () => {
    const suite = await startSuite()
    const [one, other] = [await withCard(suite), await withCard(suite, '4000000000000341')]
    const session = await openPayment(suite, { customer: other.customer })
    const pay = (paymentMethod: string) =>
      suite.control.payCheckout(session.id, { method: 'saved_card', paymentMethod })
    expect(pay(one.method)).toMatchObject({ ok: false, reason: 'not_saved' })
    expect(pay(other.method)).toMatchObject({ ok: false, reason: 'declined' })
    expect(suite.control.payCheckout(session.id)).toEqual({ ok: true })
  })

  it('keeps the card when the person wants it, and offers it the next time', async () => {
    const suite = await startSuite()
    const customer = await newCustomer(suite)
    const saved_payment_method_options = { payment_method_save: 'enabled' as const }
    const first = await openPayment(suite, { customer, saved_payment_method_options })
    expect(await (await fetch(String(first.url))).text()).toContain('name="save"')
    suite.control.payCheckout(first.id)
    expect((await suite.stripe.customers.listPaymentMethods(customer)).data).toEqual([])
    const second = await openPayment(suite, { customer, saved_payment_method_options })
    suite.control.payCheckout(second.id, { save: true })
    expect((await suite.stripe.customers.listPaymentMethods(customer)).data).toMatchObject([
      { allow_redisplay: 'always' },
    ])
    const third = await openPayment(suite, { customer })
    expect(await (await fetch(String(third.url))).text()).toContain('visa •••• 4242')
    expect(await (await fetch(String(third.url))).text()).not.toContain('name="save"')
  })

  it('keeps a card for later charges without offering it again, unless that is asked for', async () => {
    const suite = await startSuite()
    const customer = await newCustomer(suite)
    const payment_intent_data = { setup_future_usage: 'off_session' as const }
    const session = await openPayment(suite, { customer, payment_intent_data })
    suite.control.payCheckout(session.id)
    const { data } = await suite.stripe.customers.listPaymentMethods(customer)
    expect(data).toMatchObject([{ allow_redisplay: 'limited' }])
    const offers = async (changes: Partial<Stripe.Checkout.SessionCreateParams>) =>
      (await (await fetch(String((await openPayment(suite, { customer, ...changes })).url))).text()).includes('••••')
    expect(await offers({})).toBe(false)
    const allow_redisplay_filters = ['always' as const, 'limited' as const]
    expect(await offers({ saved_payment_method_options: { allow_redisplay_filters } })).toBe(true)
  })

  it('makes the customer when the card is to be kept', async () => {
    const suite = await startSuite()
    const session = await openPayment(suite, { payment_intent_data: { setup_future_usage: 'off_session' } })
    suite.control.payCheckout(session.id)
    const { customer } = await suite.stripe.checkout.sessions.retrieve(session.id)
    const [intent] = Object.values(suite.control.tables().payment_intents)
    expect(intent).toMatchObject({ customer, status: 'succeeded' })
    expect((await suite.stripe.customers.listPaymentMethods(String(customer))).data).toHaveLength(1)
  })

  it('lets the person remove a card where that is allowed', async () => {
    const suite = await startSuite()
    const { customer, method } = await withCard(suite)
    const remove = async (payment_method_remove: 'enabled' | 'disabled') => {
      const session = await openPayment(suite, { customer, saved_payment_method_options: { payment_method_remove } })
      const body = new URLSearchParams({ remove: method })
      await fetch(String(session.url), { method: 'POST', body, redirect: 'manual' })
      return (await suite.stripe.customers.listPaymentMethods(customer)).data.length
    }
    expect(await remove('disabled')).toBe(1)
    expect(await remove('enabled')).toBe(0)
    expect(suite.control.tables().charges).toEqual({})
  })

  it.each([
    [{ saved_payment_method_options: { payment_method_save: 'enabled' as const } }, 'saved_payment_method_options'],
    [{ setup_intent_data: { description: 'x' } }, 'setup_intent_data'],
    [{ line_items: undefined }, 'line_items'],
  ])('with %j is refused', async (changes, param) => {
    const suite = await startSuite()
    await expect(openPayment(suite, changes)).rejects.toMatchObject({ statusCode: 400, param })
  })
})

describe('payment methods', () => {
  it('can be the default of their customer until they are taken away', async () => {
    const suite = await startSuite()
    const { customer, method } = await withCard(suite)
    const other = await withCard(suite)
    const setDefault = (id: string) =>
      suite.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } })
    await expect(setDefault(other.method)).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'invoice_settings[default_payment_method]',
    })
    await setDefault(method)
    const read = await suite.stripe.customers.retrieve(customer, {
      expand: ['invoice_settings.default_payment_method'],
    })
    expect(read).toMatchObject({
      invoice_settings: { default_payment_method: { id: method, object: 'payment_method' } },
    })
    expect(await suite.stripe.paymentMethods.detach(method)).toMatchObject({ id: method, customer: null })
    expect(await suite.stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    })
    expect(suite.control.events('payment_method.detached')).toMatchObject([
      { data: { object: { id: method }, previous_attributes: { customer } } },
    ])
    expect(suite.control.events('customer.updated')).toHaveLength(2)
    await expect(suite.stripe.paymentMethods.detach(method)).rejects.toMatchObject({ statusCode: 400 })
    await expect(suite.stripe.paymentMethods.attach(method, { customer })).rejects.toThrow('may not be used again')
    await expect(suite.stripe.customers.retrievePaymentMethod(customer, method)).rejects.toMatchObject({
      statusCode: 404,
    })
  })

  it('are attached once', async () => {
    const suite = await startSuite()
    const [customer, other] = [await newCustomer(suite), await newCustomer(suite)]
    const method = await suite.stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    expect(method).toMatchObject({
      customer,
      card: { brand: 'mastercard', last4: '4444' },
      allow_redisplay: 'unspecified',
    })
    await expect(suite.stripe.paymentMethods.attach(method.id, { customer })).resolves.toMatchObject({ customer })
    await expect(suite.stripe.paymentMethods.attach(method.id, { customer: other })).rejects.toThrow(
      'already been attached',
    )
    expect(suite.control.events('payment_method.attached')).toHaveLength(1)
    expect(await suite.stripe.customers.retrievePaymentMethod(customer, method.id)).toMatchObject({ id: method.id })
  })

  it('that were used for nobody cannot be kept', async () => {
    const suite = await startSuite()
    const { id } = await openPayment(suite)
    suite.control.payCheckout(id)
    const [method] = Object.values(suite.control.tables().payment_methods)
    const customer = await newCustomer(suite)
    await expect(suite.stripe.paymentMethods.attach(method?.id ?? '', { customer })).rejects.toThrow('may not be used')
    expect((await suite.stripe.paymentMethods.list()).data).toEqual([])
  })

  it('are changed by the platform or by the bank', async () => {
    const suite = await startSuite()
    const { method } = await withCard(suite)
    await suite.stripe.paymentMethods.update(method, {
      allow_redisplay: 'limited',
      billing_details: { name: 'Alma' },
      card: { exp_month: 3, exp_year: 2099 },
      metadata: { a: '1' },
    })
    suite.control.renewCard(method, { expMonth: 5, expYear: 2098, last4: '1111' })
    expect(await suite.stripe.paymentMethods.retrieve(method)).toMatchObject({
      allow_redisplay: 'limited',
      billing_details: { name: 'Alma', email: 'customer@parley.example' },
      card: { exp_month: 5, exp_year: 2098, last4: '1111' },
      metadata: { a: '1' },
    })
    expect(suite.control.events('payment_method.updated')).toHaveLength(1)
    expect(suite.control.events('payment_method.automatically_updated')).toMatchObject([
      { data: { previous_attributes: { card: { exp_month: 3 } } } },
    ])
    await expect(
      suite.stripe.paymentMethods.update(method, { card: { exp_month: 13, exp_year: 2099 } }),
    ).rejects.toMatchObject({ code: 'invalid_expiry_month' })
    await expect(
      suite.stripe.paymentMethods.update(method, { card: { exp_month: 1, exp_year: 2020 } }),
    ).rejects.toMatchObject({ code: 'invalid_expiry_year' })
  })

  it('leave with their customer', async () => {
    const suite = await startSuite()
    const { customer, method } = await withCard(suite)
    await suite.stripe.customers.del(customer)
    expect(await suite.stripe.paymentMethods.retrieve(method)).toMatchObject({ customer: null })
    await expect(suite.stripe.customers.listPaymentMethods(customer)).rejects.toMatchObject({ statusCode: 404 })
    await expect(openSetup(suite, { customer })).rejects.toMatchObject({ code: 'resource_missing', param: 'customer' })
  })
})

describe('payment intents without a page', () => {
  const pay = (suite: Suite, params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    suite.stripe.paymentIntents.create({
      amount: 5000,
      currency: 'gbp',
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
      confirm: true,
      ...params,
    })

  it('are paid by a test card at once, or step by step', async () => {
    const suite = await startSuite()
    expect(await pay(suite, { expand: ['latest_charge'] })).toMatchObject({
      status: 'succeeded',
      amount_received: 5000,
      latest_charge: { captured: true, payment_method_details: { card: { last4: '4242' } } },
    })
    const { id } = await pay(suite, { confirm: false, payment_method: undefined, capture_method: 'manual' })
    await expect(suite.stripe.paymentIntents.confirm(id)).rejects.toMatchObject({ param: 'payment_method' })
    const authorized = await suite.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
    expect(authorized).toMatchObject({ status: 'requires_capture', amount_capturable: 5000 })
    expect(await suite.stripe.paymentIntents.capture(id)).toMatchObject({ status: 'succeeded' })
    await expect(suite.stripe.paymentIntents.confirm(id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    })
  })

  it('say why the bank declines, and can be tried again', async () => {
    const suite = await startSuite()
    const error = await pay(suite, { payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds' }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      payment_intent: { status: 'requires_payment_method' },
    })
    const { id } = (error as { payment_intent: Stripe.PaymentIntent }).payment_intent
    expect(await suite.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'succeeded',
    })
  })

  it('charge a saved card of their customer only', async () => {
    const suite = await startSuite()
    const { customer, method } = await withCard(suite)
    expect(await pay(suite, { customer, payment_method: method, off_session: true })).toMatchObject({ customer })
    const wrong = { code: 'payment_method_customer_mismatch' }
    await expect(pay(suite, { payment_method: method })).rejects.toMatchObject(wrong)
    const other = await newCustomer(suite)
    await expect(pay(suite, { customer: other, payment_method: method })).rejects.toMatchObject(wrong)
  })

  it.each([
    [{ allowed_payment_method_types: undefined }, 'return_url'],
    [{ automatic_payment_methods: { enabled: true } }, 'allowed_payment_method_types'],
    [{ amount: 29 }, 'amount'],
    [{ amount: -1 }, 'amount'],
    [{ currency: 'xxx' }, 'currency'],
    [{ customer: 'cus_none' }, 'customer'],
    [{ payment_method: 'pm_none' }, 'payment_method'],
    [{ transfer_data: { destination: 'acct_1' } }, 'transfer_data'],
  ])('with %j are refused', async (changes, param) => {
    const suite = await startSuite()
    await expect(pay(suite, changes)).rejects.toMatchObject({ statusCode: 400, param })
    expect(suite.control.tables().payment_intents).toEqual({})
  })

  it('are not told which methods to take in the old way', async () => {
    const suite = await startSuite()
    const old = { payment_method_types: ['card'] }
    const refused = { code: 'payment_method_types_no_longer_supported', param: 'payment_method_types' }
    await expect(pay(suite, old as object)).rejects.toMatchObject(refused)
    await expect(openPayment(suite, old as object)).rejects.toMatchObject(refused)
  })

  it('bring money that is available at once with the card for it', async () => {
    const suite = await startSuite()
    await pay(suite, { payment_method: 'pm_card_bypassPending' })
    const [balance] = suite.control.balances()
    expect(balance?.pending).toBe(0)
    expect(balance?.available).toBeGreaterThan(4000)
  })
})

describe('setup intents', () => {
  it('are made, listed, confirmed and cancelled', async () => {
    const suite = await startSuite()
    const customer = await newCustomer(suite)
    const confirmed = await suite.stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
      confirm: true,
    })
    expect(confirmed).toMatchObject({ status: 'succeeded', customer })
    const open = await suite.stripe.setupIntents.create({ customer, allowed_payment_method_types: ['card'] })
    const { data } = await suite.stripe.setupIntents.list({ customer })
    expect(data.map(({ id }) => id)).toEqual([open.id, confirmed.id])
    await expect(
      suite.stripe.setupIntents.confirm(open.id, { payment_method: 'pm_card_visa_chargeDeclined' }),
    ).rejects.toMatchObject({ statusCode: 402, setup_intent: { id: open.id } })
    expect(await suite.stripe.setupIntents.cancel(open.id)).toMatchObject({ status: 'canceled' })
    await expect(suite.stripe.setupIntents.cancel(confirmed.id)).rejects.toMatchObject({
      code: 'setup_intent_unexpected_state',
    })
  })
})
