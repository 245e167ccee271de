import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { expect } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import type { GoogleSandbox } from '#sandbox/google/start-google-sandbox'
import type { TestDatabase } from './database'
import { createConsultant, createServiceType, createUser, guest, iso } from './fixtures'
import { openGoogleSandbox } from './google-sandbox'
import { runDueJobs } from './jobs'
import { openTestPayload } from './payload'
import { createRestClient, type RestClient } from './rest-client'

export type CalendarWorld = { payload: Payload; database: TestDatabase; api: RestClient; google: GoogleSandbox }

/** The API, a database and a Google of this test file alone; nothing runs but what the test lets run. */
export const openCalendarWorld = async (env: Record<string, string> = {}): Promise<CalendarWorld> => {
  const { google, env: googleEnv } = await openGoogleSandbox()
  const { payload, database } = await openTestPayload({ ...googleEnv, ...env })
  return { payload, database, api: await createRestClient(payload), google }
}

/** What a worker does for calendars. */
export const calendarTasks = [
  'read-calendar-list',
  'sync-calendar',
  'sync-calendar-file',
  'watch-calendar',
  'deliver-calendar-event',
  'check-calendar-event',
  'flag-calendar-conflicts',
  'end-calendar-access',
]

/** Does what the worker would do now for calendars. */
export const work = ({ payload, database }: CalendarWorld, ...more: string[]): Promise<void> =>
  runDueJobs(payload, database, { only: [...calendarTasks, ...more] })

/** SQL of a test's own, for what no API tells or does. */
export const execute = async (
  { payload }: CalendarWorld,
  query: ReturnType<typeof sql>,
): Promise<Record<string, unknown>[]> => {
  const { poolDb } = await import('#database/transactions')
  const { rows } = await poolDb(payload).execute(query)
  return rows
}

/** As if the pause before every next try were over; with an expert, the calendars of others are not polled. */
export const makeDue = async (world: CalendarWorld, expert?: Expert): Promise<void> => {
  await execute(
    world,
    sql`UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second', attempts = 0
    WHERE task_id IN (SELECT id FROM graphile_worker._private_tasks WHERE identifier = ANY(${sql.param(calendarTasks)}::text[]))`,
  )
  await execute(
    world,
    sql`UPDATE connected_calendars SET next_sync_at = now() WHERE ${expert?.profile.id ?? null}::uuid IS NULL OR consultant_id = ${expert?.profile.id ?? null}`,
  )
  await execute(
    world,
    sql`UPDATE calendar_events SET next_attempt_at = now() - interval '2 minutes', updated_at = now() - interval '2 minutes'
    WHERE delivered_version < desired_version`,
  )
}

/** Polls, as the sweep of the next minutes would, and does what follows. */
export const poll = async (world: CalendarWorld, expert?: Expert): Promise<void> => {
  await makeDue(world, expert)
  const { sweepCalendars } = await import('#calendar/connections/sweep-calendars')
  await sweepCalendars(world.payload)
  await work(world)
}

/** The API as somebody of operations. */
export const asStaff = async ({ payload, api }: CalendarWorld): Promise<RestClient> =>
  api.as(await createUser(payload, ['operations']))

let people = 0

export type Expert = {
  profile: ConsultantProfile
  user: User
  serviceType: ServiceType
  /** Also the id of the primary calendar. */
  email: string
  api: RestClient
}

/** A consultant with a Google account, not connected yet. */
export const createExpert = async (
  world: CalendarWorld,
  data: { timeZone?: string; serviceType?: Partial<ServiceType> } = {},
): Promise<Expert> => {
  const { profile, user } = await createConsultant(world.payload)
  const email = `expert${++people}@google.example`
  world.google.control.addPerson({ email, name: profile.name, timeZone: data.timeZone ?? 'Europe/Berlin' })
  const serviceType = await createServiceType(world.payload, [profile], data.serviceType)
  return { profile, user, serviceType, email, api: await world.api.as(user) }
}

