import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { almanacCalendar } from '../../support/almanac/almanac-calendar'
import { type Almanac, startAlmanac } from '../../support/almanac/start-almanac'
import {
  book,
  busyOf,
  type CalendarWorld,
  connectionOf,
  createExpert,
  execute,
  type Expert,
  makeDue,
  openCalendarWorld,
  poll,
  slotsOn,
  work,
} from '../../support/calendar-world'
import { cleanUpLater } from '../../support/clean-up'
import { hourIn, iso } from '../../support/fixtures'

// What an installation writes into its file of extensions.
vi.doMock('#extensions/index', () => ({ extensions: { calendars: [almanacCalendar] } }))

let world: CalendarWorld

beforeAll(async () => {
  world = await openCalendarWorld()
  // The migration that its options call for.
  await execute(world, sql`ALTER TYPE enum_calendar_connections_provider ADD VALUE 'almanac'`)
})

const start = hourIn(7)
const hour = 3_600_000

const minutes = 60_000

const openAlmanac = async (): Promise<Almanac> => {
  const almanac = await startAlmanac()
  cleanUpLater(() => almanac.close())
  return almanac
}

/** As the endpoint of an installation does, once it has checked what it was given. */
const connect = async ({ profile }: Expert, almanac: Almanac): Promise<string | undefined> => {
  const { connectAccount } = await import('#calendar/connections/connect-account')
  const { withTransaction } = await import('#database/transactions')
  const account = { id: almanac.secret(), name: 'At home' }
  const id = await withTransaction(world.payload, (req) =>
    connectAccount(req, {
      consultantId: profile.id,
      // The types of an installation know its own name.
      provider: 'almanac' as 'google',
      account,
      credentials: { secret: almanac.secret() },
    }),
  )
  await work(world)
  return id
}

const begin = async (almanac?: Almanac) => {
  const opened = almanac ?? (await openAlmanac())
  const expert = await createExpert(world)
  await connect(expert, opened)
  return { expert, almanac: opened.control }
}

const entryOf = (almanac: Almanac['control'], reference: string) =>
  almanac.events('home').find(({ note }) => note.startsWith(reference))

