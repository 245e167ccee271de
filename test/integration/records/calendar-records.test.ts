import { sql } from '@payloadcms/db-postgres'
import type { CollectionSlug } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  asStaff,
  book,
  type CalendarWorld,
  connect,
  createExpert,
  entriesOf,
  execute,
  type Expert,
  openCalendarWorld,
  poll,
  work,
} from '../../support/calendar-world'
import { hourIn, iso } from '../../support/fixtures'

let world: CalendarWorld

beforeAll(async () => {
  world = await openCalendarWorld()
})

const text: unknown = expect.any(String)
const number: unknown = expect.any(Number)
const hour = 3_600_000

const recordsOf = async (collection: CollectionSlug, { profile }: Expert): Promise<unknown[]> => {
  const where = { consultant: { equals: profile.id } }
  const found = await world.payload.find({ collection, where, depth: 0, limit: 20, showHiddenFields: true })
  return found.docs
}

describe('what is written down about calendars', () => {
  it('holds an account, its calendars, and what blocks time in them', async () => {
    const expert = await createExpert(world)
    const at = hourIn(4)
    world.google.control.addEvent(expert.email, {
      start: { dateTime: iso(at) },
      end: { dateTime: iso(at + hour) },
      summary: 'Dentist',
    })
    await connect(world, expert)
    expect(await recordsOf('calendar-connections', expert)).toMatchObject([
      {
        consultant: expert.profile.id,
        provider: 'google',
        status: 'connected',
        accountEmail: expert.email,
        externalAccountId: text,
        calendarId: expert.email,
        scopes: expect.arrayContaining([text]),
        accessToken: text,
        refreshToken: text,
        tokenExpiresAt: text,
        connectedAt: text,
        syncedAt: text,
      },
    ])
    const [calendar] = await recordsOf('connected-calendars', expert)
    expect(calendar).toMatchObject({
      consultant: expert.profile.id,
      connection: text,
      calendarId: expert.email,
      name: text,
      timeZone: 'Europe/Berlin',
      isPrimary: true,
      isWritable: true,
      countsAsBusy: true,
      reading: 'events',
      generation: number,
      readEvents: number,
      syncToken: text,
      syncedAt: text,
      rebuiltAt: text,
      nextSyncAt: text,
      failures: 0,
    })
    expect(await recordsOf('busy-times', expert)).toMatchObject([
      {
        consultant: expert.profile.id,
        calendar: text,
        startsAt: iso(at),
        endsAt: iso(at + hour),
        sourceId: text,
        generation: number,
      },
    ])

    await execute(
      world,
      sql`UPDATE connected_calendars SET sync_token = NULL WHERE consultant_id = ${expert.profile.id}`,
    )
    world.google.control.limitPages(1)
    world.google.control.addEvent(expert.email, {
      start: { dateTime: iso(at + 2 * hour) },
      end: { dateTime: iso(at + 3 * hour) },
      summary: 'Lunch',
    })
    world.google.control.failNext({ kind: 'delay', operation: 'events.list', delayMs: 1 })
    world.google.control.failNext({ kind: 'server_error', operation: 'events.list' })
    try {
      await poll(world, expert)
    } finally {
      world.google.control.limitPages(Infinity)
    }
    expect((await recordsOf('connected-calendars', expert))[0]).toMatchObject({
      nextGeneration: number,
      pageToken: text,
      readEvents: 1,
      failures: 1,
      staleSince: text,
      lastError: text,
    })
    expect((await recordsOf('calendar-connections', expert))[0]).toMatchObject({ staleSince: text, lastError: text })
    await asStaff(world)
    const dayAgo = sql`now() - interval '25 hours'`
    await execute(
      world,
      sql`UPDATE connected_calendars SET stale_since = ${dayAgo} WHERE consultant_id = ${expert.profile.id}`,
    )
    await execute(
      world,
      sql`UPDATE calendar_connections SET stale_since = ${dayAgo} WHERE consultant_id = ${expert.profile.id}`,
    )
    world.google.control.failNext({ kind: 'server_error', operation: 'events.list', times: 50 })
    await poll(world, expert)
    world.google.control.clearFaults()
    expect((await recordsOf('calendar-connections', expert))[0]).toMatchObject({ status: 'error', toldAt: text })

    const { json } = await expert.api.get('/calendar/connections')
    await expert.api.post(`/calendar/connections/${String(json.connections[0].id)}/disconnect`)
    expect((await recordsOf('calendar-connections', expert))[0]).toMatchObject({
      status: 'disconnected',
      disconnectedAt: text,
    })
  })

  it('holds the address of a calendar file, unreadable', async () => {
    const expert = await createExpert(world)
    const feedUrl = 'https://calendar.example/me.ics'
    const answer = await expert.api.post('/calendar/connections', { feedUrl, name: 'Outlook' })
    expect(answer.status, answer.text).toBe(201)
    expect(await recordsOf('calendar-connections', expert)).toMatchObject([
      { provider: 'ics', feedUrl: expect.not.stringContaining('calendar.example') },
    ])
  })

  it('holds the entry of a session, how writing it failed, and what a person made of it', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const start = hourIn(7)
    const session = await book(world, expert, start)
    world.google.control.failNext({ kind: 'server_error', operation: 'events.insert' })
    await work(world)
    expect(await recordsOf('calendar-events', expert)).toMatchObject([
      { state: 'queued', attemptedAt: text, failures: 1, lastError: text, nextAttemptAt: text },
    ])
    await poll(world, expert)
    expect(await recordsOf('calendar-events', expert)).toMatchObject([
      {
        consultant: expert.profile.id,
        connection: text,
        scheduledSession: text,
        state: 'delivered',
        desiredVersion: 1,
        deliveredVersion: 1,
        calendarId: expert.email,
        eventId: text,
        idGeneration: 0,
        placedAt: text,
        startsAt: iso(start),
        endsAt: iso(start + hour / 2),
      },
    ])
    const [entry] = entriesOf(world, expert)
    const moved = { start: iso(start + 3 * hour), end: iso(start + 3.5 * hour) }
    world.google.control.moveEvent(expert.email, entry?.id ?? '', moved)
    await poll(world, expert)
    expect(await recordsOf('calendar-differences', expert)).toMatchObject([
      {
        consultant: expert.profile.id,
        scheduledSession: text,
        calendarEvent: text,
        kind: 'moved',
        status: 'open',
        externalStartsAt: moved.start,
        externalEndsAt: moved.end,
      },
    ])
    const { json } = await expert.api.get('/calendar/connections')
    await expert.api.post(`/calendar/differences/${String(json.differences[0].id)}/decide`, { decision: 'put_back' })
    expect(await recordsOf('calendar-differences', expert)).toMatchObject([
      { status: 'put_back', decidedAt: text, decidedBy: expert.user.id },
    ])
    await work(world)
    await session.cancel()
    world.google.control.failNext({ kind: 'server_error', operation: 'events.delete' })
    await work(world)
    expect(await recordsOf('calendar-events', expert)).toMatchObject([{ removalAskedAt: text }])
  })
})
