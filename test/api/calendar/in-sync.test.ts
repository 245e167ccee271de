import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  asStaff,
  book,
  busyOf,
  type CalendarWorld,
  connect,
  connectionOf,
  consent,
  createExpert,
  entriesOf,
  type Expert,
  execute,
  makeDue,
  openCalendarWorld,
  poll,
  slotsOn,
  work,
} from '../../support/calendar-world'
import { countStatements, type Statements } from '../../support/count-statements'
import { hourIn, iso } from '../../support/fixtures'

let world: CalendarWorld

beforeAll(async () => {
  world = await openCalendarWorld()
})

const hour = 3_600_000
const day = 24 * hour

const add = (expert: Expert, start: number, more: Record<string, unknown> = {}, calendarId = expert.email): string =>
  world.google.control.addEvent(calendarId, { start: iso(start), end: iso(start + hour), summary: 'Secret', ...more })
    .id ?? ''

const times = (...starts: number[]) => starts.map((start) => [start, start + hour])
const lists = () => world.google.control.calls('events.list').map(({ path, status }) => ({ path, status }))

describe('what blocks the time of an expert', () => {
  it('is what stands in the calendar as busy, whole days by the zone of the calendar', async () => {
    const expert = await createExpert(world, { timeZone: 'America/New_York' })
    const at = hourIn(5)
    add(expert, at)
    add(expert, at + 2 * hour, { transparency: 'transparent' })
    const invited = add(expert, at + 4 * hour, { organizer: { email: 'boss@google.example' } })
    world.google.control.respondToEvent(expert.email, invited, 'declined')
    const maybe = add(expert, at + 5 * hour, { organizer: { email: 'boss@google.example' } })
    world.google.control.respondToEvent(expert.email, maybe, 'tentative')
    add(expert, at + 7 * hour, { eventType: 'outOfOffice' })
    world.google.control.addEvent(expert.email, { start: '2027-01-05', end: '2027-01-06', summary: 'Whole day' })
    world.google.control.addEvent(expert.email, {
      start: { dateTime: '2027-01-07T09:00:00', timeZone: 'Asia/Tokyo' },
      end: { dateTime: '2027-01-07T10:00:00', timeZone: 'Asia/Tokyo' },
    })
    await connect(world, expert)
    expect(await busyOf(world, expert)).toEqual([
      ...times(at, at + 5 * hour, at + 7 * hour),
      [Date.parse('2027-01-05T05:00Z'), Date.parse('2027-01-06T05:00Z')],
      ...times(Date.parse('2027-01-07T00:00Z')),
    ])
  })

  it('is each occurrence of a series, moved and cancelled ones as they are', async () => {
    const expert = await createExpert(world)
    const at = hourIn(3)
    const series = add(expert, at, {
      start: { dateTime: iso(at), timeZone: 'UTC' },
      end: { dateTime: iso(at + hour), timeZone: 'UTC' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=5'],
    })
    const occurrence = (n: number) => `${series}_${iso(at + n * day).replace(/[-:]|\.000/g, '')}`
    await connect(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(...[0, 1, 2, 3, 4].map((n) => at + n * day)))
    world.google.control.deleteEvent(expert.email, occurrence(1))
    world.google.control.moveEvent(expert.email, occurrence(2), {
      start: iso(at + 2 * day + 2 * hour),
      end: iso(at + 2 * day + 3 * hour),
    })
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at, at + 2 * day + 2 * hour, at + 3 * day, at + 4 * day))
    // The rule itself changes: the calendar is read from the beginning, as news of a series may not tell of all that it was.
    world.google.control.changeEvent(expert.email, series, { recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] })
    await poll(world, expert)
    await poll(world, expert)
    expect((await busyOf(world, expert))[0]).toEqual([at, at + hour])
    expect((await busyOf(world, expert)).filter(([start]) => start > at + 2 * day + 2 * hour)).toEqual([])
    world.google.control.deleteEvent(expert.email, series)
    await poll(world, expert)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual([])
  })

  it('is nothing of a series that was deleted, also where Google does not tell of every occurrence', async () => {
    const expert = await createExpert(world)
    const at = hourIn(3)
    const series = add(expert, at, {
      start: { dateTime: iso(at), timeZone: 'UTC' },
      end: { dateTime: iso(at + hour), timeZone: 'UTC' },
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=40'],
    })
    await connect(world, expert)
    expect(await busyOf(world, expert)).toHaveLength(40)
    world.google.control.deleteEvent(expert.email, series)
    await poll(world, expert)
    // Google tells of those of the next half year.
    expect((await busyOf(world, expert)).length).toBeGreaterThan(0)
    expect(await slotsOn(world, expert, at)).toContain(at)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual([])
  })

  it('follows what is added, moved, freed and deleted, by reading only what changed', async () => {
    const expert = await createExpert(world)
    const at = hourIn(4)
    const [first, second] = [add(expert, at), add(expert, at + 2 * hour)]
    const others = [10, 12, 14].map((n) => at + day + n * hour)
    for (const start of others) add(expert, start)
    await connect(world, expert)
    world.google.control.forgetCalls()
    world.google.control.limitPages(4)
    world.google.control.moveEvent(expert.email, first, { start: iso(at + 4 * hour), end: iso(at + 5 * hour) })
    world.google.control.changeEvent(expert.email, second, { transparency: 'transparent' })
    add(expert, at + 6 * hour)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at + 4 * hour, at + 6 * hour, ...others))
    expect(await slotsOn(world, expert, at)).toContain(at)
    world.google.control.deleteEvent(expert.email, first)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at + 6 * hour, ...others))
    // Two readings of one page each; all of the calendar are two.
    expect(lists()).toHaveLength(2)
    world.google.control.limitPages(Infinity)
  })

  it('is not disturbed by broken events', async () => {
    const expert = await createExpert(world)
    const at = hourIn(4)
    add(expert, at)
    const { control } = world.google
    control.plantEvent(expert.email, { id: 'brokenb0', start: { date: '2027-02-30' }, end: { date: '2027-03-01' } })
    control.plantEvent(expert.email, {
      id: 'brokenb1',
      start: { dateTime: iso(at + hour) },
      end: { dateTime: iso(at) },
    })
    control.plantEvent(expert.email, { id: 'brokenb2' })
    add(expert, at + 3 * hour)
    await connect(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at, at + 3 * hour))
    expect((await connectionOf(expert)).lastError).toBeNull()
  })

  it('is read page by page, and counts when the last one is there', async () => {
    const expert = await createExpert(world)
    const at = hourIn(4, 1)
    const all = [0, 1, 2, 3, 4, 5, 6].map((n) => at + 2 * n * hour)
    for (const start of all) add(expert, start)
    world.google.control.limitPages(3)
    try {
      expect(await consent(world, expert)).toBe('connected')
      world.google.control.forgetCalls()
      world.google.control.failNext({ kind: 'delay', operation: 'events.list', delayMs: 1 })
      world.google.control.failNext({ kind: 'server_error', operation: 'events.list' })
      await work(world)
      expect(lists()).toHaveLength(2)
      expect(await slotsOn(world, expert, at)).toEqual([])
      expect((await connectionOf(expert)).calendars[0]).toMatchObject({
        reading: 3,
        lastError: expect.stringContaining('500'),
      })
      await makeDue(world, expert)
      await work(world)
      expect(await busyOf(world, expert)).toEqual(times(...all))
      // Page by page from where it stood: 3 of 7 were not read again.
      expect(lists()).toHaveLength(4)
      for (const n of [1, 3, 5, 7, 9]) add(expert, at + n * hour)
      await poll(world, expert)
      expect(await busyOf(world, expert)).toHaveLength(12)
    } finally {
      world.google.control.limitPages(Infinity)
    }
  })

  it('is read from the beginning when Google knows our place no more; until then what was known counts', async () => {
    const expert = await createExpert(world)
    const at = hourIn(4)
    const first = add(expert, at)
    await connect(world, expert)
    world.google.control.expireSyncTokens(expert.email)
    world.google.control.deleteEvent(expert.email, first)
    add(expert, at + 2 * hour)
    world.google.control.failNext({ kind: 'delay', operation: 'events.list', delayMs: 1 })
    world.google.control.failNext({ kind: 'server_error', operation: 'events.list' })
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at))
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at + 2 * hour))
  })

  it('is read from the beginning every night, whatever was missed', async () => {
    const expert = await createExpert(world)
    const at = hourIn(4)
    add(expert, at)
    await connect(world, expert)
    await execute(world, sql`DELETE FROM busy_times WHERE consultant_id = ${expert.profile.id}`)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual([])
    await execute(
      world,
      sql`UPDATE connected_calendars SET rebuilt_at = now() - interval '25 hours' WHERE consultant_id = ${expert.profile.id}`,
    )
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at))
  })

  it.each(['server_error', 'too_many_requests', 'user_rate_limit', 'html', 'disconnect'] as const)(
    'stays what it was while Google answers with %s',
    async (kind) => {
      const expert = await createExpert(world)
      const at = hourIn(4)
      const known = add(expert, at)
      await connect(world, expert)
      world.google.control.deleteEvent(expert.email, known)
      add(expert, at + 2 * hour)
      world.google.control.failNext({ kind, times: 50 })
      await poll(world, expert)
      world.google.control.clearFaults()
      expect(await busyOf(world, expert)).toEqual(times(at))
      expect(await slotsOn(world, expert, at)).not.toContain(at)
      expect(await connectionOf(expert)).toMatchObject({ status: 'connected', staleSince: expect.any(String) })
      await poll(world, expert)
      expect(await busyOf(world, expert)).toEqual(times(at + 2 * hour))
      expect(await connectionOf(expert)).toMatchObject({ staleSince: null, lastError: null })
    },
  )

  it('waits as long as Google asks for', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    world.google.control.failNext({ kind: 'too_many_requests', operation: 'events.list', retryAfterSeconds: 600 })
    await poll(world, expert)
    const [row] = await execute(
      world,
      sql`SELECT next_sync_at > now() + interval '9 minutes' AS waits FROM connected_calendars WHERE consultant_id = ${expert.profile.id}`,
    )
    expect(row).toEqual({ waits: true })
  })
})

