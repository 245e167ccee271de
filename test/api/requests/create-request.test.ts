import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import type { TestDatabase } from '../../support/database'
import { createConsultant, createCustomer, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { ask, createStaff, eventsOf, historyOf, publish, stored } from './request-world'

let payload: Payload
let database: TestDatabase
let api: RestClient
let ada: ConsultantProfile
let bob: ConsultantProfile
let serviceType: ServiceType

const rate = (profile: ConsultantProfile, averageRating: number) =>
  payload.db.updateOne({
    collection: 'consultant-profiles',
    id: profile.id,
    data: { statistics: { averageRating } },
    returning: false,
  })

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  api = await createRestClient(payload)
  ada = (await createConsultant(payload)).profile
  bob = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [ada, bob])
  await rate(ada, 4)
  await rate(bob, 5)
  await publish(payload, ada, bob)
})

describe('a new request', () => {
  it('goes to the preferred consultant, whoever is rated better', async () => {
    const { answer, reference } = await ask(api, { serviceType: serviceType.slug, preferredConsultant: ada.slug })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.json.request).toMatchObject({
      status: 'pending',
      consultant: { slug: ada.slug, name: ada.name },
      serviceType: { slug: serviceType.slug, name: serviceType.name },
      problem: { title: 'Pricing', description: 'How do I price this?', urgency: 'this_week' },
      proposedTimes: [],
      session: null,
      rejectionReason: null,
      actions: ['cancel'],
    })
    const request = await stored(payload, reference)
    expect(historyOf(request)).toEqual(['new → pending (customer)'])
    expect(await eventsOf(database, request.id)).toEqual(['created', 'assigned'])
  })

  it('stores only the hash of its manage token, which is the one that mails can derive again', async () => {
    const { answer, reference } = await ask(api, { serviceType: serviceType.slug })
    const { deriveToken, hashToken } = await import('#shared/ids')
    const { settings } = await import('#settings')
    expect(answer.json.manageToken).toBe(deriveToken(settings.payloadSecret, 'request-manage', reference))
    expect((await stored(payload, reference)).manageTokenHash).toBe(hashToken(answer.json.manageToken))
  })

  it('expires after the hours that operations have set', async () => {
    const { requestExpiryHours } = await payload.findGlobal({ slug: 'booking-settings' })
    const { answer } = await ask(api, { serviceType: serviceType.slug })
    const hours = (Date.parse(answer.json.request.expiresAt) - Date.parse(answer.json.request.createdAt)) / 3_600_000
    expect(hours).toBeCloseTo(requestExpiryHours, 1)
  })

  it('goes to the best rated who has free time, however many others they have', async () => {
    for (let n = 0; n < 3; n++) await ask(api, { serviceType: serviceType.slug, preferredConsultant: bob.slug })
    const [other, rated] = [(await createConsultant(payload)).profile, bob]
    const service = await createServiceType(payload, [other, rated])
    await rate(other, 4.9)
    await publish(payload, other, rated)
    const { answer, reference } = await ask(api, { serviceType: service.slug })
    expect(answer.json.request).toMatchObject({ status: 'pending', consultant: { slug: rated.slug } })
    expect(historyOf(await stored(payload, reference))).toEqual([
      'new → pending (customer)',
      'pending → pending (system)',
    ])
  })

  it('goes to the one with fewer open requests when both are rated alike', async () => {
    const [carl, dora] = [(await createConsultant(payload)).profile, (await createConsultant(payload)).profile]
    const service = await createServiceType(payload, [carl, dora])
    await publish(payload, carl, dora)
    await ask(api, { serviceType: service.slug, preferredConsultant: carl.slug })
    const second = await ask(api, { serviceType: service.slug })
    expect(second.answer.json.request.consultant.slug).toBe(dora.slug)
    await ask(api, { serviceType: service.slug, preferredConsultant: dora.slug })
    await ask(api, { serviceType: service.slug, preferredConsultant: dora.slug })
    const last = await ask(api, { serviceType: service.slug })
    expect(last.answer.json.request.consultant.slug).toBe(carl.slug)
  })

  it('goes only to somebody who is free in the preferred window', async () => {
    const narrow = (await createConsultant(payload)).profile
    const service = await createServiceType(payload, [narrow])
    await publish(payload, narrow)
    const beyond = { preferredStart: iso(hourIn(200)), preferredEnd: iso(hourIn(201)) }
    const outside = await ask(api, { serviceType: service.slug, ...beyond })
    expect(outside.answer.json.request).toMatchObject({ status: 'pending_assignment', consultant: null })
    expect(historyOf(await stored(payload, outside.reference))).toEqual([
      'new → pending (customer)',
      'pending → pending_assignment (system)',
    ])
    const tooShort = await ask(api, {
      serviceType: service.slug,
      preferredStart: iso(hourIn(4)),
      preferredEnd: iso(hourIn(4) + 20 * 60_000),
    })
    expect(tooShort.answer.json.request.status).toBe('pending_assignment')
    const inside = await ask(api, {
      serviceType: service.slug,
      preferredStart: iso(hourIn(4)),
      preferredEnd: iso(hourIn(4) + 30 * 60_000),
    })
    expect(inside.answer.json.request).toMatchObject({ status: 'pending', consultant: { slug: narrow.slug } })
  })

  it('waits for operations when nobody has published any time', async () => {
    const busy = (await createConsultant(payload)).profile
    const service = await createServiceType(payload, [busy])
    const { answer, reference } = await ask(api, { serviceType: service.slug })
    expect(answer.json.request).toMatchObject({ status: 'pending_assignment', consultant: null })
    expect(await eventsOf(database, (await stored(payload, reference)).id)).toEqual(['created'])
  })

  it('is never given to the requester themselves', async () => {
    const { profile, user } = await createConsultant(payload)
    await createCustomerOf(user.id, user.email)
    const service = await createServiceType(payload, [profile])
    await publish(payload, profile)
    const { answer } = await ask(api, { serviceType: service.slug, customer: guest({ email: user.email }) })
    expect(answer.json.request.status).toBe('pending_assignment')
  })

  it('belongs to the login, whatever address is typed', async () => {
    const { user, customer } = await createCustomer(payload)
    const client = await api.as(user)
    const asked = await ask(client, { serviceType: serviceType.slug })
    const read = await client.get(asked.url)
    expect(read.status, read.text).toBe(200)
    expect((await stored(payload, asked.reference)).requester).toBe(customer.id)
  })

  it('names operations who take it on the telephone', async () => {
    const { operations } = await createStaff(payload, api)
    const asked = await ask(operations, { serviceType: serviceType.slug, preferredConsultant: ada.id })
    expect(historyOf(await stored(payload, asked.reference))).toEqual(['new → pending (operations)'])
  })

  it('is taken once for one Idempotency-Key', async () => {
    const body = { serviceType: serviceType.slug, customer: guest(), problem: { description: 'Once' } }
    const headers = { 'Idempotency-Key': 'request-once' }
    const both = await Promise.all([1, 2].map(() => api.post('/booking/requests', body, headers)))
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    expect(both[0]?.text).toBe(both[1]?.text)
    const other = await api.post('/booking/requests', { ...body, company: 'Acme' }, headers)
    expect(other.json).toMatchObject({ status: 409, code: 'idempotency_conflict' })
  })
})

