import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  book,
  type CalendarWorld,
  connect,
  connectionOf,
  createExpert,
  entriesOf,
  execute,
  makeDue,
  openCalendarWorld,
  poll,
  slotsOn,
  work,
} from '../../support/calendar-world'
import { hourIn } from '../../support/fixtures'

let world: CalendarWorld

beforeAll(async () => {
  world = await openCalendarWorld()
})

const start = (hour = 10) => hourIn(7, hour)

/** Until nothing waits any more: what failed is tried again, as it would be later. */
const settle = async () => {
  for (let round = 0; round < 6; round++) {
    await makeDue(world)
    await work(world)
  }
}

describe('sessions in the calendar of their consultant', () => {
  it('stand there, move and go', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const session = await book(world, expert, start())
    await work(world)
    const [entry] = entriesOf(world, expert)
    expect(entry).toMatchObject({ start: start(), reference: session.reference })
    await session.move(start(14))
    await work(world)
    expect(entriesOf(world, expert)).toEqual([{ ...entry, start: start(14) }])
    await session.cancel()
    await work(world)
    expect(entriesOf(world, expert)).toEqual([])
    expect(world.google.control.invitations()).toEqual([])
  })

  it('block nothing themselves, so that a session can be moved over its own time', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const session = await book(world, expert, start())
    await work(world)
    await poll(world)
    await session.move(start() + 30 * 60_000)
    await work(world)
    expect(entriesOf(world, expert)).toMatchObject([{ start: start() + 30 * 60_000 }])
  })

  it('are written for sessions that were booked before the calendar was connected', async () => {
    const expert = await createExpert(world)
    const session = await book(world, expert, start())
    await connect(world, expert)
    await work(world)
    expect(entriesOf(world, expert)).toMatchObject([{ reference: session.reference }])
  })

  it.each([
    ['not carried out', { applied: false }],
    ['carried out', { applied: true }],
  ])('are one each, whatever becomes of an answer: insert %s', async (_, { applied }) => {
    for (const kind of ['server_error', 'disconnect', 'html', 'rate_limit', 'unauthorized'] as const) {
      if (applied && (kind === 'rate_limit' || kind === 'unauthorized')) continue
      const expert = await createExpert(world)
      await connect(world, expert)
      await book(world, expert, start())
      world.google.control.failNext({ kind, operation: 'events.insert', applied })
      await work(world)
      await settle()
      expect(entriesOf(world, expert), kind).toHaveLength(1)
      expect((await connectionOf(expert)).waiting, kind).toBe(0)
    }
  })

  it('go although the answer to the insert was lost, or to the removal', async () => {
    for (const operation of ['events.insert', 'events.delete'] as const) {
      const expert = await createExpert(world)
      await connect(world, expert)
      const session = await book(world, expert, start())
      if (operation === 'events.delete') await work(world)
      world.google.control.failNext({ kind: 'disconnect', operation, applied: true })
      if (operation === 'events.insert') await work(world)
      await session.cancel()
      await work(world)
      await settle()
      expect(entriesOf(world, expert), operation).toEqual([])
    }
  })

  it('leave an id alone that somebody else has', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const session = await book(world, expert, start())
    const { docs } = await world.payload.find({
      collection: 'calendar-events',
      where: { 'scheduledSession.reference': { equals: session.reference } },
    })
    world.google.control.addEvent(expert.email, {
      id: docs[0]?.eventId ?? '',
      start: '2027-01-01',
      end: '2027-01-02',
      summary: 'Somebody else’s',
    })
    await work(world)
    expect(entriesOf(world, expert)).toMatchObject([{ start: start() }])
    expect(world.google.control.event(expert.email, docs[0]?.eventId ?? '').summary).toBe('Somebody else’s')
  })

  it('keep what a person wrote into them', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const session = await book(world, expert, start())
    await work(world)
    const [entry] = entriesOf(world, expert)
    world.google.control.retitleEvent(expert.email, entry?.id ?? '', 'Mine: call with Ada')
    await session.move(start(15))
    await work(world)
    expect(world.google.control.event(expert.email, entry?.id ?? '').summary).toBe('Mine: call with Ada')
    expect(entriesOf(world, expert)).toMatchObject([{ start: start(15) }])
  })

  it('go into another calendar when another one is chosen', async () => {
    const expert = await createExpert(world)
    const second = world.google.control.addCalendar({ owner: expert.email, summary: 'Work' })
    await connect(world, expert)
    await book(world, expert, start())
    await work(world)
    const { id, calendars } = await connectionOf(expert)
    const work2 = calendars.find(({ name }: { name: string }) => name === 'Work')
    const busy = calendars
      .filter(({ isPrimary }: { isPrimary: boolean }) => isPrimary)
      .map(({ id: one }: { id: string }) => one)
    const chosen = await expert.api.post(`/calendar/connections/${String(id)}/calendars`, { busy, target: work2.id })
    expect(chosen.status, chosen.text).toBe(200)
    await work(world)
    expect(entriesOf(world, expert)).toEqual([])
    expect(entriesOf(world, expert, second)).toHaveLength(1)
    expect(await slotsOn(world, expert, start(16))).toContain(start(16))
  })

  it('are held at Google Meet where that is wanted; the link of the mail stays the same', async () => {
    const expert = await createExpert(world, { serviceType: { meetingProvider: 'google_meet' } })
    await connect(world, expert)
    world.google.control.nextConference('pending')
    const session = await book(world, expert, start())
    await work(world)
    const find = async () =>
      (
        await world.payload.find({
          collection: 'scheduled-sessions',
          where: { reference: { equals: session.reference } },
          depth: 0,
        })
      ).docs[0]?.meeting
    expect(await find()).toMatchObject({ provider: 'jitsi' })
    const [entry] = entriesOf(world, expert)
    world.google.control.settleConference(expert.email, entry?.id ?? '')
    await makeDue(world)
    await work(world)
    expect(await find()).toMatchObject({ provider: 'google_meet' })
    const link = /https?:\S+\/join\?key=\S+/.exec(
      world.google.control.event(expert.email, entry?.id ?? '').location ?? '',
    )
    const { pathname, search } = new URL(link?.[0] ?? '')
    const joined = await world.api.get(`${pathname.replace('/api', '')}${search}`)
    expect(joined.headers.get('location')).toBe((await find())?.joinUrl)
    expect(joined.headers.get('location')).toMatch(/meet\.google/)
  })

  it('stay in their first room where none at Google Meet is made; after a day nobody looks for it any more', async () => {
    const expert = await createExpert(world, { serviceType: { meetingProvider: 'google_meet' } })
    await connect(world, expert)
    world.google.control.nextConference('pending')
    const { reference } = await book(world, expert, start())
    await work(world)
    const looks = () => world.google.control.calls('events.get').length
    const before = looks()
    await makeDue(world)
    await work(world)
    expect(looks()).toBe(before + 1)
    await execute(
      world,
      sql`UPDATE calendar_events SET placed_at = now() - interval '25 hours' WHERE consultant_id = ${expert.profile.id}`,
    )
    await makeDue(world)
    await work(world)
    expect(looks()).toBe(before + 2)
    await poll(world)
    expect(looks()).toBe(before + 2)
    const where = { reference: { equals: reference } }
    const { docs } = await world.payload.find({ collection: 'scheduled-sessions', where, depth: 0 })
    expect(docs[0]?.meeting).toMatchObject({ provider: 'jitsi' })
  })

  it('wait while Google is down; bookings do not', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    world.google.control.failNext({ kind: 'unavailable', times: 50 })
    const session = await book(world, expert, start())
    await work(world)
    expect((await connectionOf(expert)).waiting).toBe(1)
    await session.move(start(17))
    world.google.control.clearFaults()
    await settle()
    expect(entriesOf(world, expert)).toMatchObject([{ start: start(17) }])
    expect((await connectionOf(expert)).waiting).toBe(0)
  })
})
