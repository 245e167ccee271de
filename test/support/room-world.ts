import type { Payload } from 'payload'
import type pg from 'pg'
import { expect } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import type { StoredMeeting } from '#sandbox/zoom/records'
import type { ZoomSandbox } from '#sandbox/zoom/start-zoom-sandbox'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from './database'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from './fixtures'
import { makeJobsDue, runDueJobs } from './jobs'
import { openTestPayload } from './payload'
import { openProviderGate, type ProviderGate } from './provider-gate'
import { createRestClient, type RestClient } from './rest-client'
import { openStripeSandbox } from './stripe-sandbox'
import { openZoomSandbox } from './zoom-sandbox'

export type RoomWorld = {
  payload: Payload
  database: TestDatabase
  db: pg.Client
  api: RestClient
  staff: RestClient
  zoom: ZoomSandbox
  /** Between Parley and `zoom`; people's links lead to `zoom` itself. */
  gate: ProviderGate
  stripe: StripeSandbox
  /** What another process needs to be a part of this world. */
  env: Record<string, string>
}

/** Who owns the Zoom account: its rooms are for consultants who are no users of it. */
export const accountOwner = 'rooms@parley.example'

/** The API, a database, a Zoom and a Stripe of this test file alone; nothing runs but what the test lets run. */
export const openRoomWorld = async (): Promise<RoomWorld> => {
  const [{ zoom, env: roomEnv }, { stripe, env: moneyEnv }] = await Promise.all([
    openZoomSandbox({ users: [{ email: accountOwner, name: 'Parley Rooms' }] }),
    openStripeSandbox(),
  ])
  const gate = await openProviderGate(zoom.url)
  const env = { ...roomEnv, ...moneyEnv, ZOOM_API_BASE: gate.url }
  const { payload, database } = await openTestPayload(env)
  const api = await createRestClient(payload)
  const [db, operations] = await Promise.all([
    connectTo(database),
    createUser(payload, ['operations']),
    // Everything that the worker needs is loaded before the first test is timed.
    import('#worker/tasks'),
  ])
  return { payload, database, db, api, staff: await api.as(operations), zoom, gate, stripe, env }
}

const roomTasks = ['settle-room', 'process-meeting-event', 'complete-session']
const moneyTasks = ['process-stripe-event', 'settle-payment', 'expire-payment']

/** Does what the worker would do now for rooms and payments; messages and calendars wait. */
export const work = ({ payload, database }: Pick<RoomWorld, 'payload' | 'database'>): Promise<void> =>
  runDueJobs(payload, database, { only: [...roomTasks, ...moneyTasks] })

/** As if the pause before every next try were over, and workers that died had been found out. */
export const letTimePass = async ({ db, database }: Pick<RoomWorld, 'db' | 'database'>): Promise<void> => {
  await db.query(
    `UPDATE parley.meeting_rooms SET claimed_until = '-infinity', updated_at = now() - interval '3 minutes'`,
  )
  await db.query(`UPDATE parley.meeting_events SET received_at = received_at - interval '3 minutes'`)
  await Promise.all(roomTasks.map((task) => makeJobsDue(database, task)))
}

const isWaiting = async ({ db }: Pick<RoomWorld, 'db'>): Promise<boolean> => {
  const { rowCount } = await db.query(
    `SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = ANY ($1)`,
    [roomTasks],
  )
  return Boolean(rowCount)
}

/** Until nothing waits any more: what failed is tried again, as it would be later. */
export const settle = async (world: RoomWorld): Promise<void> => {
  for (let round = 0; round < 5; round++) {
    await work(world)
    if (!(await isWaiting(world))) return
    await letTimePass(world)
  }
  throw new Error('Jobs for rooms still fail after five rounds.')
}

export type Host = {
  profile: ConsultantProfile
  user: User
  serviceType: ServiceType
  api: RestClient
}

/** A consultant whose sessions are held at Zoom; with `isZoomUser` in rooms of their own. */
export const createHost = async (
  { payload, zoom, api }: Pick<RoomWorld, 'payload' | 'zoom' | 'api'>,
  { isZoomUser = true, ...data }: Partial<ServiceType> & { isZoomUser?: boolean } = {},
): Promise<Host> => {
  const { profile, user } = await createConsultant(payload)
  if (isZoomUser) zoom.control.addUser({ email: user.email, name: profile.name })
  const serviceType = await createServiceType(payload, [profile], { meetingProvider: 'zoom', ...data })
  return { profile, user, serviceType, api: await api.as(user) }
}

/** What is remembered of a room. */
type RoomRow = {
  meeting_id: string | null
  desired_version: number
  delivered_version: number
  tries: number
  host_user: string | null
  last_error: string | null
}

