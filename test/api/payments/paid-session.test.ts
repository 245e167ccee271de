import type { Payload } from 'payload'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let api: RestClient
let stripe: StripeSandbox
let consultant: ConsultantProfile
let serviceType: ServiceType
let hour = 0

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  api = await createRestClient(payload)
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
  })
})

afterEach(() => expectSoundBooks(payload))

const nextStart = () => hourIn(6, hour++)

const book = async (headers: Record<string, string> = {}, start = nextStart()) => {
  const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(start), customer: guest() }
  const answer = await api.post('/booking/sessions', body, headers)
  return { answer, body, start, ...(answer.status === 201 ? handleOf(answer.json) : handleOf(undefined)) }
}

type Created = { session: { reference: string }; manageToken: string; payment: { checkoutUrl: string } | null }

const handleOf = (created: Created | undefined) => {
  const auth = { Authorization: `Bearer ${created?.manageToken ?? ''}` }
  const url = `/booking/sessions/${created?.session.reference ?? ''}`
  return {
    checkoutId: new URL(created?.payment?.checkoutUrl ?? 'http://none/none').pathname.split('/').pop() ?? '',
    read: async () => (await api.get(url, auth)).json,
    refresh: async () => (await api.post(`${url}/payment/refresh`, {}, auth)).json,
    pay: () => api.post(`${url}/payment`, {}, auth),
    cancel: () => api.post(`${url}/cancel`, {}, auth),
    url,
    auth,
  }
}

const ledgerOf = async (reference: string) => {
  const { docs } = await payload.find({
    collection: 'ledger-entries',
    where: { 'scheduledSession.reference': { equals: reference } },
    depth: 0,
    sort: 'createdAt',
  })
  return docs.map(({ kind, amount }) => [kind, amount])
}

const money = ['process-stripe-event', 'settle-payment', 'run-refund', 'expire-payment', 'release-hold']
const work = () => runDueJobs(payload, database, { only: money })