const createCustomerOf = (user: string, email: string) =>
  payload.create({ collection: 'customers', data: { user, email, name: 'Also a consultant', status: 'active' } })

describe('a request that cannot be taken', () => {
  const count = async () => (await payload.count({ collection: 'consultation-requests' })).totalDocs

  it.each([
    ['an end before the start', { preferredStart: iso(hourIn(3)), preferredEnd: iso(hourIn(2)) }, 'preferredEnd'],
    ['an end at the start', { preferredStart: iso(hourIn(3)), preferredEnd: iso(hourIn(3)) }, 'preferredEnd'],
    ['a start in the past', { preferredStart: iso(hourIn(-1)), preferredEnd: iso(hourIn(2)) }, 'preferredStart'],
    ['an end in the past', { preferredEnd: iso(hourIn(-1)) }, 'preferredEnd'],
    ['a start without an offset', { preferredStart: '2030-01-01T10:00:00' }, 'preferredStart'],
    ['no description', { problem: { title: 'x' } }, 'problem.description'],
    ['an unknown field', { status: 'scheduled' }, 'status'],
    ['a wrong zone', { customer: guest({ timeZone: 'Mars/Base' }) }, 'customer.timeZone'],
    ['invisible characters', { problem: { description: 'a\u202eb' } }, 'problem.description'],
    ['an urgency of its own', { problem: { description: 'a', urgency: 'now' } }, 'problem.urgency'],
  ])('%s is refused, and nothing is stored', async (_what, body, path) => {
    const before = await count()
    const { answer } = await ask(api, { serviceType: serviceType.slug, ...body })
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(answer.json.errors.map((error: { path: string }) => error.path)).toContain(path)
    expect(await count()).toBe(before)
  })

  it('takes only answers that are asked for, but need not have all of them', async () => {
    const service = await createServiceType(payload, [ada], {
      intakeQuestions: [{ key: 'size', label: 'People', type: 'number', required: true }],
    })
    for (const answers of [{ size: 'many' }, { other: 'x' }]) {
      const { answer } = await ask(api, { serviceType: service.slug, answers })
      expect(answer.json).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: `answers.${Object.keys(answers)[0] ?? ''}` }],
      })
    }
    expect((await ask(api, { serviceType: service.slug })).answer.status).toBe(201)
    expect((await ask(api, { serviceType: service.slug, answers: { size: 3 } })).answer.status).toBe(201)
  })

  it('names a service type that is unknown or not offered any more', async () => {
    const inactive = await createServiceType(payload, [ada], { isActive: false })
    for (const key of ['no-such-service', inactive.slug, inactive.id]) {
      const { answer } = await ask(api, { serviceType: key })
      expect(answer.json).toMatchObject({ status: 404, code: 'not_found', errors: [{ path: 'serviceType' }] })
    }
  })

  it('names a consultant who does not offer it, is unknown, or hidden', async () => {
    const other = (await createConsultant(payload)).profile
    const hidden = (await createConsultant(payload, { isPublic: false })).profile
    const service = await createServiceType(payload, [ada, hidden])
    for (const preferredConsultant of ['nobody', other.slug, hidden.slug]) {
      const { answer } = await ask(api, { serviceType: service.slug, preferredConsultant })
      expect(answer.json).toMatchObject({ status: 404, code: 'not_found', errors: [{ path: 'preferredConsultant' }] })
    }
  })

  it('refuses a suspended customer', async () => {
    const { customer } = await createCustomer(payload)
    await payload.update({ collection: 'customers', id: customer.id, data: { status: 'suspended' } })
    const { answer } = await ask(api, { serviceType: serviceType.slug, customer: guest({ email: customer.email }) })
    expect(answer.json).toMatchObject({ status: 403, code: 'forbidden' })
  })
})
