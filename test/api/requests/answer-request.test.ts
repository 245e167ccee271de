import type { Payload } from 'payload'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
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
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { ask, type Asked, createStaff, eventsOf, historyOf, type Staff, stored } from './request-world'

let payload: Payload
let database: TestDatabase
let api: RestClient
let staff: Staff
let ada: { profile: ConsultantProfile; user: User }
let bob: { profile: ConsultantProfile; user: User }
let asAda: RestClient
let asBob: RestClient
let asStranger: RestClient
let serviceType: ServiceType
let asked: Asked
let hour = 0

/** A time of its own for every test. */
const nextStart = () => hourIn(8 + Math.floor(hour / 20), hour++ % 20)

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  api = await createRestClient(payload)
  staff = await createStaff(payload, api)
  ada = await createConsultant(payload)
  bob = await createConsultant(payload)
  asAda = await api.as(ada.user)
  asBob = await api.as(bob.user)
  asStranger = await api.as(await createUser(payload, ['customer']))
  serviceType = await createServiceType(payload, [ada.profile, bob.profile])
})

beforeEach(async () => {
  asked = await ask(api, { serviceType: serviceType.slug, preferredConsultant: ada.profile.slug })
})

const propose = (...starts: number[]) => asAda.post(`${asked.url}/propose`, { times: starts.map(iso) })

describe('reading a request', () => {
  it('is for its token, its consultant and staff; everybody else finds nothing', async () => {
    expect((await api.get(asked.url, asked.token)).json.request.actions).toEqual(['cancel'])
    expect((await api.get(`${asked.url}?token=${asked.token.Authorization.slice(7)}`)).status).toBe(200)
    expect((await asAda.get(asked.url)).json.request.actions).toEqual(['propose', 'reject'])
    expect((await staff.operations.get(asked.url)).json.request.actions).toEqual([
      'cancel',
      'assign',
      'propose',
      'reject',
    ])
    const refusals = [
      await api.get(asked.url),
      await api.get(asked.url, { Authorization: 'Bearer wrong' }),
      await asStranger.get(asked.url),
      await asBob.get(asked.url),
      await api.get('/booking/requests/RQ-22222222', asked.token),
    ]
    for (const refusal of refusals) expect(refusal.json).toMatchObject({ status: 404, code: 'not_found' })
    expect(new Set(refusals.map(({ json }) => json.detail)).size).toBe(1)
  })

  it('takes the reference in any case, and refuses what is none', async () => {
    expect((await api.get(asked.url.toLowerCase(), asked.token)).status).toBe(200)
    expect((await api.get('/booking/requests/nonsense', asked.token)).json).toMatchObject({ code: 'invalid_request' })
  })

  it('shows neither addresses nor notes', async () => {
    const { id } = await stored(payload, asked.reference)
    await payload.update({ collection: 'consultation-requests', id, data: { internalNotes: 'difficult customer' } })
    const { text } = await api.get(asked.url, asked.token)
    expect(text).not.toContain(asked.email)
    expect(text).not.toContain('difficult')
    expect(text).not.toContain(ada.user.email)
  })
})

describe('cancelling a request', () => {
  it('ends it, once', async () => {
    const cancelled = await api.post(`${asked.url}/cancel`, { reason: 'found help' }, asked.token)
    expect(cancelled.status, cancelled.text).toBe(200)
    expect(cancelled.json.request).toMatchObject({ status: 'cancelled', actions: [] })
    const request = await stored(payload, asked.reference)
    expect(request.statusHistory?.at(-1)).toMatchObject({
      from: 'pending',
      to: 'cancelled',
      actorRole: 'customer',
      reason: 'found help',
    })
    expect(await eventsOf(database, request.id)).toEqual(['created', 'assigned', 'closed'])
    const again = await api.post(`${asked.url}/cancel`, {}, asked.token)
    expect(again.json).toMatchObject({ status: 409, code: 'illegal_transition' })
    expect(again.json.detail).toContain('Nothing can follow it.')
  })

  it('is not for the consultant, nor for a wrong token', async () => {
    expect((await asAda.post(`${asked.url}/cancel`)).json).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await api.post(`${asked.url}/cancel`)).json).toMatchObject({ status: 404, code: 'not_found' })
    expect((await stored(payload, asked.reference)).status).toBe('pending')
  })
})