describe('a calendar provider that an installation adds', () => {
  it('can be chosen where connections are looked for, and stands in the document of the API', async () => {
    const { fields } = world.payload.collections['calendar-connections'].config
    expect(fields).toContainEqual(
      expect.objectContaining({
        name: 'provider',
        options: expect.arrayContaining([expect.objectContaining({ value: 'almanac', label: 'Almanac' })]),
      }),
    )
    const { json } = await world.api.get('/openapi.json')
    expect(JSON.stringify(json.components.schemas.CalendarConnection)).toContain('"almanac"')
  })

  it('is connected like the others, and read', async () => {
    const opened = await openAlmanac()
    const id = opened.control.addEvent('home', { start: iso(start), end: iso(start + hour) })
    const { expert, almanac } = await begin(opened)
    expect(await connectionOf(expert)).toMatchObject({
      provider: 'almanac',
      providerLabel: 'Almanac',
      hasCalendars: true,
      status: 'connected',
      account: 'At home',
      calendars: [{ name: 'Home', isPrimary: true, isTarget: true, countsAsBusy: true, lastError: null }],
    })
    expect(await busyOf(world, expert)).toEqual([[start, start + hour]])
    expect(await slotsOn(world, expert, start)).not.toContain(start)
    // Later, what changed alone.
    almanac.changeEvent('home', id, { start: iso(start + hour), end: iso(start + 2 * hour) })
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual([[start + hour, start + 2 * hour]])
    expect(almanac.calls().filter((call) => call === 'GET /calendars/home/events')).not.toHaveLength(0)
    // When what it gave us is forgotten, everything.
    almanac.forgetTokens('home')
    almanac.deleteEvent('home', id)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual([])
    expect(await connectionOf(expert)).toMatchObject({ lastError: null })
  })

  it('has the sessions of its owner written, moved and removed', async () => {
    const { expert, almanac } = await begin()
    const session = await book(world, expert, start)
    await work(world)
    expect(entryOf(almanac, session.reference)).toMatchObject({ start: iso(start), end: iso(start + 30 * minutes) })
    const id = entryOf(almanac, session.reference)?.id ?? ''
    almanac.changeEvent('home', id, { title: 'Mine' })
    await session.move(start + 2 * hour)
    await work(world)
    expect(entryOf(almanac, session.reference)).toMatchObject({ id, title: 'Mine', start: iso(start + 2 * hour) })
    // It is our own, so it keeps nobody from being booked.
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual([])
    await session.cancel()
    await work(world)
    expect(entryOf(almanac, session.reference)).toBeUndefined()
    expect(await connectionOf(expert)).toMatchObject({ waiting: 0 })
  })

  it('is asked what a person did to an entry', async () => {
    const { expert, almanac } = await begin()
    const session = await book(world, expert, start + 4 * hour)
    await work(world)
    const id = entryOf(almanac, session.reference)?.id ?? ''
    const times = { start: iso(start + 5 * hour), end: iso(start + 5 * hour + 30 * minutes) }
    almanac.changeEvent('home', id, times)
    await poll(world, expert)
    const differences = async () => (await expert.api.get('/calendar/connections')).json.differences
    expect(await differences()).toMatchObject([{ kind: 'moved', externalStart: times.start }])
    almanac.deleteEvent('home', id)
    await poll(world, expert)
    expect(await differences()).toMatchObject([{ kind: 'deleted' }])
    await session.cancel()
    await work(world)
  })

  it('is asked once more before a time is held', async () => {
    const { expert, almanac } = await begin()
    const id = almanac.addEvent('home', { start: iso(start), end: iso(start + hour) })
    const held = await world.api.post('/booking/holds', {
      consultant: expert.profile.slug,
      serviceType: expert.serviceType.slug,
      start: iso(start),
    })
    expect(held.json.code).toBe('slot_taken')
    almanac.deleteEvent('home', id)
  })

  it('is asked again after the pause that it wants, and connected again when its password has changed', async () => {
    const { expert, almanac } = await begin()
    almanac.failNext({ status: 429, retryAfter: 300 })
    const session = await book(world, expert, start)
    almanac.failNext({ status: 429, retryAfter: 300 })
    await work(world)
    const [row] = await execute(
      world,
      sql`SELECT next_attempt_at > now() + interval '4 minutes' AS waits FROM calendar_events WHERE consultant_id = ${expert.profile.id}`,
    )
    expect(row).toEqual({ waits: true })
    expect(entryOf(almanac, session.reference)).toBeUndefined()
    almanac.setPassword('changed')
    await makeDue(world, expert)
    await work(world)
    expect(await connectionOf(expert)).toMatchObject({ status: 'needs_reauth', waiting: 1 })
  })

  it('blocks nothing any more once it is disconnected', async () => {
    const opened = await openAlmanac()
    opened.control.addEvent('home', { start: iso(start), end: iso(start + hour) })
    const { expert } = await begin(opened)
    expect(await busyOf(world, expert)).toEqual([[start, start + hour]])
    const { id } = await connectionOf(expert)
    const done = await expert.api.post(`/calendar/connections/${String(id)}/disconnect`, {})
    expect(done.status, done.text).toBe(200)
    await work(world)
    expect(await busyOf(world, expert)).toEqual([])
  })

  it('is not written to beside another one', async () => {
    const { expert } = await begin()
    const second = await connect(expert, await openAlmanac())
    const both = execute(world, sql`UPDATE calendar_connections SET calendar_id = 'home' WHERE id = ${second ?? ''}`)
    await expect(both).rejects.toMatchObject({ cause: { constraint: 'calendar_connections_one_target' } })
  })
})