describe('a paid session', () => {
  it('waits for the payment, then is scheduled with its money booked once', async () => {
    const booking = await book()
    expect(booking.answer.status, booking.answer.text).toBe(201)
    expect(booking.answer.json).toMatchObject({
      session: { status: 'pending_payment', meeting: null },
      payment: { amount: { amount: 4_999, currency: 'GBP' } },
    })
    expect((await booking.read()).actions).toEqual(expect.arrayContaining(['pay', 'cancel']))

    stripe.control.payCheckout(booking.checkoutId)
    const paid = await booking.refresh()
    expect(paid).toMatchObject({
      session: { status: 'scheduled' },
      payment: { status: 'succeeded', refunded: { amount: 0 } },
    })
    expect(paid.session.meeting.joinUrl).toContain('/join?key=')
    await booking.refresh()
    expect(await ledgerOf(paid.session.reference)).toEqual([
      ['charge', 4_999],
      ['platform_fee', 750],
      ['stripe_fee', -95],
    ])
  })

  it('is cancelled in time: the whole price goes back, once', async () => {
    const booking = await book()
    stripe.control.payCheckout(booking.checkoutId)
    await booking.refresh()
    const preview = await api.get(`${booking.url}/cancellation`, booking.auth)
    expect(preview.json).toMatchObject({ allowed: true, refund: { amount: 4_999, currency: 'GBP' } })
    const cancelled = await booking.cancel()
    expect(cancelled.json).toMatchObject({ session: { status: 'cancelled_by_user' }, refund: preview.json.refund })
    await work()
    await work()
    const after = await booking.read()
    expect(after.payment).toMatchObject({ status: 'refunded', refunded: { amount: 4_999, currency: 'GBP' } })
    expect(await ledgerOf(after.session.reference)).toEqual(
      expect.arrayContaining([
        ['refund', -4_999],
        ['platform_fee_refund', -750],
      ]),
    )
    expect(Object.keys(stripe.control.tables().refunds)).toHaveLength(1)
  })

  it('that nobody pays ends, its checkout is closed and the time is free again', async () => {
    const booking = await book()
    await payload.update({
      collection: 'scheduled-sessions',
      where: { reference: { equals: booking.answer.json.session.reference } },
      data: { paymentDeadline: new Date(Date.now() - 1_000).toISOString() },
    })
    await makeJobsDue(database, 'expire-payment')
    await work()
    expect(await booking.read()).toMatchObject({ session: { status: 'expired' }, payment: { status: 'cancelled' } })
    expect((await book({}, booking.start)).answer.status).toBe(201)
  })

  it('that is paid at the last moment is kept: paid wins over the deadline', async () => {
    const booking = await book()
    await payload.update({
      collection: 'scheduled-sessions',
      where: { reference: { equals: booking.answer.json.session.reference } },
      data: { paymentDeadline: new Date(Date.now() - 1_000).toISOString() },
    })
    stripe.control.payCheckout(booking.checkoutId)
    await makeJobsDue(database, 'expire-payment')
    await work()
    expect(await booking.read()).toMatchObject({ session: { status: 'scheduled' }, payment: { status: 'succeeded' } })
  })

  it('that is paid after it was cancelled is refunded in full', async () => {
    const booking = await book()
    await booking.cancel()
    stripe.control.payCheckout(booking.checkoutId)
    await work()
    await work()
    expect(await booking.read()).toMatchObject({
      session: { status: 'cancelled_by_user' },
      payment: { status: 'refunded', refunded: { amount: 4_999 } },
    })
  })

  it('keeps its checkout when the customer comes back to pay', async () => {
    const booking = await book()
    const again = await booking.pay()
    expect(again.json.checkoutUrl).toBe(booking.answer.json.payment.checkoutUrl)
  })

  it('says so when Stripe cannot be asked how the payment stands, and stays as it was', async () => {
    const booking = await book()
    stripe.control.failNext({ kind: 'disconnect', method: 'GET', path: '/v1/checkout/sessions', times: 3 })
    const refreshed = await api.post(`${booking.url}/payment/refresh`, {}, booking.auth)
    expect(refreshed.json).toMatchObject({ status: 502, code: 'provider_failed' })
    stripe.control.clearFaults()
    expect(await booking.refresh()).toMatchObject({ session: { status: 'pending_payment' } })
  })

  it('survives a lost answer of Stripe: the retry finds the same checkout and books nothing twice', async () => {
    const headers = { 'Idempotency-Key': `lost-${hour}` }
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/checkout/sessions', times: 3 })
    const start = nextStart()
    const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(start), customer: guest() }
    const first = await api.post('/booking/sessions', body, headers)
    expect(first.json).toMatchObject({ status: 502, code: 'provider_failed' })
    const second = await api.post('/booking/sessions', body, headers)
    expect(second.status, second.text).toBe(201)
    const third = await api.post('/booking/sessions', body, headers)
    expect(third.text).toBe(second.text)
    const { reference } = second.json.session
    const checkouts = Object.values(stripe.control.tables().checkout_sessions).filter(
      ({ metadata }) => metadata?.sessionReference === reference,
    )
    expect(checkouts).toHaveLength(1)
  })

  it('can still be paid when Stripe refused the first try for good', async () => {
    const headers = { 'Idempotency-Key': `refused-${hour}` }
    const start = nextStart()
    const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(start), customer: guest() }
    stripe.control.clearFaults()
    stripe.control.failNext({ kind: 'disconnect', method: 'POST', path: '/v1/checkout/sessions', times: 3 })
    expect((await api.post('/booking/sessions', body, headers)).json).toMatchObject({ code: 'provider_failed' })
    // By the time that Stripe answers again, the page would close sooner than Stripe allows.
    const { docs } = await payload.find({ collection: 'payments', sort: '-createdAt', limit: 1, depth: 0 })
    await payload.db.updateOne({
      collection: 'payments',
      id: docs[0]?.id ?? '',
      data: { checkout: { ...docs[0]?.checkout, expiresAt: iso(Date.now() + 60_000) } },
      returning: false,
    })
    const second = await api.post('/booking/sessions', body, headers)
    expect(second.status, second.text).toBe(201)
    expect(second.json.payment.checkoutUrl).toContain('/c/pay/')
  })
})