type Consent = { decision: 'allow'; email: string; scopes?: readonly string[] } | { decision: 'deny' }

/** Goes through the consent page. @returns the outcome that the page of return shows. */
export const consent = async (
  world: CalendarWorld,
  expert: Expert,
  answer: Consent = { decision: 'allow', email: expert.email },
): Promise<string | null> => {
  const begun = await expert.api.get('/calendar/google/connect')
  expect(begun.status, begun.text).toBe(302)
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const back = new URL(world.google.control.answerConsent(begun.headers.get('location') ?? '', answer))
  const done = await world.api.get(`/calendar/google/callback${back.search}`, { Cookie: cookie })
  expect(done.status, done.text).toBe(302)
  return new URL(done.headers.get('location') ?? '').searchParams.get('outcome')
}

/** Connects the expert's account and reads it for the first time. */
export const connect = async (world: CalendarWorld, expert: Expert): Promise<void> => {
  expect(await consent(world, expert)).toBe('connected')
  await work(world)
}

export const connectionOf = async (expert: Expert) => {
  const { status, json, text } = await expert.api.get('/calendar/connections')
  expect(status, text).toBe(200)
  return json.connections[0]
}

/** Books a free session over the API, and offers what the customer can do with it. */
export const book = async (world: CalendarWorld, expert: Expert, start: number) => {
  const customer = guest()
  const answer = await world.api.post('/booking/sessions', {
    consultant: expert.profile.slug,
    serviceType: expert.serviceType.slug,
    start: iso(start),
    customer,
  })
  expect(answer.status, answer.text).toBe(201)
  const reference: string = answer.json.session.reference
  const auth = { Authorization: `Bearer ${String(answer.json.manageToken)}` }
  const command = async (path: string, body: unknown = {}) => {
    const done = await world.api.post(`/booking/sessions/${reference}/${path}`, body, auth)
    expect(done.status, done.text).toBe(200)
  }
  return {
    reference,
    customer,
    move: (to: number) => command('reschedule', { start: iso(to) }),
    cancel: () => command('cancel'),
  }
}

/** The entries of sessions that stand in the expert's calendar, deleted ones left out. */
export const entriesOf = ({ google }: CalendarWorld, expert: Expert, calendarId = expert.email) =>
  google.control
    .events(calendarId)
    .filter(({ status, extendedProperties }) => status !== 'cancelled' && extendedProperties?.private?.parleySession)
    .map(({ id, start, description }) => ({
      id: id ?? '',
      start: Date.parse(start?.dateTime ?? ''),
      reference: /PY-\w+/.exec(description ?? '')?.[0],
    }))

/** The starts (epoch ms) that the public is offered on the UTC day of `at`. */
export const slotsOn = async ({ api }: CalendarWorld, expert: Expert, at: number): Promise<number[]> => {
  const day = iso(at).slice(0, 10)
  const { consultant, serviceType } = { consultant: expert.profile.slug, serviceType: expert.serviceType.slug }
  const answer = await api.get(
    `/booking/slots?consultant=${consultant}&serviceType=${serviceType}&start=${day}&end=${day}&timeZone=UTC`,
  )
  expect(answer.status, answer.text).toBe(200)
  const slots: { start: string }[] = answer.json.slots[day] ?? []
  return slots.map(({ start }) => Date.parse(start))
}

/** What is stored as busy and counts, sorted; epoch ms. */
export const busyOf = async (world: CalendarWorld, expert: Expert): Promise<[number, number][]> => {
  const rows = await execute(
    world,
    sql`
    SELECT (extract(epoch FROM b.starts_at) * 1000)::float8 AS start, (extract(epoch FROM b.ends_at) * 1000)::float8 AS end
    FROM busy_times b JOIN connected_calendars k ON k.id = b.calendar_id AND k.generation = b.generation AND k.counts_as_busy
    WHERE b.consultant_id = ${expert.profile.id} ORDER BY 1, 2`,
  )
  return rows.map(({ start, end }) => [Number(start), Number(end)])
}