let hour = 0
/** A full hour that no other booking of this file has, nine days ahead; epoch ms. */
export const nextStart = (): number => hourIn(9, hour++)

export type Booking = Awaited<ReturnType<typeof book>>

/** Books over the API, and offers what can be done with and seen of the session. */
export const book = async (
  world: Pick<RoomWorld, 'payload' | 'db' | 'api' | 'stripe' | 'zoom'>,
  host: Host,
  { start = nextStart(), customer = guest() }: { start?: number; customer?: ReturnType<typeof guest> } = {},
) => {
  const { api, payload, db, zoom, stripe } = world
  const answer = await api.post('/booking/sessions', {
    consultant: host.profile.slug,
    serviceType: host.serviceType.slug,
    start: iso(start),
    customer,
  })
  expect(answer.status, answer.text).toBe(201)
  const { session, manageToken, payment } = answer.json
  const reference: string = session.reference
  const auth = { Authorization: `Bearer ${String(manageToken)}` }
  const path = `/booking/sessions/${reference}`
  const command = async (name: string, body: unknown = {}) => {
    const done = await api.post(`${path}/${name}`, body, auth)
    expect(done.status, done.text).toBe(200)
  }
  const find = async () => {
    const where = { reference: { equals: reference } }
    const { docs } = await payload.find({ collection: 'scheduled-sessions', where, depth: 0, limit: 1 })
    if (!docs[0]) throw new Error(`Session ${reference} does not exist.`)
    return docs[0]
  }
  const { id } = await find()
  /** Parley's own link into the room, of the customer or of the consultant. */
  const linkOf = async (side: 'customer' | 'consultant'): Promise<string> => {
    const read = await (side === 'customer' ? api.get(path, auth) : host.api.get(path))
    expect(read.status, read.text).toBe(200)
    return read.json.session.meeting?.joinUrl
  }
  return {
    id,
    reference,
    start,
    customer,
    move: (to: number) => command('reschedule', { start: iso(to) }),
    cancel: () => command('cancel'),
    pay: async () => {
      stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
      await command('payment/refresh')
    },
    find,
    linkOf,
    /** Where that link leads now. */
    doorOf: async (side: 'customer' | 'consultant'): Promise<string> => {
      const { pathname, search } = new URL(await linkOf(side))
      const path = `${pathname.replace('/api', '')}${search}`
      const looked = await api.get(path)
      // When it is time, the link leads to a page with a button.
      const joined = looked.status === 200 ? await api.post(path) : looked
      expect([302, 303], joined.text).toContain(joined.status)
      return joined.headers.get('location') ?? ''
    },
    /** What Zoom has for the session. */
    meetings: (): StoredMeeting[] => zoom.control.meetings().filter(({ agenda }) => agenda.endsWith(` ${reference}`)),
    room: async (): Promise<RoomRow | undefined> => {
      const { rows } = await db.query<RoomRow>(
        `SELECT meeting_id, desired_version, delivered_version, tries, host_user, last_error
         FROM parley.meeting_rooms WHERE session_id = $1`,
        [id],
      )
      return rows[0]
    },
    /** As if it had been booked for another time; `minutes` from now, its room stays as it is. */
    startsIn: async (minutes: number): Promise<void> => {
      await db.query(
        `UPDATE scheduled_sessions SET starts_at = date_trunc('second', now()) + $2 * interval '1 minute',
           ends_at = date_trunc('second', now()) + ($2 + 30) * interval '1 minute' WHERE id = $1`,
        [id, minutes],
      )
    },
  }
}

/** @throws AssertionError unless Zoom and Parley agree: one meeting at the session's time, in which the session is held. */
export const expectOneRoom = async (booking: Booking, what: string = booking.reference): Promise<StoredMeeting> => {
  const meetings = booking.meetings()
  expect(meetings, what).toHaveLength(1)
  const [meeting] = meetings as [StoredMeeting]
  const session = await booking.find()
  expect(meeting.startTime, what).toBe(session.startsAt.replace('.000Z', 'Z'))
  expect(session.meeting, what).toMatchObject({ provider: 'zoom', meetingId: String(meeting.id) })
  const room = await booking.room()
  expect(room, what).toMatchObject({ meeting_id: String(meeting.id), tries: 0, last_error: null })
  expect(room?.delivered_version, what).toBe(room?.desired_version)
  return meeting
}

/** @throws AssertionError unless Zoom has nothing of the session, and nothing more is wanted of it. */
export const expectNoRoom = async (booking: Booking, what: string = booking.reference): Promise<void> => {
  expect(booking.meetings(), what).toEqual([])
  const room = await booking.room()
  expect(room, what).toMatchObject({ meeting_id: null })
  expect((await booking.find()).meeting, what).toMatchObject({ provider: 'jitsi' })
  expect(room?.delivered_version, what).toBe(room?.desired_version)
}
