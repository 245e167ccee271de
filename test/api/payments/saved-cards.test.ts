import type { Payload } from 'payload'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ServiceType, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from '../../support/database'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { deliverEvent, watchEvents } from '../../support/stripe-events'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let api: RestClient
let stripe: StripeSandbox
let consultant: ConsultantProfile
let serviceType: ServiceType
let operations: User
let hour = 0

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload({ ...sandbox.env, CORS_ORIGINS: 'https://shop.example' }))
  api = await createRestClient(payload)
  consultant = (await createConsultant(payload)).profile
  operations = await createUser(payload, ['operations'])
  serviceType = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 4_000, currency: 'GBP' }],
  })
})

beforeEach(() => stripe.control.clearFaults())

const methods = '/payments/methods'
const visa = '4242424242424242'
const mastercard = '5555555555554444'
const cardJobs = ['process-stripe-event', 'tidy-saved-cards', 'tell-stripe-of-customer']

const checkoutIdOf = (url: string): string => new URL(url).pathname.split('/').pop() ?? ''
const tables = () => stripe.control.tables()
const recordOf = (customer: Customer) => payload.findByID({ collection: 'customers', id: customer.id, depth: 0 })
const customersAtStripe = (customer: Customer) =>
  Object.values(tables().customers).filter(({ metadata }) => metadata.customerId === customer.id)

/** A customer who is logged in, and what they do with their cards. */
const customerWorld = async () => {
  const { customer, user } = await createCustomer(payload)
  const own = await api.as(user)
  const events = watchEvents(stripe)
  const list = async () => {
    const answer = await own.get(methods)
    expect(answer.status, answer.text).toBe(200)
    return answer.json.methods
  }
  const save = async (number = visa) => {
    const begun = await own.post(`${methods}/setup`)
    expect(begun.status, begun.text).toBe(200)
    expect(stripe.control.saveCard(checkoutIdOf(begun.json.url), { number })).toEqual({ ok: true })
  }
  /** What Stripe reported arrives, and the worker does what follows. */
  const follow = async () => {
    for (const event of events.take()) await deliverEvent(api, event)
    await runDueJobs(payload, database, { only: cardJobs })
  }
  const attached = () => {
    const [{ id = '' } = {}] = customersAtStripe(customer)
    return Object.values(tables().payment_methods).filter(({ customer: owner }) => owner === id)
  }
  return { customer, user, own, events, list, save, follow, attached }
}

const book = async (client: RestClient, customer = guest(), headers: Record<string, string> = {}) => {
  const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(hourIn(7, hour++)), customer }
  const answer = await client.post('/booking/sessions', body, headers)
  return {
    answer,
    body,
    checkout: tables().checkout_sessions[checkoutIdOf(answer.json.payment?.checkoutUrl ?? 'http://n/n')],
  }
}