describe('what a reading asks of the database', () => {
  const read = async (expert: Expert, isFull: boolean): Promise<Statements> => {
    const { syncCalendar } = await import('#calendar/busy/sync-calendar')
    const [row] = await execute(
      world,
      sql`SELECT id FROM connected_calendars WHERE consultant_id = ${expert.profile.id} AND counts_as_busy`,
    )
    return countStatements(world.payload, () => syncCalendar(world.payload, { calendarId: String(row?.id), isFull }))
  }

  it('is one transaction a page when everything is read, and one to begin', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const all = Array.from({ length: 10 }, (_, n) => hourIn(4) + n * hour)
    for (const start of all) add(expert, start)
    world.google.control.forgetCalls()
    world.google.control.limitPages(3)
    const { transactions, data } = await read(expert, true)
    world.google.control.limitPages(Infinity)
    expect(lists()).toHaveLength(4)
    expect(await busyOf(world, expert)).toEqual(times(...all))
    expect(transactions).toBe(4 + 1)
    // For each page: where the reading stands, the lock on that, and what is stored. What comes before and after it is four.
    expect(data).toHaveLength(4 * 3 + 4)
  })

  it('is five statements for one change, BEGIN and COMMIT among them', async () => {
    const expert = await createExpert(world)
    const at = hourIn(4)
    add(expert, at)
    await connect(world, expert)
    add(expert, at + 2 * hour)
    const { transactions, data } = await read(expert, false)
    expect(await busyOf(world, expert)).toEqual(times(at, at + 2 * hour))
    expect(data.length + 2 * transactions).toBeLessThanOrEqual(5)
    expect(transactions).toBe(1)
  })
})

