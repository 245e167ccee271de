import type { Payload } from 'payload'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ConsultationRequest, ServiceType, User } from '#payload-types'
import type { TestDatabase } from '../../support/database'
import { connectTo } from '../../support/database'
import { createConsultant, createCustomer, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { ask, createStaff, eventsOf, historyOf, type Staff, stored } from './request-world'

let payload: Payload
let database: TestDatabase
let api: RestClient
let staff: Staff
let ada: { profile: ConsultantProfile; user: User }
let bob: { profile: ConsultantProfile; user: User }
let asAda: RestClient
let requester: { id: string; email: string; client: RestClient }
let serviceType: ServiceType
let request: ConsultationRequest
let url: string
let hour = 0

const nextStart = () => hourIn(8 + Math.floor(hour / 20), hour++ % 20)

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  api = await createRestClient(payload)
  staff = await createStaff(payload, api)
  ada = await createConsultant(payload)
  bob = await createConsultant(payload)
  asAda = await api.as(ada.user)
  const { customer, user } = await createCustomer(payload)
  requester = { id: customer.id, email: user.email, client: await api.as(user) }
  serviceType = await createServiceType(payload, [ada.profile, bob.profile])
})

const askAda = async () => {
  const asked = await ask(api, {
    serviceType: serviceType.slug,
    preferredConsultant: ada.profile.slug,
    customer: guest({ email: requester.email }),
  })
  return stored(payload, asked.reference)
}

beforeEach(async () => {
  request = await askAda()
  url = `/consultation-requests/${request.id}`
})

const reload = () => stored(payload, request.reference)
const firstError = (answer: { json: { errors: { message: string; data?: { code?: string } }[] } }) => ({
  message: answer.json.errors[0]?.message,
  code: answer.json.errors[0]?.data?.code,
})

