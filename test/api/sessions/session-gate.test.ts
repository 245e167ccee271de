import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ServiceType, User } from '#payload-types'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { tokenFor } from '../../support/token-for'

let payload: Payload
let api: RestClient
let consultant: { profile: ConsultantProfile; user: User }
let stranger: { profile: ConsultantProfile; user: User }
let customer: { customer: Customer; user: User }
let serviceType: ServiceType
let headers: Record<'operations' | 'consultant' | 'stranger' | 'customer', Record<string, string>>
let hour = 0

beforeAll(async () => {
  payload = await getTestPayload()
  api = await createRestClient(payload)
  consultant = await createConsultant(payload)
  stranger = await createConsultant(payload)
  customer = await createCustomer(payload)
  serviceType = await createServiceType(payload, [consultant.profile])
  const login = async (user: User) => ({ Authorization: `JWT ${await tokenFor(payload, user)}` })
  headers = {
    operations: await login(await createUser(payload, ['operations'])),
    consultant: await login(consultant.user),
    stranger: await login(stranger.user),
    customer: await login(customer.user),
  }
})

const nextStart = () => hourIn(7 + Math.floor(hour / 20), hour++ % 20)

const book = async (start = nextStart()) => {
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.profile.slug,
    serviceType: serviceType.slug,
    start: iso(start),
    customer: guest({ email: customer.user.email }),
  })
  expect(answer.status, answer.text).toBe(201)
  const { docs } = await payload.find({
    collection: 'scheduled-sessions',
    where: { reference: { equals: answer.json.session.reference } },
    depth: 0,
    limit: 1,
  })
  const session = docs[0]
  if (!session) throw new Error('The session was not stored.')
  return { session, start, reference: session.reference, manageToken: String(answer.json.manageToken) }
}

/** As if the session had begun an hour ago. */
const moveIntoPast = async (id: string) => {
  const now = Date.now()
  await payload.db.updateOne({
    collection: 'scheduled-sessions',
    id,
    data: { startsAt: iso(now - 3_600_000), endsAt: iso(now - 1_800_000) },
    returning: false,
  })
}

const slotOf = async (sessionId: string) => {
  const { docs } = await payload.find({
    collection: 'availability-slots',
    where: { scheduledSession: { equals: sessionId } },
    depth: 0,
    sort: '-createdAt',
  })
  return docs.map(({ status }) => status)
}

describe('the gate of scheduled sessions', () => {
  it('does for an operator in the admin exactly what the endpoint does', async () => {
    const { session } = await book()
    const changed = await api.patch(
      `/scheduled-sessions/${session.id}`,
      { status: 'cancelled_by_operations' },
      headers.operations,
    )
    expect(changed.status, changed.text).toBe(200)
    expect(changed.json.doc.cancellation).toMatchObject({ by: 'operations' })
    expect(await slotOf(session.id)).toEqual(['released'])
    const history = changed.json.doc.statusHistory
    expect(history.at(-1)).toMatchObject({ from: 'scheduled', to: 'cancelled_by_operations', actorRole: 'operations' })
  })

  it('refuses what the table does not have, names what is allowed, and changes nothing', async () => {
    const { session } = await book()
    const refused = await api.patch(`/scheduled-sessions/${session.id}`, { status: 'expired' }, headers.operations)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('illegal_transition')
    expect(refused.text).toContain('cancelled_by_operations')
    const after = await payload.findByID({ collection: 'scheduled-sessions', id: session.id, depth: 0 })
    expect(after.status).toBe('scheduled')
    expect(after.statusHistory).toHaveLength(1)
  })

  it('holds over GraphQL too', async () => {
    const { session } = await book()
    const mutation = `mutation { updateScheduledSession(id: "${session.id}", data: { status: completed }) { id } }`
    const refused = await api.post('/graphql', { query: mutation }, headers.operations)
    expect(refused.text).toContain('after its end')
  })

  it('moves the claim when an operator changes the start, and refuses a taken time', async () => {
    const first = await book()
    const second = await book()
    const taken = await api.patch(
      `/scheduled-sessions/${first.session.id}`,
      { startsAt: iso(second.start) },
      headers.operations,
    )
    expect(taken.status, taken.text).toBe(409)
    expect(await slotOf(first.session.id)).toEqual(['booked'])

    const free = nextStart()
    const moved = await api.patch(
      `/scheduled-sessions/${first.session.id}`,
      { startsAt: iso(free) },
      headers.operations,
    )
    expect(moved.status, moved.text).toBe(200)
    expect(moved.json.doc).toMatchObject({ startsAt: iso(free), endsAt: iso(free + 30 * 60_000), sequence: 1 })
    expect((await slotOf(first.session.id)).sort()).toEqual(['booked', 'released'])
  })

  it('moves nothing to what is no point in time', async () => {
    const { session, start } = await book()
    const refused = await api.patch(`/scheduled-sessions/${session.id}`, { startsAt: 'rubbish' }, headers.operations)
    expect(refused.status, refused.text).toBe(400)
    expect(refused.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'startsAt' }] })
    const after = await payload.findByID({ collection: 'scheduled-sessions', id: session.id, depth: 0 })
    expect(after.startsAt).toBe(iso(start))
  })

  it('keeps what was agreed: nobody edits consultant, customer or price of a session', async () => {
    const { session } = await book()
    const refused = await api.patch(`/scheduled-sessions/${session.id}`, { price: { amount: 1 } }, headers.operations)
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('cannot be changed')
  })

  it('lets operations book in the admin, claims the time, and refuses one that is taken', async () => {
    const start = nextStart()
    const data = {
      consultant: consultant.profile.id,
      customer: customer.customer.id,
      serviceType: serviceType.id,
      startsAt: iso(start),
      timeZone: 'Europe/Berlin',
      status: 'scheduled',
    }
    const created = await api.post('/scheduled-sessions', data, headers.operations)
    expect(created.status, created.text).toBe(201)
    expect(created.json.doc).toMatchObject({ endsAt: iso(start + 30 * 60_000), durationMinutes: 30 })
    expect(await slotOf(created.json.doc.id)).toEqual(['booked'])
    const again = await api.post('/scheduled-sessions', data, headers.operations)
    expect(again.status, again.text).toBe(409)
    expect(again.text).toContain('slot_taken')
  })
})

