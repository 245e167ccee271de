import { createHmac } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { StoredMeeting } from '#sandbox/zoom/records'
import { cleanUpLater } from '../../support/clean-up'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import {
  book,
  type Booking,
  createHost,
  expectOneRoom,
  type Host,
  openRoomWorld,
  type RoomWorld,
  work,
} from '../../support/room-world'
import { zoomWebhookSecret } from '../../support/zoom-sandbox'

let world: RoomWorld
let host: Host
let webhookUrl: string

const minute = 60_000

beforeAll(async () => {
  world = await openRoomWorld()
  const { createWebServer } = await import('#server/create-web-server')
  const web = await createWebServer({ port: 0, host: '127.0.0.1', next: 'none' })
  cleanUpLater(web.close)
  webhookUrl = `http://127.0.0.1:${web.port}/api/meetings/zoom/webhooks`
  world.zoom.control.setWebhook({ url: webhookUrl, secret: zoomWebhookSecret })
  host = await createHost(world)
})

/** Sets Zoom's clock to so many minutes from now. */
const atMinute = (minutes: number): void => {
  const { control } = world.zoom
  control.advanceClock(Math.round(Date.now() / 1_000) * 1_000 + minutes * minute - control.now())
}

afterEach(() => {
  atMinute(0)
  world.zoom.control.setSignatureAge(0)
  world.zoom.control.setWebhook({ url: webhookUrl, secret: zoomWebhookSecret })
})

/** Until everything that Zoom has to tell has arrived, and the worker has done what follows. */
const hear = async (): Promise<void> => {
  await world.zoom.control.webhooksIdle()
  await work(world)
}

type Held = Booking & { meeting: StoredMeeting; doors: { customer: string; consultant: string } }

/** A session with its room, and where the links into it lead: asked for long before, so that this counts as nothing. */
const bookRoom = async (startsIn: number): Promise<Held> => {
  const booking = await book(world, host)
  await work(world)
  const meeting = await expectOneRoom(booking)
  const doors = { customer: await booking.doorOf('customer'), consultant: await booking.doorOf('consultant') }
  await booking.startsIn(startsIn)
  return { ...booking, meeting, doors }
}

/** Somebody in front of a door of Zoom fills in its form. @returns the address of the room with them in it. */
const submit = async (door: string, form: Record<string, string>): Promise<string> => {
  const response = await fetch(door, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
  expect(response.status, await response.text()).toBe(303)
  return new URL(response.headers.get('location') ?? '', door).href
}
const enter = (door: string, name = 'Kim') => submit(door, { does: 'join', name })
const leave = (room: string) => submit(room, { does: 'leave' })

const inbox = async (meetingId?: string | number) => {
  const { rows } = await world.db.query<{
    id: string
    type: string
    status: string
    attempts: number
    error: string | null
  }>(
    `SELECT id, type, status, attempts, error FROM parley.meeting_events
     WHERE $1::text IS NULL OR payload #>> '{payload,object,id}' = $1 ORDER BY received_at`,
    [meetingId === undefined ? null : String(meetingId)],
  )
  return rows
}

/** Of an app that is not Parley, or a person, at Zoom itself. */
const openClient = async () => {
  const { createZoomClient } = await import('#meetings/zoom/zoom-client')
  const { ZOOM_ACCOUNT_ID = '', ZOOM_CLIENT_ID = '', ZOOM_CLIENT_SECRET = '' } = world.env
  return createZoomClient({
    accountId: ZOOM_ACCOUNT_ID,
    clientId: ZOOM_CLIENT_ID,
    clientSecret: ZOOM_CLIENT_SECRET,
    apiBase: world.zoom.url,
  })
}

const recordOf = async ({ id }: Booking) => {
  const where = { scheduledSession: { equals: id } }
  const { docs } = await world.payload.find({ collection: 'meetings', where, depth: 0, limit: 5 })
  expect(docs.length).toBeLessThan(2)
  return docs[0]
}

const sign = (body: string, { secret = zoomWebhookSecret, age = 0 } = {}) => {
  const timestamp = String(Math.floor(Date.now() / 1_000) - age)
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return { 'x-zm-signature': signature, 'x-zm-request-timestamp': timestamp }
}
const deliver = (body: string, headers: Record<string, string> = sign(body)) =>
  world.api.post('/meetings/zoom/webhooks', body, headers)

const startedEvent = (id: unknown) =>
  JSON.stringify({ event: 'meeting.started', event_ts: Date.now(), payload: { object: { id, note: Math.random() } } })

describe('the endpoint for reports', () => {
  it('answers the question whose it is, to who knows the secret', async () => {
    expect(await world.zoom.control.validateWebhook()).toEqual({ ok: true })
    world.zoom.control.setWebhook({ url: webhookUrl, secret: 'another secret' })
    expect(await world.zoom.control.validateWebhook()).toEqual({ ok: false, why: 'The endpoint answered 400.' })
  })

  it.each([
    ['without a signature', (body: string) => ({ 'x-zm-request-timestamp': sign(body)['x-zm-request-timestamp'] })],
    ['without a time', (body: string) => ({ 'x-zm-signature': sign(body)['x-zm-signature'] })],
    ['signed with another secret', (body: string) => sign(body, { secret: 'another' })],
    ['signed for another body', (body: string) => sign(`${body} `)],
    ['signed six minutes ago', (body: string) => sign(body, { age: 360 })],
    ['signed in six minutes', (body: string) => sign(body, { age: -360 })],
  ])('refuses a report %s, and stores nothing', async (_what, headers) => {
    const before = await inbox()
    const body = startedEvent('81234567890')
    expect((await deliver(body, headers(body))).json).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: 'The signature is missing, wrong or too old.',
    })
    expect(await inbox()).toEqual(before)
  })

  it('refuses what is signed and no report', async () => {
    const before = await inbox()
    for (const body of ['{"event":', '{"event":1,"payload":{}}', '[]']) {
      expect((await deliver(body)).json).toMatchObject({ status: 400, detail: 'The body is no event of Zoom.' })
    }
    expect(await inbox()).toEqual(before)
  })

  it('refuses what Zoom signed too long ago', async () => {
    const { meeting } = await bookRoom(5)
    world.zoom.control.setSignatureAge(360)
    world.zoom.control.start(meeting.id)
    await hear()
    expect(world.zoom.control.deliveries().at(-1)).toMatchObject({ status: 400, outcome: 'failed' })
    expect(await inbox(meeting.id)).toEqual([])
  })
})