describe('calendars of which only free and busy times are read', () => {
  const choose = async (expert: Expert, names: string[]) => {
    const { id, calendars } = await connectionOf(expert)
    const all: { id: string; name: string; isTarget: boolean }[] = calendars
    const busy = all.filter(({ name, isTarget }) => isTarget || names.includes(name)).map(({ id: one }) => one)
    const target = all.find(({ isTarget }) => isTarget)?.id ?? null
    const chosen = await expert.api.post(`/calendar/connections/${String(id)}/calendars`, { busy, target })
    expect(chosen.status, chosen.text).toBe(200)
  }

  it('block time once they were read, and not any more when they are not chosen', async () => {
    const expert = await createExpert(world)
    const other = world.google.control.addCalendar({ owner: expert.email, summary: 'Family' })
    const at = hourIn(6)
    add(expert, at, {}, other)
    await connect(world, expert)
    expect(await busyOf(world, expert)).toEqual([])
    await choose(expert, ['Family'])
    expect(await slotsOn(world, expert, at)).toEqual([])
    await work(world)
    expect(await busyOf(world, expert)).toEqual(times(at))
    expect(await slotsOn(world, expert, at)).not.toContain(at)
    await choose(expert, [])
    await work(world)
    expect(await slotsOn(world, expert, at)).toContain(at)
  })

  it('are not free because Google cannot say: never read, nothing is offered; read, what was known blocks', async () => {
    const expert = await createExpert(world)
    const other = world.google.control.addCalendar({ owner: expert.email, summary: 'Family' })
    const at = hourIn(6)
    add(expert, at, {}, other)
    await connect(world, expert)
    world.google.control.breakFreeBusy(other, 'internalError')
    await choose(expert, ['Family'])
    await work(world)
    expect(await slotsOn(world, expert, at)).toEqual([])
    expect((await connectionOf(expert)).lastError).toContain('internalError')
    world.google.control.breakFreeBusy(other, null)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at))
    world.google.control.breakFreeBusy(other, 'internalError')
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at))
    expect(await slotsOn(world, expert, at)).toContain(at + 2 * hour)
  })

  it('refuse to be written to where their owner may not', async () => {
    const [expert, other] = [await createExpert(world), await createExpert(world)]
    const shared = world.google.control.addCalendar({ owner: other.email, summary: 'Theirs' })
    world.google.control.shareCalendar(shared, expert.email, 'reader')
    await connect(world, expert)
    const { id, calendars } = await connectionOf(expert)
    const theirs = calendars.find(({ name }: { name: string }) => name === 'Theirs')
    const refused = await expert.api.post(`/calendar/connections/${String(id)}/calendars`, {
      busy: [],
      target: theirs?.id ?? '00000000-0000-4000-8000-000000000000',
    })
    expect(refused.json).toMatchObject({ code: 'invalid_request', errors: [{ path: 'target' }] })
    expect((await connectionOf(expert)).calendars.some(({ isTarget }: { isTarget: boolean }) => isTarget)).toBe(true)
  })
})

