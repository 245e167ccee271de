import { sql } from '@payloadcms/db-postgres'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { createConsultant, createServiceType } from '../../support/fixtures'
import {
  book as bookIn,
  type MessageWorld,
  nextStart,
  openMessageWorld,
  work as workIn,
} from '../../support/message-world'
import { kindOf, linkIn } from '../../support/resend-sandbox'
import { runDueJobs } from '../../support/jobs'

let world: MessageWorld
let consultant: { profile: ConsultantProfile; user: User }
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  consultant = await createConsultant(world.payload, { name: 'Ada Okafor' })
  serviceType = await createServiceType(world.payload, [consultant.profile], { name: 'Pricing' })
})
beforeEach(() => world.resend.control.clear())

const work = () => workIn(world)
const book = () => bookIn(world, { consultant: consultant.profile, serviceType })
const execute = async (query: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return poolDb(world.payload).execute(query)
}

/** When the waiting jobs of a session are due, by key. */
const timersOf = async (sessionId: string) => {
  const { rows } = await execute(sql`
    SELECT key, (extract(epoch FROM run_at) * 1000)::float8 AS at FROM graphile_worker.jobs
    WHERE key LIKE ${`%-session:${sessionId}%`} ORDER BY run_at`)
  return Object.fromEntries(rows.map(({ key, at }) => [String(key).replace(sessionId, 'id'), at]))
}

/** As if so many minutes before its start had come. */
const startsIn = (sessionId: string, minutes: number) =>
  execute(sql`
    UPDATE scheduled_sessions SET starts_at = date_trunc('minute', now()) + ${minutes}::int * interval '1 minute',
      ends_at = date_trunc('minute', now()) + ${minutes + 30}::int * interval '1 minute' WHERE id = ${sessionId}`)

const remind = async (sessionId: string, kind: 'day' | 'hour') => {
  const { remindSession } = await import('#sessions/messages/remind-session')
  await remindSession(world.payload, { sessionId, kind })
  await work()
}

const minute = 60_000

describe('the timers of a session', () => {
  it('are set when it is scheduled, follow it when it is moved, and go when it is cancelled', async () => {
    const booking = await book()
    const { id } = await booking.find()
    await work()
    const expected = (start: number) => ({
      'remind-session:id:day': start - 1_440 * minute,
      'remind-session:id:hour': start - 60 * minute,
      'complete-session:id': start + 60 * minute,
    })
    expect(await timersOf(id)).toEqual(expected(booking.start))
    const to = nextStart()
    await booking.move(to)
    await work()
    expect(await timersOf(id)).toEqual(expected(to))
    await booking.cancel()
    await work()
    expect(await timersOf(id)).toEqual({})
  })

  it('are set as operations want them', async () => {
    const { reminders, completionGraceMinutes } = await world.payload.findGlobal({ slug: 'booking-settings', depth: 0 })
    const data = { reminders: { dayBeforeMinutes: 600, hourBeforeMinutes: 45 }, completionGraceMinutes: 5 }
    await world.payload.updateGlobal({ slug: 'booking-settings', data })
    const booking = await book()
    const { id } = await booking.find()
    await work()
    await world.payload.updateGlobal({ slug: 'booking-settings', data: { reminders, completionGraceMinutes } })
    expect(await timersOf(id)).toEqual({
      'remind-session:id:day': booking.start - 600 * minute,
      'remind-session:id:hour': booking.start - 45 * minute,
      'complete-session:id': booking.start + 35 * minute,
    })
  })

  it('complete it when it has ended; then its review is asked for, once', async () => {
    const booking = await book()
    await work()
    await world.resend.control.clear()
    const { id } = await booking.find()
    await startsIn(id, -90)
    await execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = ${`complete-session:${id}`}`)
    await runDueJobs(world.payload, world.database, { only: ['complete-session'] })
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['session_completed/customer'])
    expect(linkIn(booking.mails()[0], /#token=[\w-]+&view=review/).pathname).toBe(`/booking/${booking.reference}`)
    const session = await booking.find()
    expect(session.status).toBe('completed')
    expect(session.reminders?.postSessionSentAt).toBeTruthy()
    expect(await timersOf(id)).toEqual({})
  })
})

describe('a reminder', () => {
  it('goes to both, once, with the way in, and is noted', async () => {
    const booking = await book()
    await work()
    await world.resend.control.clear()
    const { id } = await booking.find()
    await startsIn(id, 1_439)
    await remind(id, 'day')
    await remind(id, 'day')
    const [mail, ...more] = booking.mails()
    expect(more).toEqual([])
    expect(mail?.text).toContain('in about a day')
    expect(linkIn(mail, /join\?key=/).pathname).toContain(booking.reference)
    expect(world.resend.control.emails(consultant.user.email).map(kindOf)).toEqual(['booking_reminder/consultant'])
    expect((await booking.find()).reminders).toMatchObject({
      dayBeforeSentAt: expect.any(String),
      hourBeforeSentAt: null,
    })
    await startsIn(id, 59)
    await remind(id, 'hour')
    expect(booking.mails()).toHaveLength(2)
    expect((await booking.find()).reminders?.hourBeforeSentAt).toBeTruthy()
  })

  it('that comes for a time from which the session was moved says nothing, and the new time has its own', async () => {
    const booking = await book()
    await work()
    const { id } = await booking.find()
    await startsIn(id, 1_439)
    await remind(id, 'day')
    await startsIn(id, 9 * 1_440)
    await booking.move(nextStart())
    await work()
    expect((await booking.find()).reminders).toMatchObject({ dayBeforeSentAt: null })
    await world.resend.control.clear()
    await remind(id, 'day')
    expect(world.resend.control.emails()).toEqual([])
    await startsIn(id, 1_439)
    await remind(id, 'day')
    expect(booking.mails().map(kindOf)).toEqual(['booking_reminder/customer'])
  })

  it('is not sent to who does not want reminders, but shown to them; the other side gets theirs', async () => {
    const booking = await book()
    await work()
    await world.resend.control.clear()
    const session = await booking.find()
    await world.payload.update({
      collection: 'customers',
      where: { email: { equals: booking.customer.email } },
      data: { preferences: { remindersEnabled: false } },
    })
    await startsIn(session.id, 59)
    await remind(session.id, 'hour')
    expect(booking.mails()).toEqual([])
    expect(world.resend.control.emails(consultant.user.email)).toHaveLength(1)
    const shown = (await booking.notifications()).find(
      ({ kind, audience }) => kind === 'booking_reminder' && audience === 'customer',
    )
    expect(shown).toMatchObject({ channels: ['email', 'in-app'], emailSentAt: null, delivery: { state: 'skipped' } })
  })

  it('is not sent of a session that is off or has begun', async () => {
    const cancelled = await book()
    const begun = await book()
    await work()
    await cancelled.cancel()
    await work()
    await world.resend.control.clear()
    for (const [booking, minutes] of [
      [cancelled, 59],
      [begun, 0],
    ] as const) {
      const { id } = await booking.find()
      await startsIn(id, minutes)
      await remind(id, 'hour')
    }
    expect(world.resend.control.emails()).toEqual([])
  })
})