describe('the gate over REST', () => {
  it('names the allowed next states, also to administrators', async () => {
    const answer = await staff.admin.patch(url, { status: 'completed' })
    expect(answer.status).toBe(409)
    expect(firstError(answer)).toEqual({
      code: 'illegal_transition',
      message:
        'A request that is pending cannot become completed (admin). Allowed next: pending, pending_assignment, pending_confirmation, scheduled, cancelled, rejected.',
    })
    expect((await reload()).status).toBe('pending')
  })

  it('does for operations who choose a consultant what assigning does', async () => {
    const answer = await staff.operations.patch(url, { assignedConsultant: bob.profile.id })
    expect(answer.status, answer.text).toBe(200)
    const after = await reload()
    expect(historyOf(after)).toEqual(['new → pending (customer)', 'pending → pending (operations)'])
    expect(await eventsOf(database, request.id)).toEqual(['created', 'assigned', 'assigned'])
  })

  it('refuses a consultant who does not offer the service type', async () => {
    const other = await createConsultant(payload)
    const answer = await staff.operations.patch(url, { assignedConsultant: other.profile.id })
    expect(answer.status).toBe(404)
    expect(firstError(answer).code).toBe('not_found')
  })

  it('does for a consultant who writes times what proposing does, and fills in their ends', async () => {
    const start = nextStart()
    const answer = await asAda.patch(url, { proposedTimes: [{ startsAt: iso(start) }] })
    expect(answer.status, answer.text).toBe(200)
    const after = await reload()
    expect(after).toMatchObject({
      status: 'pending_confirmation',
      proposedTimes: [{ startsAt: iso(start), endsAt: iso(start + 30 * 60_000) }],
    })
    expect(historyOf(after).at(-1)).toBe('pending → pending_confirmation (consultant)')
    expect(await eventsOf(database, request.id)).toEqual(['created', 'assigned', 'proposed'])
  })

  it('refuses times that are not offered', async () => {
    const answer = await asAda.patch(url, { proposedTimes: [{ startsAt: iso(nextStart() + 60_000) }] })
    expect(answer.status).toBe(422)
    expect(answer.json.errors[0].data).toMatchObject({
      code: 'slot_not_offered',
      errors: [{ path: 'proposedTimes.0.startsAt' }],
    })
  })

  it('withdraws what was proposed when the times are emptied', async () => {
    await asAda.patch(url, { proposedTimes: [{ startsAt: iso(nextStart()) }] })
    await asAda.patch(url, { proposedTimes: [] })
    expect(await reload()).toMatchObject({ status: 'pending', proposedTimes: [] })
  })

  it('asks for a reason of a rejection, and keeps it', async () => {
    const without = await asAda.patch(url, { status: 'rejected' })
    expect(without.json.errors[0].data).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'rejectionReason' }],
    })
    const given = await asAda.patch(url, { status: 'rejected', rejectionReason: 'Fully booked.' })
    expect(given.status, given.text).toBe(200)
    expect((await reload()).statusHistory?.at(-1)).toMatchObject({ to: 'rejected', reason: 'Fully booked.' })
  })

  it('does not let staff call a request scheduled that has no session', async () => {
    await asAda.patch(url, { proposedTimes: [{ startsAt: iso(nextStart()) }] })
    const answer = await staff.operations.patch(url, { status: 'scheduled' })
    expect(firstError(answer)).toEqual({
      code: 'illegal_transition',
      message: 'A request becomes scheduled when one of its proposed times is accepted.',
    })
  })

  it('lets the requester cancel, and nothing else', async () => {
    for (const status of ['rejected', 'pending_confirmation', 'scheduled', 'expired']) {
      const refused = await requester.client.patch(url, { status, rejectionReason: 'x' })
      expect(firstError(refused).code).toBe('illegal_transition')
    }
    expect((await requester.client.patch(url, { status: 'cancelled' })).status).toBe(200)
    expect(historyOf(await reload()).at(-1)).toBe('pending → cancelled (customer)')
  })

  it('takes a consultant who is the requester for the requester', async () => {
    const { user } = await createConsultant(payload)
    await payload.create({
      collection: 'customers',
      data: { user: user.id, email: user.email, name: 'Both', status: 'active' },
    })
    const asked = await ask(api, {
      serviceType: serviceType.slug,
      preferredConsultant: ada.profile.slug,
      customer: guest({ email: user.email }),
    })
    const { id } = await stored(payload, asked.reference)
    const client = await api.as(user)
    const refused = await client.patch(`/consultation-requests/${id}`, { status: 'rejected', rejectionReason: 'x' })
    expect(firstError(refused).message).toContain('(customer)')
  })

  it('is nobody else’s', async () => {
    const asBob = await api.as(bob.user)
    expect((await asBob.patch(url, { status: 'cancelled' })).status).toBe(403)
    expect((await api.patch(url, { status: 'cancelled' })).status).toBe(403)
    expect((await reload()).status).toBe('pending')
  })

  it('keeps who asked, and does not believe histories, tokens or sessions from outside', async () => {
    const { customer } = await createCustomer(payload)
    const moved = await staff.admin.patch(url, { requester: customer.id })
    expect(moved.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'requester' }] })
    await staff.admin.patch(url, {
      statusHistory: [],
      manageTokenHash: 'x',
      reference: 'RQ-MINE2222',
      requestedAt: iso(0),
      internalNotes: 'seen',
    })
    const after = await reload()
    expect(after).toMatchObject({
      reference: request.reference,
      requestedAt: request.requestedAt,
      manageTokenHash: request.manageTokenHash,
      internalNotes: 'seen',
    })
    expect(historyOf(after)).toEqual(['new → pending (customer)'])
  })

  it('refuses two changes of which one would be lost', async () => {
    const answer = await staff.operations.patch(url, { status: 'cancelled', assignedConsultant: bob.profile.id })
    expect(answer.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'status' }] })
    expect((await reload()).status).toBe('pending')
  })

  it('changes the service type only before times are proposed, and to one that the consultant offers', async () => {
    const own = await createServiceType(payload, [ada.profile])
    const foreign = await createServiceType(payload, [bob.profile])
    expect(firstError(await staff.operations.patch(url, { serviceType: foreign.id })).code).toBe('not_found')
    expect((await staff.operations.patch(url, { serviceType: own.id })).status).toBe(200)
    await asAda.patch(url, { proposedTimes: [{ startsAt: iso(nextStart()) }] })
    expect(firstError(await staff.operations.patch(url, { serviceType: serviceType.id })).code).toBe(
      'illegal_transition',
    )
  })

  it('checks a new preferred window, and leaves an old one alone', async () => {
    const wrong = await staff.operations.patch(url, { preferredStart: iso(hourIn(3)), preferredEnd: iso(hourIn(2)) })
    expect(wrong.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'preferredEnd' }] })
    await payload.db.updateOne({
      collection: 'consultation-requests',
      id: request.id,
      data: { preferredEnd: iso(hourIn(-2)) },
      returning: false,
    })
    expect((await staff.operations.patch(url, { internalNotes: 'late' })).status).toBe(200)
  })

  it('acts on each row of a bulk edit in the name of the caller', async () => {
    const second = await askAda()
    const ids = [request.id, second.id]
    const answer = await asAda.patch(`/consultation-requests?where[id][in]=${ids.join(',')}`, {
      status: 'rejected',
      rejectionReason: 'On leave.',
    })
    expect(answer.status, answer.text).toBe(200)
    for (const { reference } of [request, second]) {
      expect(historyOf(await stored(payload, reference)).at(-1)).toBe('pending → rejected (consultant)')
    }
  })

  it('lets two who answer at once wait for each other', async () => {
    const answers = await Promise.all([
      asAda.patch(url, { status: 'rejected', rejectionReason: 'No.' }),
      staff.operations.patch(url, { status: 'cancelled' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await reload()).statusHistory).toHaveLength(2)
  })
})