describe('notifications of changes', () => {
  const message = (expert: Expert, more: Record<string, string> = {}) => {
    const [channel] = world.google.control.channels(expert.email)
    return world.api.post('/calendar/google/notifications', undefined, {
      'X-Goog-Channel-ID': channel?.id ?? '',
      'X-Goog-Channel-Token': channel?.token ?? '',
      'X-Goog-Resource-State': 'exists',
      'X-Goog-Message-Number': '7',
      ...more,
    })
  }
  const waiting = async (expert: Expert): Promise<number> => {
    const [row] = await execute(
      world,
      sql`SELECT count(*)::int AS jobs FROM graphile_worker.jobs j JOIN connected_calendars k ON j.key = 'sync-calendar:' || k.id
        WHERE k.consultant_id = ${expert.profile.id}`,
    )
    return Number(row?.jobs)
  }

  it('are the occasion to read what changed, once for any number of them', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const at = hourIn(4)
    add(expert, at)
    for (let n = 0; n < 3; n++) expect((await message(expert)).status).toBe(200)
    expect(await waiting(expert)).toBe(1)
    await work(world)
    expect(await busyOf(world, expert)).toEqual(times(at))
  })

  it('are nothing where they say only that the channel is open, and are refused from others', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    expect((await message(expert, { 'X-Goog-Resource-State': 'sync' })).status).toBe(200)
    expect((await message(expert, { 'X-Goog-Channel-Token': 'guessed' })).json.code).toBe('not_found')
    expect((await message(expert, { 'X-Goog-Channel-ID': '00000000-0000-4000-8000-000000000000' })).json.code).toBe(
      'not_found',
    )
    expect((await message(expert, { 'X-Goog-Channel-ID': 'no-uuid' })).json.code).toBe('not_found')
    expect(await waiting(expert)).toBe(0)
  })

  it('come on a channel of which only the hash of its token is kept, and which another one follows before it ends', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const [first] = world.google.control.channels(expert.email)
    const kept = await execute(
      world,
      sql`SELECT token_hash AS hash FROM parley.calendar_channels WHERE id = ${first?.id ?? ''}`,
    )
    expect(kept).toHaveLength(1)
    expect(kept[0]?.hash).not.toBe(first?.token)
    await poll(world, expert)
    expect(world.google.control.channels(expert.email)).toEqual([first])
    await execute(
      world,
      sql`UPDATE parley.calendar_channels SET expires_at = now() + interval '20 hours', created_at = now() - interval '6 days' WHERE id = ${first?.id ?? ''}`,
    )
    await poll(world, expert)
    const after = world.google.control.channels(expert.email)
    expect(after).toHaveLength(1)
    expect(after[0]?.id).not.toBe(first?.id)
  })
})