describe('session actions', () => {
  const act = (reference: string, action: string, who: Record<string, string>, body = {}) =>
    api.post(`/booking/sessions/${reference}/${action}`, body, who)

  it('are taken by the consultant and operations, not by the customer or a stranger', async () => {
    const { session, reference } = await book()
    await moveIntoPast(session.id)
    expect((await act(reference, 'complete', headers.stranger)).json).toMatchObject({ code: 'not_found' })
    expect((await act(reference, 'complete', headers.customer)).json).toMatchObject({ status: 403, code: 'forbidden' })
    const completed = await act(reference, 'complete', headers.consultant)
    expect(completed.json.session, completed.text).toMatchObject({ status: 'completed' })
    expect((await act(reference, 'complete', headers.consultant)).json).toMatchObject({ code: 'illegal_transition' })
  })

  it('report who did not come: each side the other one, staff whom they name', async () => {
    const one = await book()
    await moveIntoPast(one.session.id)
    expect((await act(one.reference, 'no-show', headers.consultant)).json.session).toMatchObject({
      status: 'no_show_user',
    })
    const two = await book()
    await moveIntoPast(two.session.id)
    expect((await act(two.reference, 'no-show', headers.operations)).json).toMatchObject({ code: 'invalid_request' })
    const named = await act(two.reference, 'no-show', headers.operations, { who: 'consultant' })
    expect(named.json.session).toMatchObject({ status: 'no_show_consultant' })
  })

  it('wait for their time', async () => {
    const { reference } = await book()
    expect((await act(reference, 'no-show', headers.consultant)).json).toMatchObject({ code: 'illegal_transition' })
    expect((await act(reference, 'start', headers.consultant)).json.detail).toContain('15 minutes')
  })
})

describe('a guest with a manage token', () => {
  it('sees the booking; a wrong token, none, and a wrong reference look the same', async () => {
    const { reference, manageToken } = await book()
    const path = `/booking/sessions/${reference}`
    expect((await api.get(`${path}?token=${manageToken}`)).status).toBe(200)
    const wrong = await api.get(path, { Authorization: 'Bearer wrong' })
    const none = await api.get(path)
    const unknown = await api.get('/booking/sessions/PY-23456789', { Authorization: `Bearer ${manageToken}` })
    for (const answer of [wrong, none, unknown]) expect(answer.json).toMatchObject({ status: 404, code: 'not_found' })
    expect(new Set([wrong, none, unknown].map(({ json }) => json.detail)).size).toBe(1)
  })

  it('never sees the split of the price, a hash or an address', async () => {
    const { reference, manageToken } = await book()
    const { text } = await api.get(`/booking/sessions/${reference}?token=${manageToken}`)
    expect(text).not.toMatch(/platformFee|consultantPayout|Hash|@/)
  })

  it('joins by a link of its own, which opens nothing else', async () => {
    const { reference, manageToken } = await book()
    const { json } = await api.get(`/booking/sessions/${reference}?token=${manageToken}`)
    const { pathname, search, searchParams } = new URL(json.session.meeting.joinUrl)
    const joined = await api.get(`${pathname.replace('/api', '')}${search}`)
    expect(joined.status).toBe(302)
    expect(joined.headers.get('location')).toMatch(/^https:\/\/meet\.jit\.si\//)
    const key = searchParams.get('key') ?? ''
    expect((await api.get(`/booking/sessions/${reference}?token=${key}`)).status).toBe(404)
  })
})

describe('rescheduling', () => {
  it('is one transaction: of many moves of one session and many sessions to one time, nothing is doubled or lost', async () => {
    const target = nextStart()
    const sessions = await Promise.all([book(), book(), book()])
    const answers = await Promise.all(
      sessions.map(({ reference }) =>
        api.post(`/booking/sessions/${reference}/reschedule`, { start: iso(target) }, headers.operations),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    for (const { session } of sessions) {
      expect((await slotOf(session.id)).filter((status) => status === 'booked')).toHaveLength(1)
    }
  })

  it('is bound by the policy for customers, not for operations', async () => {
    const { reference, manageToken } = await book(Math.ceil(Date.now() / 3_600_000 + 1) * 3_600_000)
    const customerMoves = await api.post(
      `/booking/sessions/${reference}/reschedule`,
      { start: iso(nextStart()) },
      { Authorization: `Bearer ${manageToken}` },
    )
    expect(customerMoves.json).toMatchObject({ status: 422, code: 'outside_policy' })
    const staffMove = await api.post(
      `/booking/sessions/${reference}/reschedule`,
      { start: iso(nextStart()) },
      headers.operations,
    )
    expect(staffMove.status, staffMove.text).toBe(200)
  })
})
