import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { connectTo, type TestDatabase } from '../../support/database'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let database: TestDatabase
let api: RestClient
let staff: RestClient
let host: RestClient
let consultant: ConsultantProfile
let serviceType: ServiceType
let hour = 0

const text: unknown = expect.any(String)
const nextStart = () => hourIn(6 + Math.floor(hour / 20), hour++ % 20)

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  api = await createRestClient(payload)
  staff = await api.as(await createUser(payload, ['operations']))
  const { profile, user } = await createConsultant(payload)
  consultant = profile
  host = await api.as(user)
  serviceType = await createServiceType(payload, [consultant], {
    intakeQuestions: [{ key: 'size', label: 'People', type: 'number', required: true }],
  })
})

const find = async (collection: 'scheduled-sessions' | 'consultation-requests', reference: string) => {
  const where = { reference: { equals: reference } }
  const { docs } = await payload.find({ collection, where, depth: 0, limit: 1, showHiddenFields: true })
  return docs[0]
}

const slotOf = async (id: unknown) => payload.findByID({ collection: 'availability-slots', id: String(id), depth: 0 })

const person = () => ({ ...guest(), phone: '+442079460000', language: 'de' })

/** A hold says already what is booked. */
const withoutOffer = { consultant: undefined, serviceType: undefined, start: undefined }

const bearer = (token: unknown) => ({ Authorization: `Bearer ${String(token)}` })

const book = async (more: Record<string, unknown> = {}) => {
  const customer = person()
  const start = nextStart()
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(start),
    customer,
    problem: { title: 'Pricing', description: 'How?', category: 'pricing', urgency: 'today' },
    answers: { size: 12 },
    notes: 'Second floor.',
    ...more,
  })
  expect(answer.status, answer.text).toBe(201)
  const reference = String(answer.json.session.reference)
  return { reference, url: `/booking/sessions/${reference}`, auth: bearer(answer.json.manageToken), customer, start }
}

