import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Payment, ServiceType, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from '../../support/database'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let stripe: StripeSandbox
let api: RestClient
let staff: RestClient
let host: RestClient
let operations: User
let consultant: ConsultantProfile
let serviceType: ServiceType
let hour = 0

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  api = await createRestClient(payload)
  operations = await createUser(payload, ['operations'], { name: 'Olivia Operations' })
  staff = await api.as(operations)
  const made = await createConsultant(payload)
  consultant = made.profile
  host = await api.as(made.user)
  serviceType = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
  })
})

/** Books, and pays at Stripe without our hearing of it. */
const bookAndPay = async () => {
  const start = hourIn(6, hour++)
  const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(start), customer: guest() }
  const { json } = await api.post('/booking/sessions', body)
  stripe.control.payCheckout(new URL(json.payment.checkoutUrl).pathname.split('/').pop() ?? '')
  const { docs } = await payload.find({
    collection: 'payments',
    where: { 'scheduledSession.reference': { equals: json.session.reference } },
    depth: 0,
  })
  const payment = docs[0] as Payment
  const token = { Authorization: `Bearer ${json.manageToken}` }
  return { payment, path: `/payments/${payment.reference}`, session: json.session.reference as string, token }
}

type Item = { source: string; title: string }
const titles = (json: { timeline: Item[] }) => json.timeline.map(({ source, title }) => `${source}: ${title}`)

describe('a payment', () => {
  it('is read again from Stripe by staff, which brings it to where it is', async () => {
    const { path } = await bookAndPay()
    expect((await staff.get(path)).json.payment).toMatchObject({ status: 'pending', refundable: { amount: 0 } })
    const after = await staff.post(`${path}/refresh`)
    expect(after.status, after.text).toBe(200)
    expect(after.json.payment).toMatchObject({
      status: 'succeeded',
      amount: { amount: 4_999, currency: 'GBP' },
      refundable: { amount: 4_999, currency: 'GBP' },
      session: { status: 'scheduled' },
    })
    expect(after.json.actions).toEqual(expect.arrayContaining(['refund', 'hold_payout', 'refresh']))
    const again = await staff.post(`${path}/refresh`)
    expect(titles(again.json)).toEqual(titles(after.json))
  })

  it('says so to staff when Stripe cannot be asked', async () => {
    const { path } = await bookAndPay()
    stripe.control.failNext({ kind: 'disconnect', method: 'GET', path: '/v1/checkout/sessions', times: 3 })
    expect((await staff.post(`${path}/refresh`)).json).toMatchObject({ status: 502, code: 'provider_failed' })
    stripe.control.clearFaults()
    expect((await staff.post(`${path}/refresh`)).status).toBe(200)
  })

  it('tells staff what happened, when, by whom, with links to Stripe', async () => {
    const { path, payment, session } = await bookAndPay()
    await staff.post(`${path}/refresh`)
    const cancelled = await staff.post(`/booking/sessions/${session}/cancel`, { reason: 'Ill' })
    expect(cancelled.status, cancelled.text).toBe(200)
    await runDueJobs(payload, database, { only: ['run-refund'] })
    const { json } = await staff.get(path)
    expect(titles(json)).toEqual(
      expect.arrayContaining([
        'payment: Payment asked for',
        'payment: Paid',
        'session: Session: Scheduled',
        'session: Session: Cancelled by operations',
        'refund: Refund asked for',
        'refund: Refund returned',
        'ledger: Booked',
      ]),
    )
    const times = json.timeline.map(({ at }: { at: string }) => Date.parse(at))
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b))
    const find = (title: string) => json.timeline.find((one: Item) => one.title === title)
    const { stripe: object } = find('Paid')
    expect(object.url).toBe(`https://dashboard.stripe.com/test/payments/${object.id}`)
    expect(find('Session: Cancelled by operations')).toMatchObject({
      by: { role: 'operations', name: 'Olivia Operations' },
      detail: 'Ill',
    })
    expect(find('Refund returned').record).toEqual({ collection: 'refunds', id: expect.any(String) })
    const booked = json.timeline.filter(({ source }: Item) => source === 'ledger')
    const moved = booked.flatMap(({ movements }: { movements: { amount: { amount: number } }[] }) => movements)
    expect(moved.map(({ amount }: { amount: { amount: number } }) => amount.amount)).toEqual(
      expect.arrayContaining([4_999, 750, -4_999, -750]),
    )
    expect(json.refunds).toMatchObject([{ status: 'succeeded', amount: { amount: 4_999, currency: 'GBP' } }])
    expect(json.actions).not.toContain('refund')
    // What is Payload's own is still there.
    expect((await staff.get(`/payments/${payment.id}`)).json).toMatchObject({ reference: payment.reference })
  })

  it('shows its consultant their share and no internals, and its customer what they paid', async () => {
    const { path, token } = await bookAndPay()
    await staff.post(`${path}/refresh`)
    const asHost = (await host.get(path)).json
    expect(asHost.split).toEqual({
      platformFee: { amount: 750, currency: 'GBP' },
      consultantShare: { amount: 4_249, currency: 'GBP' },
      stripeFee: null,
    })
    expect(asHost.payout).toMatchObject({ status: 'not_due', heldReason: null })
    const asCustomer = (await api.get(path, token)).json
    expect(asCustomer).toMatchObject({ split: null, payout: null, payment: { status: 'succeeded' } })
    for (const { timeline, actions } of [asHost, asCustomer]) {
      expect(actions).toEqual([])
      expect(titles({ timeline })).toContain('payment: Paid')
      for (const item of timeline) {
        expect(item).toMatchObject({ stripe: null, record: null })
        expect(['ledger', 'event']).not.toContain(item.source)
        expect(item.by?.name ?? null).toBeNull()
      }
    }
  })

  it('does not exist for anybody else, and is read again by staff alone', async () => {
    const { path, token } = await bookAndPay()
    const stranger = await api.as((await createConsultant(payload)).user)
    for (const answer of [
      await api.get(path),
      await stranger.get(path),
      await api.get('/payments/PM-00000000'),
      await api.get(path, { Authorization: 'Bearer wrong' }),
      await host.post(`${path}/refresh`),
      await api.post(`${path}/refresh`, {}, token),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([404, 'not_found'])
    }
  })
})