describe('a request that staff write down', () => {
  const data = () => ({
    requester: requester.id,
    serviceType: serviceType.id,
    problemDescription: 'By telephone',
  })
  const create = (client: RestClient, extra: Record<string, unknown> = {}) =>
    client.post('/consultation-requests', { ...data(), ...extra })

  it('is completed as one that comes over the API', async () => {
    const answer = await create(staff.operations, { assignedConsultant: ada.profile.id })
    expect(answer.status, answer.text).toBe(201)
    const created = await stored(payload, answer.json.doc.reference)
    expect(created).toMatchObject({ status: 'pending', assignedConsultant: ada.profile.id })
    expect(created.reference).toMatch(/^RQ-/)
    expect(created.manageTokenHash).toBeTruthy()
    expect(created.expiresAt).toBeTruthy()
    expect(historyOf(created)).toEqual(['new → pending (operations)'])
  })

  it('may bring times along', async () => {
    const start = nextStart()
    const answer = await create(staff.operations, {
      assignedConsultant: ada.profile.id,
      proposedTimes: [{ startsAt: iso(start) }],
    })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.json.doc).toMatchObject({ status: 'pending_confirmation' })
    expect(await eventsOf(database, answer.json.doc.id)).toEqual(['created', 'assigned', 'proposed'])
    const nobody = await create(staff.operations, { proposedTimes: [{ startsAt: iso(start) }] })
    expect(nobody.json.errors[0].data).toMatchObject({ errors: [{ path: 'proposedTimes' }] })
  })

  it('begins as new', async () => {
    const answer = await create(staff.admin, { status: 'scheduled' })
    expect(firstError(answer)).toEqual({
      code: 'illegal_transition',
      message: 'A request cannot begin as scheduled. It begins as pending.',
    })
  })

  it('is not for consultants or customers', async () => {
    expect((await create(asAda)).status).toBe(403)
    expect((await create(requester.client)).status).toBe(403)
    expect((await create(api)).status).toBe(403)
  })
})

describe('the gate over GraphQL and the Local API', () => {
  it('refuses the same over GraphQL', async () => {
    const mutation = `mutation ($id: String!) { updateConsultationRequest(id: $id, data: { status: completed }) { id } }`
    const answer = await staff.operations.graphql(mutation, { id: request.id })
    expect(answer.json.errors[0].extensions.data.code).toBe('illegal_transition')
    expect(answer.json.errors[0].message).toContain('cannot become completed (operations)')
  })

  it('refuses the same to our own code, which acts as the system', async () => {
    await expect(
      payload.update({ collection: 'consultation-requests', id: request.id, data: { status: 'rejected' } }),
    ).rejects.toMatchObject({
      code: 'illegal_transition',
      message:
        'A request that is pending cannot become rejected (system). Allowed next: pending, pending_assignment, expired.',
    })
  })
})

describe('a request that nobody answers', () => {
  const expire = async () => {
    await makeJobsDue(database, 'expire-request')
    await runDueJobs(payload, database, { only: ['expire-request'] })
  }
  const overdue = () =>
    payload.update({
      collection: 'consultation-requests',
      id: request.id,
      data: { expiresAt: iso(Date.now() - 120_000) },
    })

  it('expires with its job, and only then', async () => {
    await expire()
    expect((await reload()).status).toBe('pending')
    await overdue()
    await expire()
    await expire()
    const after = await reload()
    expect(historyOf(after)).toEqual(['new → pending (customer)', 'pending → expired (system)'])
    expect(await eventsOf(database, request.id)).toEqual(['created', 'assigned', 'closed'])
  })

  it('is found by the sweep when its job was lost', async () => {
    await overdue()
    const client = await connectTo(database)
    await client.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [`expire-request:${request.id}`])
    const { sweep } = await import('#worker/sweep')
    await sweep(payload)
    await runDueJobs(payload, database, { only: ['expire-request'] })
    expect((await reload()).status).toBe('expired')
  })

  it('has no job any more once it was answered', async () => {
    const client = await connectTo(database)
    const count = async () => {
      const { rowCount } = await client.query(`SELECT FROM graphile_worker._private_jobs WHERE key = $1`, [
        `expire-request:${request.id}`,
      ])
      return rowCount
    }
    expect(await count()).toBe(1)
    await asAda.patch(url, { status: 'rejected', rejectionReason: 'No.' })
    expect(await count()).toBe(0)
  })
})