describe('what is written down about a booking', () => {
  it('holds all that the customer said, and who they are', async () => {
    const { reference, customer, start } = await book()
    const session = await find('scheduled-sessions', reference)
    expect(session).toMatchObject({
      reference,
      status: 'scheduled',
      consultant: consultant.id,
      customer: text,
      serviceType: serviceType.id,
      startsAt: iso(start),
      endsAt: iso(start + 30 * 60_000),
      durationMinutes: 30,
      timeZone: customer.timeZone,
      language: 'de',
      slot: text,
      problemTitle: 'Pricing',
      problemDescription: 'How?',
      problemCategory: 'pricing',
      urgency: 'today',
      answers: { size: 12 },
      customerNotes: 'Second floor.',
      manageTokenHash: text,
      meeting: { provider: 'jitsi', joinUrl: text },
      statusHistory: [{ to: 'scheduled', at: text, actorRole: 'customer' }],
      sequence: 0,
    })
    const known = await payload.find({
      collection: 'customers',
      where: { email: { equals: customer.email } },
      depth: 0,
    })
    expect(known.docs[0]).toMatchObject({
      email: customer.email,
      name: customer.name,
      phone: customer.phone,
      timeZone: customer.timeZone,
      language: 'de',
      status: 'active',
      emailVerified: false,
    })
  })

  it('holds the claim on the time, as a hold first and then as booked', async () => {
    const start = nextStart()
    const offer = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(start) }
    const held = await api.post('/booking/holds', offer)
    expect(held.status, held.text).toBe(201)
    const where = { startsAt: { equals: iso(start) }, status: { equals: 'held' } }
    const { docs } = await payload.find({ collection: 'availability-slots', where, depth: 0, showHiddenFields: true })
    expect(docs[0]).toMatchObject({
      consultant: consultant.id,
      serviceType: serviceType.id,
      startsAt: iso(start),
      endsAt: iso(start + 30 * 60_000),
      occupiedFrom: text,
      occupiedUntil: text,
      durationMinutes: 30,
      timeZone: 'UTC',
      status: 'held',
      holdExpiresAt: text,
      holdTokenHash: text,
    })
    const { reference } = await book({ ...withoutOffer, holdToken: held.json.token })
    const session = await find('scheduled-sessions', reference)
    const booked = session && 'slot' in session ? await slotOf(session.slot) : undefined
    expect(booked).toMatchObject({
      status: 'booked',
      scheduledSession: session?.id,
      customer: text,
      bookedAt: text,
    })
  })

  it('holds until when a link is to be paid and the consultant is to say yes, as operations have set', async () => {
    const { customer } = await createCustomer(payload)
    const needsYes = await createServiceType(payload, [consultant], {
      isFree: false,
      requiresConfirmation: true,
      prices: [{ durationMinutes: 30, amount: 10_000, currency: 'GBP' }],
    })
    const before = await payload.findGlobal({ slug: 'booking-settings', depth: 0 })
    await payload.updateGlobal({ slug: 'booking-settings', data: { paymentLinkHours: 7, requestExpiryHours: 3 } })
    const answer = await staff.post('/scheduled-sessions', {
      consultant: consultant.id,
      customer: customer.id,
      serviceType: needsYes.id,
      startsAt: iso(nextStart()),
      charge: 'link',
    })
    const { paymentLinkHours, requestExpiryHours } = before
    await payload.updateGlobal({ slug: 'booking-settings', data: { paymentLinkHours, requestExpiryHours } })
    expect(answer.status, answer.text).toBe(201)
    const { paymentDeadline, confirmBy } = answer.json.doc
    const hoursUntil = (instant: string) => (Date.parse(instant) - Date.now()) / 3_600_000
    expect(hoursUntil(paymentDeadline)).toBeCloseTo(7, 1)
    expect(hoursUntil(confirmBy)).toBeCloseTo(3, 1)
  })

  it('holds when a hold ran out', async () => {
    const start = nextStart()
    const offer = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(start) }
    expect((await api.post('/booking/holds', offer)).status).toBe(201)
    const client = await connectTo(database)
    const { rows } = await client.query<{ id: string }>(
      `UPDATE availability_slots SET hold_expires_at = now() - interval '1 second' WHERE starts_at = $1 AND status = 'held'
       RETURNING id`,
      [iso(start)],
    )
    const slotId = rows[0]?.id ?? ''
    const { expireHold } = await import('#availability/holds/expire-hold')
    await expireHold(payload, slotId)
    expect(await slotOf(slotId)).toMatchObject({ status: 'expired', expiredAt: text })
  })

  it('holds every move and who cancelled when and why', async () => {
    const { reference, url, auth, start } = await book()
    const to = nextStart()
    const moved = await api.post(`${url}/reschedule`, { start: iso(to), reason: 'A train' }, auth)
    expect(moved.status, moved.text).toBe(200)
    const cancelled = await api.post(`${url}/cancel`, { reason: 'Not needed' }, auth)
    expect(cancelled.status, cancelled.text).toBe(200)
    expect(await find('scheduled-sessions', reference)).toMatchObject({
      status: 'cancelled_by_user',
      sequence: 2,
      rescheduleHistory: [
        {
          fromSlot: text,
          toSlot: text,
          fromStartsAt: iso(start),
          toStartsAt: iso(to),
          at: text,
          actorRole: 'customer',
          reason: 'A train',
        },
      ],
      cancellation: { by: 'customer', requestedAt: text, approvedAt: text, cancelledAt: text, reason: 'Not needed' },
    })
    const own = await book()
    const byHost = await host.post(`${own.url}/reschedule`, { start: iso(nextStart()), reason: 'Ill' })
    expect(byHost.status, byHost.text).toBe(200)
    expect(await find('scheduled-sessions', own.reference)).toMatchObject({
      rescheduleHistory: [{ by: text, actorRole: 'consultant' }],
    })
  })

  it('holds all of a request, and its details go into the session', async () => {
    const start = nextStart()
    const asked = await api.post('/booking/requests', {
      serviceType: serviceType.slug,
      preferredConsultant: consultant.slug,
      preferredStart: iso(start),
      preferredEnd: iso(start + 86_400_000),
      company: 'Okafor Ltd.',
      customer: person(),
      problem: { title: 'Pricing', description: 'How?', category: 'pricing', urgency: 'asap' },
      answers: { size: 12 },
    })
    expect(asked.status, asked.text).toBe(201)
    const reference = String(asked.json.request.reference)
    const request = await find('consultation-requests', reference)
    expect(request).toMatchObject({
      reference,
      requester: text,
      company: 'Okafor Ltd.',
      serviceType: serviceType.id,
      preferredConsultant: consultant.id,
      preferredStart: iso(start),
      preferredEnd: iso(start + 86_400_000),
      problemTitle: 'Pricing',
      problemDescription: 'How?',
      problemCategory: 'pricing',
      urgency: 'asap',
      answers: { size: 12 },
      status: 'pending',
      requestedAt: text,
      assignedConsultant: consultant.id,
      expiresAt: text,
      timeZone: 'Europe/Berlin',
      language: 'de',
      manageTokenHash: text,
      statusHistory: [{ to: 'pending', at: text, actorRole: 'customer' }],
    })
    await staff.patch(`/consultation-requests/${String(request?.id)}`, {
      requestDetails: 'By telephone: bring the figures.',
    })
    const proposed = await host.post(`/booking/requests/${reference}/propose`, { times: [iso(start)] })
    expect(proposed.status, proposed.text).toBe(200)
    expect(await find('consultation-requests', reference)).toMatchObject({
      proposedTimes: [{ startsAt: iso(start), endsAt: text }],
      statusHistory: [{}, { from: 'pending', to: 'pending_confirmation', by: text }],
    })
    const url = `/booking/requests/${reference}/accept`
    const accepted = await api.post(url, { start: iso(start) }, bearer(asked.json.manageToken))
    expect(accepted.status, accepted.text).toBe(201)
    const session = await find('scheduled-sessions', String(accepted.json.session.reference))
    expect(session).toMatchObject({ request: request?.id, customerNotes: 'By telephone: bring the figures.' })
    expect(await find('consultation-requests', reference)).toMatchObject({ scheduledSession: session?.id })
  })
})