describe('saving a card', () => {
  it('makes one customer at Stripe and lists the card, with or without the event', async () => {
    const { customer, save, list, follow } = await customerWorld()
    expect(await list()).toEqual([])
    await save()
    const first = await list()
    expect(first).toEqual([
      {
        id: expect.any(String),
        brand: 'visa',
        last4: '4242',
        expMonth: expect.any(Number),
        expYear: expect.any(Number),
        isDefault: false,
      },
    ])
    await follow()
    await save(mastercard)
    await follow()
    // Both were made in one second, as a rule: which of them is listed first is not said.
    const both = Object.fromEntries((await list()).map((card: { last4: string; id: string }) => [card.last4, card.id]))
    expect(Object.keys(both).sort()).toEqual(['4242', '4444'])
    expect(both['4242']).toBe(first[0].id)
    expect(customersAtStripe(customer)).toMatchObject([{ email: customer.email, name: customer.name }])
    const record = await recordOf(customer)
    expect(record.stripeCustomerId).toBe(customersAtStripe(customer)[0]?.id)
    const kept = record.savedPaymentMethods?.map(({ cardLast4, cardBrand }) => `${cardBrand} ${cardLast4}`)
    expect(kept?.sort()).toEqual(['mastercard 4444', 'visa 4242'])
  })

  it('is stored by the events alone', async () => {
    const { customer, save, follow } = await customerWorld()
    await save()
    await follow()
    const record = await recordOf(customer)
    expect(record).toMatchObject({
      stripeCustomerId: expect.stringMatching(/^cus_/),
      paymentMethodsSyncedAt: expect.any(String),
    })
    expect(record.savedPaymentMethods).toMatchObject([
      {
        stripePaymentMethodId: expect.stringMatching(/^pm_/),
        isDefault: false,
        cardBrand: 'visa',
        cardLast4: '4242',
        cardExpMonth: expect.any(Number),
        cardExpYear: expect.any(Number),
      },
    ])
  })

  it('leads to where the caller wants, of this server and of those in CORS_ORIGINS, and repeats its answer', async () => {
    const { own } = await customerWorld()
    const body = { successUrl: 'https://shop.example/cards', cancelUrl: 'https://shop.example/back' }
    const headers = { 'Idempotency-Key': 'save-a-card' }
    const begun = await own.post(`${methods}/setup`, body, headers)
    expect(tables().checkout_sessions[checkoutIdOf(begun.json.url)]).toMatchObject({
      mode: 'setup',
      success_url: body.successUrl,
      cancel_url: body.cancelUrl,
    })
    expect((await own.post(`${methods}/setup`, body, headers)).text).toBe(begun.text)
    for (const successUrl of [
      'javascript:alert(1)',
      '/cards',
      'https://evil.example/',
      'https://shop.example@evil.example/',
    ]) {
      const refused = await own.post(`${methods}/setup`, { successUrl })
      expect(refused.json.errors[0].message).toContain('https://shop.example')
      expect(refused.json, successUrl).toMatchObject({ code: 'invalid_request', errors: [{ path: 'successUrl' }] })
    }
  })

  it('begun twice at once makes one customer at Stripe', async () => {
    const { customer, own } = await customerWorld()
    const answers = await Promise.all([1, 2, 3].map(() => own.post(`${methods}/setup`)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(customersAtStripe(customer)).toHaveLength(1)
  })

  it('finds the customer at Stripe again whose answer got lost, though the name has changed', async () => {
    const { customer, own } = await customerWorld()
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/customers', times: 3 })
    expect((await own.post(`${methods}/setup`)).json).toMatchObject({ code: 'provider_failed' })
    await own.patch(`/customers/${customer.id}`, { name: 'Another Name' })
    expect((await own.post(`${methods}/setup`)).status).toBe(200)
    expect(customersAtStripe(customer)).toMatchObject([{ name: 'Another Name' }])
  })

  it('twice keeps one, with what was entered last, and the default passes to it', async () => {
    const { save, list, follow, own, attached } = await customerWorld()
    await save()
    const [first] = await list()
    expect((await own.post(`${methods}/${first.id}/default`)).json.methods).toMatchObject([{ isDefault: true }])
    stripe.control.advanceClock(2_000)
    await save()
    const listed = await list()
    expect(listed).toMatchObject([{ last4: '4242', isDefault: true }])
    expect(listed).toHaveLength(1)
    await follow()
    expect(attached()).toHaveLength(1)
    await follow()
    expect(await list()).toMatchObject([{ last4: '4242', isDefault: true }])
  })

  it('is for customers who are logged in', async () => {
    const staff = await api.as(operations)
    const calls = (client: RestClient, id = 'nothing') => [
      client.get(methods),
      client.post(`${methods}/setup`),
      client.del(`${methods}/${id}`),
      client.post(`${methods}/${id}/default`),
    ]
    for (const answer of await Promise.all(calls(api))) {
      expect(answer.json).toMatchObject({ status: 401, code: 'unauthenticated' })
    }
    for (const answer of await Promise.all(calls(staff))) {
      expect(answer.json).toMatchObject({ status: 403, code: 'forbidden' })
    }
    const booked = await book(api)
    const token = { Authorization: `Bearer ${String(booked.answer.json.manageToken)}` }
    expect((await api.get(methods, token)).json.code).toBe('unauthenticated')
  })
})

describe('a saved card', () => {
  it('is removed, by its owner alone', async () => {
    const a = await customerWorld()
    const b = await customerWorld()
    await a.save()
    await b.save()
    const [{ id }] = await a.list()
    expect((await b.own.del(`${methods}/${id}`)).json).toMatchObject({ status: 404, code: 'not_found' })
    expect((await b.own.post(`${methods}/${id}/default`)).json).toMatchObject({ status: 404, code: 'not_found' })
    expect(await a.list()).toHaveLength(1)
    const removed = await a.own.del(`${methods}/${id}`)
    expect(removed.status, removed.text).toBe(204)
    expect(await a.list()).toEqual([])
    expect(a.attached()).toEqual([])
    expect((await a.own.del(`${methods}/${id}`)).json.code).toBe('not_found')
    expect(await b.list()).toHaveLength(1)
    await a.follow()
    expect((await recordOf(a.customer)).savedPaymentMethods).toEqual([])
  })

  it('that is the default can be removed: no other one takes its place', async () => {
    const { save, list, own, customer, follow } = await customerWorld()
    await save()
    await save(mastercard)
    const { id } = (await list()).find(({ last4 }: { last4: string }) => last4 !== '4242')
    await own.post(`${methods}/${id}/default`)
    expect((await recordOf(customer)).defaultPaymentMethodId).toMatch(/^pm_/)
    await own.del(`${methods}/${id}`)
    await follow()
    expect(await list()).toMatchObject([{ last4: '4242', isDefault: false }])
    expect((await recordOf(customer)).defaultPaymentMethodId).toBeNull()
  })

  it('is removed with every copy of it, however lately that was made', async () => {
    const { save, list, own, attached } = await customerWorld()
    await save()
    const [{ id }] = await list()
    await save()
    await own.del(`${methods}/${id}`)
    expect(attached()).toEqual([])
    expect(await list()).toEqual([])
  })

  it('is removed although the answer got lost', async () => {
    const { save, list, own } = await customerWorld()
    await save()
    const [{ id }] = await list()
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/payment_methods', times: 1 })
    expect((await own.del(`${methods}/${id}`)).status).toBe(204)
    expect(await list()).toEqual([])
  })

  it('that was removed in Stripe’s dashboard goes, also without our asking', async () => {
    const { save, list, attached, follow, customer, own } = await customerWorld()
    await save()
    const [{ id }] = await list()
    const [method] = attached()
    await fetch(`${stripe.url}/v1/payment_methods/${method?.id ?? ''}/detach`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sk_test_parley' },
    })
    expect((await own.post(`${methods}/${id}/default`)).json).toMatchObject({ status: 404, code: 'not_found' })
    await follow()
    expect((await recordOf(customer)).savedPaymentMethods).toEqual([])
  })

  it('that the bank renewed is shown as it is now', async () => {
    const { save, list, attached, follow, customer } = await customerWorld()
    await save()
    await list()
    const [method] = attached()
    stripe.control.renewCard(method?.id ?? '', { expMonth: 3, expYear: 2039 })
    await follow()
    expect((await recordOf(customer)).savedPaymentMethods).toMatchObject([{ cardExpMonth: 3, cardExpYear: 2039 }])
  })

  it('goes with the customer at Stripe, who is made anew when needed', async () => {
    const { save, list, customer, own, follow } = await customerWorld()
    await save()
    await list()
    const before = (await recordOf(customer)).stripeCustomerId ?? ''
    await fetch(`${stripe.url}/v1/customers/${before}`, {
      method: 'DELETE',
      headers: { Authorization: 'Bearer sk_test_parley' },
    })
    expect((await own.post(`${methods}/setup`)).status).toBe(200)
    const after = await recordOf(customer)
    expect(after.stripeCustomerId).not.toBe(before)
    expect(after).toMatchObject({ savedPaymentMethods: [], stripeCustomerAttempt: 2 })
    await follow()
    expect(await list()).toEqual([])
    expect((await recordOf(customer)).stripeCustomerId).toBe(after.stripeCustomerId)
  })

  it('is seen by staff in the record, without Stripe’s id by its owner, and kept when the owner edits themselves', async () => {
    const { save, list, customer, own, follow } = await customerWorld()
    await save()
    await list()
    await own.patch(`/customers/${customer.id}`, { name: 'New Name', savedPaymentMethods: [] })
    await follow()
    expect(customersAtStripe(customer)).toMatchObject([{ name: 'New Name' }])
    const seen = await (await api.as(operations)).get(`/customers/${customer.id}`)
    expect(seen.json.savedPaymentMethods).toMatchObject([
      { stripePaymentMethodId: expect.stringMatching(/^pm_/), cardLast4: '4242' },
    ])
    const ownView = (await own.get(`/customers/${customer.id}`)).json.savedPaymentMethods
    expect(ownView).toMatchObject([{ cardLast4: '4242' }])
    expect(ownView[0]).not.toHaveProperty('stripePaymentMethodId')
  })

  it('is shown as it was while Stripe cannot be reached', async () => {
    const { save, list } = await customerWorld()
    await save()
    const before = await list()
    stripe.control.failNext({ kind: 'disconnect', method: 'GET', path: '/v1/customers', times: 3 })
    expect(await list()).toEqual(before)
  })
})

describe('paying for a booking', () => {
  it('with a login offers the saved cards and saves new ones; as a guest it does neither', async () => {
    const { own, customer, save, list, attached, follow } = await customerWorld()
    await save()
    await list()
    const booked = await book(own)
    expect(booked.answer.status, booked.answer.text).toBe(201)
    const { stripeCustomerId } = await recordOf(customer)
    expect(booked.checkout).toMatchObject({
      customer: stripeCustomerId,
      customer_email: null,
      saved_payment_method_options: { payment_method_save: 'enabled' },
    })
    const paid = stripe.control.payCheckout(booked.checkout?.id ?? '', {
      method: 'saved_card',
      paymentMethod: attached()[0]?.id ?? '',
    })
    expect(paid).toEqual({ ok: true })
    await follow()
    const { docs } = await payload.find({
      collection: 'payments',
      where: { 'stripe.checkoutSessionId': { equals: booked.checkout?.id } },
      depth: 0,
    })
    expect(docs).toMatchObject([{ status: 'succeeded', stripe: { customerId: stripeCustomerId } }])

    const asGuest = await book(api, guest({ email: customer.email }))
    expect(asGuest.checkout).toMatchObject({ customer: null, customer_email: customer.email })
  })

  it('for the first time makes the customer at Stripe, once, also when answers get lost', async () => {
    const { own, customer } = await customerWorld()
    const headers = { 'Idempotency-Key': `first-${customer.id}` }
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/customers', times: 3 })
    const first = await book(own, guest(), headers)
    expect(first.answer.json).toMatchObject({ code: 'provider_failed' })
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/checkout/sessions', times: 3 })
    expect((await own.post('/booking/sessions', first.body, headers)).json).toMatchObject({ code: 'provider_failed' })
    await own.patch(`/customers/${customer.id}`, { name: 'Changed Meanwhile' })
    const third = await own.post('/booking/sessions', first.body, headers)
    expect(third.status, third.text).toBe(201)
    const [{ id = '' } = {}, ...others] = customersAtStripe(customer)
    expect(others).toEqual([])
    expect(Object.values(tables().checkout_sessions).filter((session) => session.customer === id)).toHaveLength(1)
  })

  it('goes on with a new customer when the old one was deleted at Stripe', async () => {
    const { own, customer, save, list } = await customerWorld()
    await save()
    await list()
    const before = (await recordOf(customer)).stripeCustomerId ?? ''
    await fetch(`${stripe.url}/v1/customers/${before}`, {
      method: 'DELETE',
      headers: { Authorization: 'Bearer sk_test_parley' },
    })
    const booked = await book(own)
    expect(booked.answer.status, booked.answer.text).toBe(201)
    const after = (await recordOf(customer)).stripeCustomerId
    expect(after).not.toBe(before)
    expect(booked.checkout).toMatchObject({ customer: after })
  })

  it('with an address to come back to that holds no manage token: Stripe keeps it', async () => {
    const { answer, checkout } = await book(api)
    const { session, manageToken } = answer.json
    expect(checkout).toMatchObject({
      success_url: `http://localhost:3000/booking/${String(session.reference)}?checkout=success`,
      cancel_url: `http://localhost:3000/booking/${String(session.reference)}?checkout=cancelled`,
    })
    expect(JSON.stringify(checkout)).not.toContain(manageToken)
  })

  it('by them alone: neither their consultant nor staff are given the page that offers their cards', async () => {
    const { profile, user } = await createConsultant(payload)
    const offered = await createServiceType(payload, [profile], {
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
    })
    const { own } = await customerWorld()
    const booked = await own.post('/booking/sessions', {
      consultant: profile.slug,
      serviceType: offered.slug,
      start: iso(hourIn(9, 1)),
      customer: guest(),
    })
    expect(booked.status, booked.text).toBe(201)
    const path = `/booking/sessions/${String(booked.json.session.reference)}`
    for (const other of [user, await createUser(payload, ['operations']), await createUser(payload, ['admin'])]) {
      const client = await api.as(other)
      expect((await client.get(path)).json.actions).not.toContain('pay')
      const refused = await client.post(`${path}/payment`)
      expect(refused.json, refused.text).toMatchObject({ status: 403, code: 'forbidden' })
      expect(refused.text).not.toContain('checkout')
    }
    expect((await own.post(`${path}/payment`)).json.checkoutUrl).toBe(booked.json.payment.checkoutUrl)
  })

  it('by a guest who registers later: the record and its bookings become theirs, and they save cards', async () => {
    const visitor = guest()
    const booked = await book(api, visitor)
    expect(booked.answer.status).toBe(201)
    const user = await createUser(payload, ['customer'], { email: visitor.email })
    const own = await api.as(user)
    const { docs } = await payload.find({ collection: 'customers', where: { user: { equals: user.id } }, depth: 0 })
    expect(docs).toMatchObject([{ email: visitor.email, stripeCustomerId: null }])
    const begun = await own.post(`${methods}/setup`)
    stripe.control.saveCard(checkoutIdOf(begun.json.url))
    expect((await own.get(methods)).json.methods).toHaveLength(1)
    const again = await own.post(`/booking/sessions/${String(booked.answer.json.session.reference)}/payment`)
    expect(again.json.checkoutUrl).toBe(booked.answer.json.payment.checkoutUrl)
  })
})
