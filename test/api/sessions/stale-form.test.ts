import type pg from 'pg'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ScheduledSession, ServiceType } from '#payload-types'
import { connectTo } from '../../support/database'
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
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

let payload: Payload
let db: pg.Client
let api: RestClient
let staff: RestClient
let host: RestClient
let customer: { client: RestClient; email: string }
let consultant: ConsultantProfile
let serviceType: ServiceType
let hour = 0

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  db = await connectTo(opened.database)
  api = await createRestClient(payload)
  const expert = await createConsultant(payload)
  consultant = expert.profile
  const { user } = await createCustomer(payload)
  serviceType = await createServiceType(payload, [consultant])
  staff = await api.as(await createUser(payload, ['operations']))
  host = await api.as(expert.user)
  customer = { client: await api.as(user), email: user.email }
})

const nextStart = () => hourIn(7 + Math.floor(hour / 20), hour++ % 20)

const find = (id: string): Promise<ScheduledSession> =>
  payload.findByID({ collection: 'scheduled-sessions', id, depth: 0 })

const book = async () => {
  const start = nextStart()
  const { status, text, json } = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(start),
    customer: guest({ email: customer.email }),
  })
  expect(status, text).toBe(201)
  const { reference } = json.session
  const { docs } = await payload.find({
    collection: 'scheduled-sessions',
    where: { reference: { equals: reference } },
    depth: 0,
  })
  const id = docs[0]?.id ?? ''
  const path = `/scheduled-sessions/${id}`
  return {
    id,
    start,
    path,
    /** All that a form of the admin sends. */
    openForm: async (client: RestClient) => (await client.get(`${path}?depth=0`)).json,
    move: (to: number) => staff.post(`/booking/sessions/${reference}/reschedule`, { start: iso(to) }),
  }
}

const expectConflict = ({ status, json, text }: { status: number; json: { errors: unknown }; text: string }) => {
  expect(status, text).toBe(409)
  expect(json.errors).toMatchObject([{ data: { code: 'conflict' } }])
}

describe('a form that was opened before somebody else moved the session', () => {
  it('saves what was typed, and moves nothing back', async () => {
    const session = await book()
    const form = await session.openForm(staff)
    const to = nextStart()
    expect((await session.move(to)).status).toBe(200)
    const saved = await staff.patch(session.path, { ...form, internalNotes: 'Called.' })
    expect(saved.status, saved.text).toBe(200)
    const after = await find(session.id)
    expect(after).toMatchObject({ startsAt: iso(to), internalNotes: 'Called.', sequence: 1 })
    expect(after.rescheduleHistory).toHaveLength(1)
  })

  it('moves it nowhere else without another look', async () => {
    const session = await book()
    const form = await session.openForm(staff)
    const to = nextStart()
    expect((await session.move(to)).status).toBe(200)
    expectConflict(await staff.patch(session.path, { ...form, startsAt: iso(nextStart()) }))
    expect((await find(session.id)).startsAt).toBe(iso(to))
  })

  it('moves it back when that is said by somebody who has looked', async () => {
    const session = await book()
    expect((await session.move(nextStart())).status).toBe(200)
    const form = await session.openForm(staff)
    const saved = await staff.patch(session.path, { ...form, startsAt: iso(session.start) })
    expect(saved.status, saved.text).toBe(200)
    expect((await find(session.id)).startsAt).toBe(iso(session.start))
  })
})

describe('a form that was opened before the state changed', () => {
  it('saves what was typed, and changes no state', async () => {
    const session = await book()
    const form = await session.openForm(host)
    expect((await staff.patch(session.path, { status: 'cancelled_by_operations' })).status).toBe(200)
    const saved = await host.patch(session.path, { ...form, consultantNotes: 'A pity.' })
    expect(saved.status, saved.text).toBe(200)
    expect(await find(session.id)).toMatchObject({ status: 'cancelled_by_operations', consultantNotes: 'A pity.' })
  })

  it('changes it no further without another look', async () => {
    const session = await book()
    const form = await session.openForm(staff)
    expect((await host.patch(session.path, { status: 'cancelled_by_consultant' })).status).toBe(200)
    expectConflict(await staff.patch(session.path, { ...form, status: 'cancelled_by_operations' }))
    expect((await find(session.id)).status).toBe('cancelled_by_consultant')
  })
})