describe('giving a request to a consultant', () => {
  const assign = (client: RestClient, consultant: string | null | undefined, headers = {}) =>
    client.post(`${asked.url}/assign`, { consultant }, headers)

  it('asks the new one, and withdraws what the old one has proposed', async () => {
    await propose(nextStart())
    const answer = await assign(staff.operations, bob.profile.slug)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.request).toMatchObject({
      status: 'pending',
      consultant: { slug: bob.profile.slug },
      proposedTimes: [],
    })
    const request = await stored(payload, asked.reference)
    expect(historyOf(request)).toEqual([
      'new → pending (customer)',
      'pending → pending_confirmation (consultant)',
      'pending_confirmation → pending (operations)',
    ])
    expect(await eventsOf(database, request.id)).toEqual(['created', 'assigned', 'proposed', 'assigned'])
    expect((await asAda.get(asked.url)).json.code).toBe('not_found')
    expect((await asBob.get(asked.url)).status).toBe(200)
  })

  it('finds a consultant for a request that waits for one', async () => {
    const lonely = await createServiceType(payload, [bob.profile])
    asked = await ask(api, { serviceType: lonely.slug })
    expect(asked.answer.json.request.status).toBe('pending_assignment')
    const answer = await assign(staff.admin, bob.profile.id)
    expect(answer.json.request).toMatchObject({ status: 'pending', consultant: { slug: bob.profile.slug } })
    expect(historyOf(await stored(payload, asked.reference)).at(-1)).toBe('pending_assignment → pending (admin)')
  })

  it('is for operations: 401 without a login, 403 with another, 404 for a wrong token', async () => {
    expect((await assign(api, bob.profile.slug)).json).toMatchObject({ status: 401, code: 'unauthenticated' })
    expect((await assign(api, bob.profile.slug, asked.token)).json).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await assign(api, bob.profile.slug, { Authorization: 'Bearer wrong' })).json).toMatchObject({ status: 404 })
    for (const client of [asAda, asStranger]) {
      expect((await assign(client, bob.profile.slug)).json).toMatchObject({ status: 403, code: 'forbidden' })
    }
    const requester = await createCustomer(payload)
    const asRequester = await api.as(requester.user)
    asked = await ask(asRequester, { serviceType: serviceType.slug, customer: guest({ email: requester.user.email }) })
    expect((await assign(asRequester, bob.profile.slug)).json).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('refuses a consultant who does not offer it, and the one who has it', async () => {
    const other = await createConsultant(payload)
    expect((await assign(staff.operations, other.profile.slug)).json).toMatchObject({
      code: 'not_found',
      errors: [{ path: 'consultant' }],
    })
    expect((await assign(staff.operations, ada.profile.slug)).json).toMatchObject({ code: 'illegal_transition' })
    expect((await assign(staff.operations, undefined)).json).toMatchObject({ code: 'invalid_request' })
    expect((await staff.operations.post('/booking/requests/RQ-22222222/assign', { consultant: 'x' })).status).toBe(404)
  })

  it('refuses a request that is over', async () => {
    await api.post(`${asked.url}/cancel`, {}, asked.token)
    expect((await assign(staff.operations, bob.profile.slug)).json).toMatchObject({ code: 'illegal_transition' })
  })
})