describe('a calendar for which Google opens no channel', () => {
  it('is asked for again after a day; until then it is polled', async () => {
    const expert = await createExpert(world)
    world.google.control.forgetCalls()
    world.google.control.failNext({ kind: 'no_push', operation: 'events.watch' })
    await connect(world, expert)
    const answers = () =>
      world.google.control
        .calls('events.watch')
        .flatMap(({ path, status }) => (path.includes(encodeURIComponent(expert.email)) ? status : []))
    const pass = (hours: number) =>
      execute(
        world,
        sql`UPDATE parley.calendar_channels SET expires_at = expires_at - ${hours} * interval '1 hour',
            created_at = created_at - ${hours} * interval '1 hour'
          WHERE calendar_id IN (SELECT id FROM connected_calendars WHERE consultant_id = ${expert.profile.id})`,
      )
    expect(answers()).toEqual([400])
    const at = hourIn(4)
    add(expert, at)
    await poll(world, expert)
    expect(await busyOf(world, expert)).toEqual(times(at))
    await pass(23)
    await poll(world, expert)
    expect(answers()).toEqual([400])
    await pass(2)
    await poll(world, expert)
    expect(answers()).toEqual([400, 200])
    expect(world.google.control.channels(expert.email)).toHaveLength(1)
  })
})

describe('the moment in which somebody takes a time', () => {
  const hold = (expert: Expert, start: number) =>
    world.api.post('/booking/holds', {
      consultant: expert.profile.slug,
      serviceType: expert.serviceType.slug,
      start: iso(start),
    })

  it('asks the calendar once more', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const at = hourIn(8)
    add(expert, at)
    expect(await slotsOn(world, expert, at)).toContain(at)
    expect((await hold(expert, at)).json.code).toBe('slot_taken')
    // What was found is read for good.
    await work(world)
    expect(await slotsOn(world, expert, at)).not.toContain(at)
    expect((await hold(expert, at + 2 * hour)).status).toBe(201)
  })

  it('asks also where somebody books at once', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const at = hourIn(8)
    add(expert, at)
    await expect(book(world, expert, at)).rejects.toThrow('slot_taken')
  })

  it('finds nothing in the way in the entry of a session that was cancelled a moment ago', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const at = hourIn(8)
    const session = await book(world, expert, at)
    await work(world)
    await session.cancel()
    expect(entriesOf(world, expert)).toMatchObject([{ start: at }])
    expect((await hold(expert, at)).status).toBe(201)
  })

  it.each(['server_error', 'disconnect', 'html', 'too_many_requests', 'hang'] as const)(
    'goes by what is known when Google answers with %s',
    async (kind) => {
      const expert = await createExpert(world)
      await connect(world, expert)
      const at = hourIn(8)
      world.google.control.failNext({ kind, operation: 'events.list', times: 5 })
      expect((await hold(expert, at)).status).toBe(201)
      world.google.control.clearFaults()
    },
  )

  it('waits 1.5 seconds for Google, no longer', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const at = hourIn(8)
    const [{ isBusyElsewhere }, { localRequest }] = await Promise.all([
      import('#calendar/busy/is-busy-elsewhere'),
      import('#database/local-request'),
    ])
    const req = await localRequest(world.payload)
    const untilNext = () => new Promise((resolve) => setImmediate(resolve))
    world.google.control.forgetCalls()
    world.google.control.failNext({ kind: 'hang', operation: 'events.list' })
    let answer: boolean | undefined
    // The patience goes by this clock alone, so how busy the machine is does not matter.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true })
    try {
      void isBusyElsewhere(req, expert.profile.id, { start: at, end: at + hour }).then((isBusy) => (answer = isBusy))
      while (!lists().length) await untilNext()
      vi.advanceTimersByTime(1_499)
      await untilNext()
      expect(answer).toBeUndefined()
      vi.advanceTimersByTime(1)
      await untilNext()
      expect(answer).toBe(false)
    } finally {
      vi.useRealTimers()
      world.google.control.clearFaults()
    }
  })
})

