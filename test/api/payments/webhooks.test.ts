import type { Payload } from 'payload'
import Stripe from 'stripe'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox, webhookSecret } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let api: RestClient
let stripe: StripeSandbox
let consultant: ConsultantProfile
let serviceType: ServiceType
let hour = 0

const rotated = 'whsec_rotated_9876543210'

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload({
    ...sandbox.env,
    STRIPE_WEBHOOK_SECRET: `${webhookSecret},${rotated}`,
  }))
  api = await createRestClient(payload)
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 3_000, currency: 'GBP' }],
  })
})

afterEach(() => expectSoundBooks(payload))

const sign = (body: string, { secret = webhookSecret, timestamp = Math.floor(Date.now() / 1000) } = {}) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp })

const deliver = (event: object, signature = sign(JSON.stringify(event))) =>
  api.post('/stripe/webhooks', JSON.stringify(event), { 'Stripe-Signature': signature })

const eventOf = (type: string, object: object, id = `evt_${Math.random().toString(36).slice(2)}`) => ({
  id,
  object: 'event',
  type,
  api_version: '2026-01-01',
  created: Math.floor(Date.now() / 1000),
  livemode: false,
  data: { object },
})

const inbox = async () =>
  (await payload.find({ collection: 'stripe-events', limit: 100, depth: 0, sort: 'createdAt' })).docs

const work = () => runDueJobs(payload, database, { only: ['process-stripe-event', 'settle-payment', 'run-refund'] })

const bookAndPay = async () => {
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(hourIn(9, hour++)),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
  const checkoutId = new URL(answer.json.payment.checkoutUrl).pathname.split('/').pop() ?? ''
  stripe.control.payCheckout(checkoutId)
  const read = async () =>
    (await api.get(`/booking/sessions/${answer.json.session.reference}?token=${answer.json.manageToken}`)).json
  return { checkoutId, read }
}

describe('the inbox of Stripe events', () => {
  it('has exactly one route: the one that stores before it answers', () => {
    const routes = payload.config.endpoints.filter(
      ({ path, method }) => path === '/stripe/webhooks' && method === 'post',
    )
    expect(routes).toHaveLength(1)
  })

  it.each([
    ['missing', () => ''],
    ['wrong', () => sign('{"another":"body"}')],
    ['by an unknown secret', (body: string) => sign(body, { secret: 'whsec_unknown' })],
    ['stale', (body: string) => sign(body, { timestamp: Math.floor(Date.now() / 1000) - 301 })],
  ])('refuses a signature that is %s and stores nothing', async (_what, signatureOf) => {
    const event = eventOf('checkout.session.completed', { id: 'cs_test_none' })
    const refused = await deliver(event, signatureOf(JSON.stringify(event)))
    expect(refused.json).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(await inbox()).toHaveLength(0)
  })

  it('takes every secret while one is rotated', async () => {
    const event = eventOf('customer.created', { id: 'cus_1' })
    expect((await deliver(event, sign(JSON.stringify(event), { secret: rotated }))).status).toBe(200)
  })

  it('schedules a session once, of 20 copies at once', async () => {
    const { checkoutId, read } = await bookAndPay()
    const event = eventOf('checkout.session.completed', { id: checkoutId })
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(event)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await inbox()).filter(({ eventId }) => eventId === event.id)).toHaveLength(1)
    await work()
    expect(await read()).toMatchObject({ session: { status: 'scheduled' }, payment: { status: 'succeeded' } })
  })

  it('believes Stripe, not the event: one that says paid of an unpaid checkout changes nothing', async () => {
    const answer = await api.post('/booking/sessions', {
      consultant: consultant.slug,
      serviceType: serviceType.slug,
      start: iso(hourIn(9, hour++)),
      customer: guest(),
    })
    const checkoutId = new URL(answer.json.payment.checkoutUrl).pathname.split('/').pop() ?? ''
    await deliver(eventOf('checkout.session.completed', { id: checkoutId, payment_status: 'paid' }))
    await work()
    const read = await api.get(`/booking/sessions/${answer.json.session.reference}?token=${answer.json.manageToken}`)
    expect(read.json.session.status).toBe('pending_payment')
  })

  it('notes kinds that it does not know as ignored', async () => {
    const event = eventOf('some.future.kind', { id: 'x_1' })
    await deliver(event)
    await work()
    expect((await inbox()).find(({ eventId }) => eventId === event.id)).toMatchObject({ status: 'ignored' })
  })

  it('keeps one that failed visible, and does it when it is tried again', async () => {
    const { checkoutId, read } = await bookAndPay()
    stripe.control.failNext({ kind: 'server_error', method: 'GET', path: '/v1/checkout/sessions', times: 5 })
    const event = eventOf('checkout.session.completed', { id: checkoutId })
    await deliver(event)
    await work()
    const failed = (await inbox()).find(({ eventId }) => eventId === event.id)
    expect(failed).toMatchObject({ status: 'failed', attempts: 1 })
    expect(failed?.error).toContain('ProviderError')
    stripe.control.clearFaults()
    const client = await connectTo(database)
    await client.query(`UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second'`)
    await work()
    expect(await read()).toMatchObject({ session: { status: 'scheduled' } })
    expect((await inbox()).find(({ eventId }) => eventId === event.id)).toMatchObject({ status: 'processed' })
  })

  it('does nothing when amounts differ, and says so', async () => {
    const { checkoutId, read } = await bookAndPay()
    const client = await connectTo(database)
    await client.query(
      `WITH p AS (
         UPDATE payments SET amount = 2900, platform_fee_amount = 435, consultant_payout_amount = 2465
         WHERE stripe_checkout_session_id = $1 RETURNING scheduled_session_id)
       UPDATE scheduled_sessions SET price_amount = 2900, price_platform_fee_amount = 435, price_consultant_payout_amount = 2465
       FROM p WHERE id = p.scheduled_session_id`,
      [checkoutId],
    )
    const event = eventOf('checkout.session.completed', { id: checkoutId })
    await deliver(event)
    await work()
    expect((await inbox()).find(({ eventId }) => eventId === event.id)).toMatchObject({ status: 'failed' })
    expect((await read()).session.status).toBe('pending_payment')
  })
})