describe('a form that was opened before the recording came', () => {
  const record = (id: string) =>
    db.query(
      `UPDATE scheduled_sessions SET recording_recording_id = 'r1', recording_url = 'https://rooms.example/r1', updated_at = now() WHERE id = $1`,
      [id],
    )

  it('leaves the recording where it is', async () => {
    const session = await book()
    const form = await session.openForm(host)
    await record(session.id)
    const saved = await host.patch(session.path, { ...form, consultantNotes: 'Went well.' })
    expect(saved.status, saved.text).toBe(200)
    expect(await find(session.id)).toMatchObject({
      consultantNotes: 'Went well.',
      recording: { url: 'https://rooms.example/r1' },
    })
  })

  it('puts no other in its place without another look', async () => {
    const session = await book()
    const form = await session.openForm(host)
    await record(session.id)
    const recording = { ...form.recording, url: 'https://files.example/mine' }
    const refused = await host.patch(session.path, { ...form, recording })
    expectConflict(refused)
    expect(refused.json.errors[0].data.errors).toMatchObject([{ path: 'recording.url' }])
    expect((await find(session.id)).recording?.url).toBe('https://rooms.example/r1')
  })

  it('takes it away when that is said by somebody who has looked', async () => {
    const session = await book()
    await record(session.id)
    const form = await session.openForm(host)
    const saved = await host.patch(session.path, { ...form, recording: { ...form.recording, url: null } })
    expect(saved.status, saved.text).toBe(200)
    expect((await find(session.id)).recording?.url).toBeNull()
  })

  it('does not bring back the room that there was before', async () => {
    const session = await book()
    const form = await session.openForm(host)
    const moved = await staff.patch(session.path, { meeting: { joinUrl: 'https://meet.example.com/new' } })
    expect(moved.status, moved.text).toBe(200)
    expectConflict(await host.patch(session.path, { ...form, consultantNotes: 'Bring the contract.' }))
    expect((await find(session.id)).meeting?.joinUrl).toBe('https://meet.example.com/new')
  })
})

describe('two who write at once', () => {
  it('keep what the other one wrote', async () => {
    const session = await book()
    await db.query('BEGIN')
    await db.query(`UPDATE scheduled_sessions SET consultant_notes = 'Mine.' WHERE id = $1`, [session.id])
    const saving = staff.patch(session.path, { internalNotes: 'VIP' })
    await untilSomebodyWaits(db)
    await db.query('COMMIT')
    expect((await saving).status).toBe(200)
    expect(await find(session.id)).toMatchObject({ consultantNotes: 'Mine.', internalNotes: 'VIP' })
  })

  it('take the time of a consultant before the claim of the session', async () => {
    const session = await book()
    await db.query('BEGIN')
    await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`claims:${consultant.id}`])
    const moving = staff.patch(session.path, { startsAt: iso(nextStart()) })
    await untilSomebodyWaits(db)
    await db.query('SELECT FROM availability_slots WHERE scheduled_session_id = $1 FOR UPDATE NOWAIT', [session.id])
    await db.query('COMMIT')
    const moved = await moving
    expect(moved.status, moved.text).toBe(200)
  })
})

describe('the reason of a cancellation', () => {
  it('is that of whoever cancels', async () => {
    const session = await book()
    const reason = 'I was told to say so.'
    expect((await customer.client.patch(session.path, { cancellation: { reason } })).status).toBe(200)
    expect((await find(session.id)).cancellation?.reason ?? null).toBeNull()
    const own = await staff.patch(session.path, {
      status: 'cancelled_by_operations',
      cancellation: { reason: 'The expert is ill.' },
    })
    expect(own.status, own.text).toBe(200)
    expect((await customer.client.patch(session.path, { cancellation: { reason } })).status).toBe(200)
    const { cancellation, statusHistory } = await find(session.id)
    expect(cancellation?.reason).toBe('The expert is ill.')
    expect(statusHistory?.at(-1)?.reason).toBe('The expert is ill.')
  })
})
