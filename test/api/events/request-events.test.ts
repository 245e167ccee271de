import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import type { TestDatabase } from '../../support/database'
import { createConsultant, createCustomer, createServiceType, hourIn, iso } from '../../support/fixtures'
import { recordEvents, type Recorder } from '../../support/follow-events'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { ask, createStaff, type Staff, stored } from '../requests/request-world'

let payload: Payload
let database: TestDatabase
let api: RestClient
let staff: Staff
let ada: { profile: ConsultantProfile; user: User }
let bob: { profile: ConsultantProfile; user: User }
let asAda: RestClient
let serviceType: ServiceType
let nobodys: ServiceType
let events: Recorder
let hour = 0

const nextStart = () => hourIn(8 + Math.floor(hour / 20), hour++ % 20)

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  api = await createRestClient(payload)
  staff = await createStaff(payload, api)
  ada = await createConsultant(payload)
  bob = await createConsultant(payload)
  asAda = await api.as(ada.user)
  serviceType = await createServiceType(payload, [ada.profile, bob.profile])
  nobodys = await createServiceType(payload, [])
  events = await recordEvents({ payload, database })
})

const asked = async (more: { serviceType?: string | null | undefined; preferredConsultant?: string } = {}) => {
  const request = await ask(api, {
    serviceType: serviceType.slug,
    preferredConsultant: ada.profile.slug ?? '',
    ...more,
  })
  expect(request.answer.status, request.answer.text).toBe(201)
  return { ...request, take: () => events.take(request.reference) }
}

const ok = async (answer: ReturnType<RestClient['post']>) => {
  const { status, text } = await answer
  expect(status, text).toBeLessThan(300)
}

describe('a request', () => {
  it('is made and given to a consultant, who proposes times twice; one of them is accepted', async () => {
    const request = await asked()
    expect(await request.take()).toEqual(['request.created', 'request.assigned'])
    const start = nextStart()
    await ok(asAda.post(`${request.url}/propose`, { times: [iso(nextStart())] }))
    await ok(asAda.post(`${request.url}/propose`, { times: [iso(start)] }))
    expect(await request.take()).toEqual(['request.proposed', 'request.proposed'])
    await ok(api.post(`${request.url}/accept`, { start: iso(start) }, request.token))
    expect((await api.post(`${request.url}/accept`, { start: iso(start) }, request.token)).status).toBe(409)
    expect(await request.take()).toEqual(['request.accepted'])
    const { scheduledSession } = await stored(payload, request.reference)
    const id = String(scheduledSession)
    expect(await events.take(id)).toEqual(['session.created', 'session.scheduled'])
    await ok(staff.operations.patch(`/scheduled-sessions/${id}`, { status: 'cancelled_by_operations' }))
    expect(await request.take()).toEqual(['request.cancelled'])
    expect(await events.take(id)).toEqual(['session.cancelled'])
  })

  it('for which there is nobody is assigned later, and then to somebody else', async () => {
    const { answer, reference, url } = await ask(api, { serviceType: nobodys.slug })
    expect(answer.status, answer.text).toBe(201)
    expect(await events.take(reference)).toEqual(['request.created'])
    await payload.update({
      collection: 'service-types',
      id: nobodys.id,
      data: { consultants: [ada.profile.id, bob.profile.id] },
    })
    await ok(staff.operations.post(`${url}/assign`, { consultant: ada.profile.slug }))
    expect(await events.take(reference)).toEqual(['request.assigned'])
    const { id } = await stored(payload, reference)
    await ok(staff.admin.patch(`/consultation-requests/${id}`, { assignedConsultant: bob.profile.id }))
    expect(await events.take(reference)).toEqual(['request.assigned'])
    await ok(staff.admin.patch(`/consultation-requests/${id}`, { internalNotes: 'Call first' }))
    expect(await events.take(reference)).toEqual([])
  })

  it('made by staff with a consultant and times tells of all three', async () => {
    const { customer } = await createCustomer(payload)
    const made = await staff.operations.post('/consultation-requests', {
      requester: customer.id,
      serviceType: serviceType.id,
      assignedConsultant: ada.profile.id,
      problemDescription: 'Which way?',
      proposedTimes: [{ startsAt: iso(nextStart()) }],
    })
    expect(made.status, made.text).toBe(201)
    const announced = ['request.created', 'request.assigned', 'request.proposed']
    expect(await events.take(made.json.doc.id)).toEqual(announced)
  })

  it('is cancelled, rejected, or runs out, once each', async () => {
    const cancelled = await asked()
    await ok(api.post(`${cancelled.url}/cancel`, {}, cancelled.token))
    await api.post(`${cancelled.url}/cancel`, {}, cancelled.token)
    expect((await cancelled.take()).slice(2)).toEqual(['request.cancelled'])

    const rejected = await asked()
    await ok(asAda.post(`${rejected.url}/reject`, { reason: 'No time' }))
    expect((await rejected.take()).slice(2)).toEqual(['request.rejected'])

    const late = await asked()
    const { id } = await stored(payload, late.reference)
    const expiresAt = iso(Date.now() - 1_000)
    await payload.update({ collection: 'consultation-requests', id, data: { expiresAt } })
    const { expireRequest } = await import('#requests/expire-request')
    for (let n = 0; n < 2; n++) await expireRequest(payload, id)
    expect((await late.take()).slice(2)).toEqual(['request.expired'])
  })
})