describe('a report', () => {
  it('that comes twenty times at once is one', async () => {
    const booking = await bookRoom(5)
    world.zoom.control.nextWebhook({ kind: 'duplicate', copies: 19, topic: 'meeting.participant_joined' })
    await enter(booking.doors.consultant)
    await world.zoom.control.webhooksIdle()
    const copies = world.zoom.control
      .deliveries()
      .filter(({ message }) => message.event.endsWith('joined'))
      .slice(-20)
    expect(copies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect((await inbox(booking.meeting.id)).map(({ type }) => type).sort()).toEqual([
      'meeting.participant_joined',
      'meeting.started',
    ])
    await work(world)
    expect(await recordOf(booking)).toMatchObject({ eventCount: 2, participants: [{ email: host.user.email }] })
  })

  it('that two workers take at once counts once', async () => {
    const booking = await bookRoom(5)
    world.zoom.control.start(booking.meeting.id)
    await world.zoom.control.webhooksIdle()
    const [event] = await inbox(booking.meeting.id)
    const { processMeetingEvent } = await import('#sessions/rooms/process-meeting-event')
    await Promise.all([1, 2, 3].map(() => processMeetingEvent(world.payload, event?.id ?? '')))
    await work(world)
    expect(await recordOf(booking)).toMatchObject({ eventCount: 1 })
    expect(await inbox(booking.meeting.id)).toMatchObject([{ status: 'processed', attempts: 1 }])
  })

  it('of a meeting that is none of ours is passed over', async () => {
    const client = await openClient()
    const { id } = await client.createMeeting('me', {
      topic: 'Team',
      marker: 'Not of Parley',
      startsAt: Date.now(),
      durationMinutes: 30,
    })
    const before = await world.payload.count({ collection: 'meetings' })
    world.zoom.control.start(id)
    world.zoom.control.end(id)
    await hear()
    expect((await inbox(id)).map(({ status }) => status)).toEqual(['ignored', 'ignored'])
    expect(await world.payload.count({ collection: 'meetings' })).toEqual(before)
  })

  it('that is not as documented is marked as failed, with the reason, and stays so', async () => {
    expect((await deliver(startedEvent({ id: 'none' }))).status).toBe(200)
    await work(world)
    await makeJobsDue(world.database, 'process-meeting-event')
    await work(world)
    expect((await inbox()).at(-1)).toMatchObject({
      status: 'failed',
      attempts: 2,
      error: expect.stringContaining('Zod'),
    })
  })

  it('that could not be worked off is visible, and done when it can be', async () => {
    const booking = await bookRoom(5)
    await world.db.query('ALTER TABLE meetings ADD CONSTRAINT none CHECK (false) NOT VALID')
    world.zoom.control.start(booking.meeting.id)
    await hear()
    expect(await inbox(booking.meeting.id)).toMatchObject([
      { status: 'failed', attempts: 1, error: expect.any(String) },
    ])
    expect((await booking.find()).status).toBe('scheduled')
    await world.db.query('ALTER TABLE meetings DROP CONSTRAINT none')
    await makeJobsDue(world.database, 'process-meeting-event')
    await work(world)
    expect(await inbox(booking.meeting.id)).toMatchObject([{ status: 'processed', attempts: 2, error: null }])
    expect((await booking.find()).status).toBe('in_progress')
  })
})

/** Both come by their links, and go; the session began 31 minutes ago and was to end a minute ago. */
const holdSession = async (): Promise<Held> => {
  const booking = await bookRoom(-31)
  atMinute(-33)
  const hostRoom = await enter(booking.doors.consultant)
  atMinute(-29)
  const guestRoom = await enter(booking.doors.customer)
  atMinute(-2)
  await leave(guestRoom)
  atMinute(0)
  await leave(hostRoom)
  return booking
}

/** As the sweep does, when the time for late reports is over. */
const close = async ({ id }: Booking) => {
  const { completeEndedSession } = await import('#checkout/expire-session')
  await completeEndedSession(world.payload, id)
}

/** Minutes from the start of the session. */
const sinceStart = (start: string, time: string | null | undefined) =>
  time ? Math.round((Date.parse(time) - Date.parse(start)) / minute) : null

const attendanceOf = async (booking: Booking) => {
  const { attendance, startsAt } = await booking.find()
  const { consultantJoinedAt, consultantLeftAt, customerJoinedAt, customerLeftAt } = attendance ?? {}
  return [consultantJoinedAt, consultantLeftAt, customerJoinedAt, customerLeftAt].map((at) => sinceStart(startsAt, at))
}

describe('a session whose meeting is reported', () => {
  it('begins when its host opens the room, and knows who came and went by which link', async () => {
    const booking = await bookRoom(5)
    const hostRoom = await enter(booking.doors.consultant)
    await hear()
    expect((await booking.find()).status).toBe('in_progress')
    expect(await attendanceOf(booking)).toEqual([-5, null, null, null])
    const guestRoom = await enter(booking.doors.customer)
    await hear()
    expect(await attendanceOf(booking)).toEqual([-5, null, -5, null])
    await leave(guestRoom)
    await leave(hostRoom)
    await hear()
    expect(await attendanceOf(booking)).toEqual([-5, -5, -5, -5])
    // Its time is not over: who left may come back.
    expect((await booking.find()).status).toBe('in_progress')
  })

  it('begins with its guest as well, who may come a quarter of an hour before its time', async () => {
    const booking = await bookRoom(5)
    const zoom = await openClient()
    await zoom.moveMeeting(String(booking.meeting.id), { startsAt: Date.now() + 5 * minute, durationMinutes: 30 })
    await enter(booking.doors.customer)
    await hear()
    expect((await booking.find()).status).toBe('in_progress')
    expect(await attendanceOf(booking)).toEqual([null, null, -5, null])
  })

  it.each(['as_happened', 'reversed', 'shuffled'] as const)(
    'is completed when the room closes after its time, with all that is known: reports %s',
    async (order) => {
      world.zoom.control.holdWebhooks()
      const booking = await holdSession()
      world.zoom.control.releaseWebhooks(order)
      await hear()
      const session = await booking.find()
      expect(session.status).toBe('completed')
      expect(session.statusHistory?.at(-2)).toMatchObject({ to: 'in_progress', actorRole: 'meeting' })
      expect(await attendanceOf(booking)).toEqual([-2, 31, 2, 29])
      const { startedAt, endedAt, actualDurationMinutes } = session.meeting ?? {}
      expect([startedAt, endedAt].map((at) => sinceStart(session.startsAt, at))).toEqual([-2, 31])
      expect(actualDurationMinutes).toBe(33)
      const record = await recordOf(booking)
      const participants = record?.participants?.map(({ name, email, joinedAt, leftAt, durationMinutes }) => ({
        name,
        email,
        times: [joinedAt, leftAt].map((at) => sinceStart(session.startsAt, at)),
        durationMinutes,
      }))
      expect(participants?.sort((a, b) => Number(a.email === null) - Number(b.email === null))).toEqual([
        { name: host.profile.name, email: host.user.email, times: [-2, 31], durationMinutes: 33 },
        { name: 'Kim', email: null, times: [2, 29], durationMinutes: 27 },
      ])
      expect(record).toMatchObject({
        provider: 'zoom',
        providerMeetingId: String(booking.meeting.id),
        consultant: host.profile.id,
        customer: session.customer,
        scheduledStartAt: session.startsAt,
        actualStartAt: startedAt,
        actualEndAt: endedAt,
        durationMinutes: 33,
        hasRecording: false,
        eventCount: 6,
      })
    },
  )

  it('ended when its people went, also if nobody closes it for a while', async () => {
    const booking = await bookRoom(-31)
    atMinute(-31)
    const hostRoom = await enter(booking.doors.consultant)
    const guestRoom = await enter(booking.doors.customer)
    atMinute(-11)
    await leave(guestRoom)
    await leave(hostRoom)
    await hear()
    expect((await booking.find()).status).toBe('in_progress')
    await close(booking)
    const { meeting, startsAt, status } = await booking.find()
    expect(status).toBe('completed')
    expect(sinceStart(startsAt, meeting?.endedAt)).toBe(20)
    expect(meeting?.actualDurationMinutes).toBe(20)
  })

  it('was missed by its customer when the host waited alone, and no other report comes', async () => {
    const booking = await bookRoom(-31)
    atMinute(-31)
    const room = await enter(booking.doors.consultant)
    atMinute(0)
    await leave(room)
    await hear()
    expect((await booking.find()).status).toBe('in_progress')
    await close(booking)
    const session = await booking.find()
    expect(session.status).toBe('no_show_user')
    expect(session.statusHistory?.at(-1)).toMatchObject({ actorRole: 'meeting' })
  })

  it('was not missed by a customer who went in by their link, although the report of it was lost', async () => {
    const booking = await bookRoom(-31)
    atMinute(-31)
    const hostRoom = await enter(booking.doors.consultant)
    for (const topic of ['meeting.participant_joined', 'meeting.participant_left']) {
      world.zoom.control.nextWebhook({ kind: 'drop', topic })
    }
    const guestRoom = await enter(await booking.doorOf('customer'))
    await leave(guestRoom)
    atMinute(0)
    await leave(hostRoom)
    await hear()
    await close(booking)
    expect((await booking.find()).status).toBe('completed')
  })

  it('is not begun, and nobody counts as there, when the room is tried out long before', async () => {
    const booking = await bookRoom(3 * 1_440)
    const room = await enter(booking.doors.consultant)
    await leave(room)
    await hear()
    expect((await inbox(booking.meeting.id)).map(({ status }) => status)).toEqual(
      Array.from({ length: 4 }, () => 'ignored'),
    )
    expect(await booking.find()).toMatchObject({ status: 'scheduled', meeting: { startedAt: null, endedAt: null } })
    expect(await attendanceOf(booking)).toEqual([null, null, null, null])
    expect(await recordOf(booking)).toBeUndefined()
  })

  it('is closed also when its room stays open for days', async () => {
    const booking = await bookRoom(-2 * 1_440)
    atMinute(-2 * 1_440)
    const hostRoom = await enter(booking.doors.consultant)
    const guestRoom = await enter(booking.doors.customer)
    atMinute(0)
    await leave(guestRoom)
    await leave(hostRoom)
    await hear()
    expect(await booking.find()).toMatchObject({ status: 'completed', meeting: { actualDurationMinutes: 1_440 } })
    const noted = await world.staff.patch(`/scheduled-sessions/${booking.id}`, { internalNotes: 'Looked into.' })
    expect(noted.status, noted.text).toBe(200)
  })
})

describe('a recording', () => {
  const messagesOf = async ({ id }: Booking) => {
    await runDueJobs(world.payload, world.database, { only: ['follow-session'] })
    const where = { scheduledSession: { equals: id }, type: { equals: 'recording_ready' } }
    return (await world.payload.find({ collection: 'notifications', where, depth: 0, limit: 10 })).docs
  }

  it('is given to those who were there when the customer agreed to one', async () => {
    const booking = await holdSession()
    await world.db.query(`UPDATE scheduled_sessions SET recording_consented_at = now() WHERE id = $1`, [booking.id])
    world.zoom.control.record(booking.meeting.id)
    await hear()
    const { recording } = await booking.find()
    // Zoom counts begun minutes, of the time for which the meeting really stood.
    const [{ startedAt, endedAt } = { startedAt: 0, endedAt: null }] = world.zoom.control.instances(booking.meeting.id)
    const durationMinutes = Math.ceil(((endedAt ?? 0) - startedAt) / minute)
    expect(recording).toMatchObject({
      durationMinutes,
      url: expect.stringContaining(`${world.zoom.url}/rec/share/`),
    })
    expect(await recordOf(booking)).toMatchObject({
      hasRecording: true,
      recordingId: recording?.recordingId,
      recordingUrl: recording?.url,
      recordingDurationMinutes: durationMinutes,
      actualStartAt: expect.any(String),
    })
    expect(await messagesOf(booking)).not.toEqual([])
  })

  it('is kept from everybody without that, whenever its report comes', async () => {
    world.zoom.control.holdWebhooks()
    const booking = await holdSession()
    world.zoom.control.record(booking.meeting.id)
    world.zoom.control.releaseWebhooks('reversed')
    await hear()
    const { recording } = await booking.find()
    expect([recording?.url, recording?.recordingId, recording?.durationMinutes]).toEqual([null, null, null])
    expect(await recordOf(booking)).toMatchObject({ hasRecording: true, recordingUrl: null })
    expect(await messagesOf(booking)).toEqual([])
  })
})