describe('a calendar that cannot be read', () => {
  it('closes an expert who was never read; operations see why', async () => {
    const expert = await createExpert(world)
    const at = hourIn(5)
    world.google.control.failNext({ kind: 'server_error', operation: 'events.list', times: 20 })
    await connect(world, expert)
    world.google.control.clearFaults()
    expect(await slotsOn(world, expert, at)).toEqual([])
    const staff = await asStaff(world)
    const seen = await staff.get(`/calendar/connections?consultant=${expert.profile.slug}`)
    expect(seen.json.connections[0]).toMatchObject({ syncedAt: null, lastError: expect.stringContaining('500') })
    const listed = await staff.get(`/calendar-connections?where[consultant][equals]=${expert.profile.id}`)
    expect(listed.json.docs[0].lastError).toContain('500')
    await poll(world, expert)
    expect(await slotsOn(world, expert, at)).toContain(at)
  })

  it('is told to expert and operations after a day, once; a setting says whether the expert stays bookable', async () => {
    const expert = await createExpert(world)
    await asStaff(world)
    const at = hourIn(5)
    add(expert, at)
    await connect(world, expert)
    await execute(
      world,
      sql`UPDATE connected_calendars SET stale_since = now() - interval '25 hours' WHERE consultant_id = ${expert.profile.id}`,
    )
    await execute(
      world,
      sql`UPDATE calendar_connections SET stale_since = now() - interval '25 hours' WHERE consultant_id = ${expert.profile.id}`,
    )
    world.google.control.failNext({ kind: 'server_error', operation: 'events.list', times: 200 })
    await poll(world, expert)
    await poll(world, expert)
    const told = await world.payload.find({
      collection: 'notifications',
      where: { kind: { equals: 'calendar_stale' } },
    })
    expect(new Set(told.docs.map(({ audience }) => audience))).toEqual(new Set(['consultant', 'operations']))
    const recipients = told.docs.map(({ recipient }) => (typeof recipient === 'object' ? recipient?.id : recipient))
    expect(recipients).toHaveLength(new Set(recipients).size)
    expect((await connectionOf(expert)).status).toBe('error')
    expect(await slotsOn(world, expert, at)).toContain(at + 2 * hour)
    expect(await slotsOn(world, expert, at)).not.toContain(at)
    await world.payload.updateGlobal({ slug: 'booking-settings', data: { bookableWhileStale: false } })
    expect(await slotsOn(world, expert, at)).toEqual([])
    world.google.control.clearFaults()
    await poll(world, expert)
    expect((await connectionOf(expert)).status).toBe('connected')
    expect(await slotsOn(world, expert, at)).toContain(at + 2 * hour)
    await world.payload.updateGlobal({ slug: 'booking-settings', data: { bookableWhileStale: true } })
  })
})