describe('proposing times', () => {
  it('puts them before the requester in order, with their ends, and gives time to answer', async () => {
    const [first, second] = [nextStart(), nextStart()]
    const { id } = await stored(payload, asked.reference)
    const soon = iso(Date.now() + 3_600_000)
    await payload.update({ collection: 'consultation-requests', id, data: { expiresAt: soon } })
    const answer = await asAda.post(`${asked.url}/propose`, {
      times: [{ start: iso(second), durationMinutes: 60 }, iso(first)],
    })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.request).toMatchObject({
      status: 'pending_confirmation',
      proposedTimes: [
        { start: iso(first), end: iso(first + 30 * 60_000) },
        { start: iso(second), end: iso(second + 60 * 60_000) },
      ],
    })
    expect(Date.parse(answer.json.request.expiresAt)).toBeGreaterThan(Date.parse(soon))
    expect((await api.get(asked.url, asked.token)).json.request.actions).toEqual(['accept', 'cancel'])
    expect(await eventsOf(database, id)).toEqual(['created', 'assigned', 'proposed'])
  })

  it('may be done again, in place of the first ones', async () => {
    const [first, second] = [nextStart(), nextStart()]
    await propose(first)
    const again = await staff.operations.post(`${asked.url}/propose`, { times: [iso(second)] })
    expect(again.json.request.proposedTimes).toEqual([{ start: iso(second), end: iso(second + 30 * 60_000) }])
    expect(historyOf(await stored(payload, asked.reference)).at(-1)).toBe(
      'pending_confirmation → pending_confirmation (operations)',
    )
  })

  it('takes only times that are offered now, and says which one is not', async () => {
    const good = nextStart()
    const offGrid = await propose(good, good + 7 * 60_000)
    expect(offGrid.json).toMatchObject({ status: 422, code: 'slot_not_offered', errors: [{ path: 'times.1' }] })
    const past = await propose(hourIn(-2))
    expect(past.json).toMatchObject({ status: 422, code: 'slot_not_offered', errors: [{ path: 'times.0' }] })
    const taken = nextStart()
    const body = { consultant: ada.profile.slug, serviceType: serviceType.slug, start: iso(taken) }
    expect((await api.post('/booking/holds', body)).status).toBe(201)
    const onHold = await propose(good, taken)
    expect(onHold.json).toMatchObject({ status: 409, code: 'slot_taken', errors: [{ path: 'times.1' }] })
    const tooLong = await asAda.post(`${asked.url}/propose`, { times: [{ start: iso(good), durationMinutes: 45 }] })
    expect(tooLong.json).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ path: 'times.0' }] })
    expect((await stored(payload, asked.reference)).status).toBe('pending')
  })

  it.each([
    ['none', []],
    ['eleven', Array.from({ length: 11 }, (_, n) => iso(hourIn(5, n)))],
    ['no instant', ['2030-01-01']],
    ['an unknown field', [{ start: iso(hourIn(5)), end: iso(hourIn(6)) }]],
  ])('refuses %s', async (_what, times) => {
    const answer = await asAda.post(`${asked.url}/propose`, { times })
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(answer.json.errors[0].path).toMatch(/^times/)
  })

  it('refuses the same time twice', async () => {
    const start = nextStart()
    expect((await propose(start, start)).json).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'times.1', message: 'is given twice' }],
    })
  })

  it('is for the consultant who was asked, and for staff', async () => {
    const body = { times: [iso(nextStart())] }
    expect((await api.post(`${asked.url}/propose`, body)).json).toMatchObject({ status: 401, code: 'unauthenticated' })
    expect((await api.post(`${asked.url}/propose`, body, asked.token)).json).toMatchObject({ code: 'forbidden' })
    expect((await asStranger.post(`${asked.url}/propose`, body)).json).toMatchObject({ code: 'forbidden' })
    expect((await asBob.post(`${asked.url}/propose`, body)).json).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('needs a consultant first', async () => {
    const lonely = await createServiceType(payload, [bob.profile])
    asked = await ask(api, { serviceType: lonely.slug })
    const answer = await staff.operations.post(`${asked.url}/propose`, { times: [iso(nextStart())] })
    expect(answer.json).toMatchObject({ status: 409, code: 'illegal_transition' })
    expect(answer.json.detail).toContain('Give the request to a consultant')
  })
})

describe('rejecting a request', () => {
  it('tells the requester the reason', async () => {
    const answer = await asAda.post(`${asked.url}/reject`, { reason: 'Not my field.' })
    expect(answer.status, answer.text).toBe(200)
    const read = await api.get(asked.url, asked.token)
    expect(read.json.request).toMatchObject({ status: 'rejected', rejectionReason: 'Not my field.', actions: [] })
    const request = await stored(payload, asked.reference)
    expect(request.statusHistory?.at(-1)).toMatchObject({ actorRole: 'consultant', reason: 'Not my field.' })
  })

  it('needs a reason, and one who may', async () => {
    expect((await asAda.post(`${asked.url}/reject`)).json).toMatchObject({ errors: [{ path: 'reason' }] })
    expect((await api.post(`${asked.url}/reject`, { reason: 'x' })).json).toMatchObject({ code: 'unauthenticated' })
    expect((await asBob.post(`${asked.url}/reject`, { reason: 'x' })).json).toMatchObject({ code: 'not_found' })
    expect((await asStranger.post(`${asked.url}/reject`, { reason: 'x' })).json).toMatchObject({ code: 'forbidden' })
  })
})
