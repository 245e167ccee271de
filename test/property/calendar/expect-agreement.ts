import { expect } from 'vitest'
import type { EventBody } from '#sandbox/google/records'
import { busyOf, type Expert, slotsOn } from '../../support/calendar-world'
import { iso } from '../../support/fixtures'
import { type Booked, lookOf } from './booked'
import type { SyncWorld } from './sync-world'

const minute = 60_000
const day = 1_440 * minute
const sessionMs = 30 * minute

/** What a history knows of itself when it is over. */
export type Facts = {
  world: SyncWorld
  expert: Expert
  sessions: readonly Booked[]
  copies: ReadonlySet<string>
  titles: ReadonlyMap<string, string>
  /** Everything that happens in it is after this, and within some days; epoch ms. */
  from: number
}

type Span = [start: number, end: number]

const overlaps = ([start, end]: Span, others: readonly Span[]): boolean =>
  others.some((other) => start < other[1] && end > other[0])

/** The same time as intervals that neither touch nor overlap. */
const union = (spans: readonly Span[]): Span[] => {
  const joined: Span[] = []
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

type Drift = { kind: string; status: string; start: number | null; end: number | null }

type SessionFacts = {
  id: string
  status: string
  start: number
  desired: number | null
  delivered: number | null
  drifts: Drift[]
}

const sessionFacts = async ({ world, sessions }: Facts): Promise<SessionFacts[]> => {
  const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`
  const { rows } = await world.pool.query<SessionFacts>(
    `SELECT s.id, s.status, ${ms('s.starts_at')} AS start, e.desired_version::int AS desired,
      e.delivered_version::int AS delivered,
      (SELECT coalesce(json_agg(json_build_object('kind', d.kind, 'status', d.status, 'start', ${ms('d.external_starts_at')},
          'end', ${ms('d.external_ends_at')}) ORDER BY d.created_at, d.id), '[]')
        FROM calendar_drifts d WHERE d.scheduled_session_id = s.id) AS drifts
     FROM scheduled_sessions s LEFT JOIN calendar_events e ON e.scheduled_session_id = s.id
     WHERE s.id = ANY($1) ORDER BY s.id`,
    [sessions.map(({ id }) => id)],
  )
  return rows
}

/** What stands in the calendar for sessions, apart from what people made their own. */
const liveEntries = ({ world, expert, copies }: Facts): EventBody[] =>
  world.google.control
    .events(expert.email)
    .filter(
      ({ id, status, extendedProperties }) =>
        status !== 'cancelled' && extendedProperties?.private?.parleySession !== undefined && !copies.has(id ?? ''),
    )

/** What both sides have, to be compared with later. */
export const snapshotOf = async (facts: Facts): Promise<object> => ({
  sessions: await sessionFacts(facts),
  entries: liveEntries(facts).map((entry) => ({ id: entry.id, summary: entry.summary, look: lookOf(entry) })),
  busy: union(await busyOf(facts.world, facts.expert)),
})

const spanOf = ({ start, end }: EventBody): [number | null, number | null] => {
  const at = (time: EventBody['start']) => (time?.dateTime ? Date.parse(time.dateTime) : null)
  return [at(start), at(end)]
}

const isUndecided = ({ kind, status }: Drift) => kind !== 'conflict' && ['open', 'proposed'].includes(status)

/** A session has one entry, at its time or where a person put it and nobody has decided; one that is over has none. */
const expectEntries = (facts: Facts, session: Booked, found: SessionFacts): void => {
  const entries = liveEntries(facts).filter(
    ({ extendedProperties }) => extendedProperties?.private?.parleySession === session.id,
  )
  const undecided = found.drifts.filter(isUndecided)
  const [drift] = undecided
  expect({ status: found.status, start: found.start }, 'nobody but a command changes a session').toEqual({
    status: session.status,
    start: session.start,
  })
  expect(found.delivered, 'everything is delivered').toBe(found.desired)
  const isOver = session.status !== 'scheduled'
  const expected: unknown[] = isOver || drift?.kind === 'deleted' ? [] : [[session.start, session.start + sessionMs]]
  if (drift?.kind === 'moved') {
    expect([drift.start, drift.end], 'a difference is one').not.toEqual(expected[0])
    expected.splice(0, 1, [drift.start, drift.end])
  }
  expect(entries.map(spanOf), `entries of a session that is ${session.status}`).toEqual(expected)
  expect(undecided.length, 'questions').toBe(!isOver && drift ? 1 : 0)
  if (!session.touch) expect(undecided, 'what was decided is not asked again').toEqual([])
  if (!session.wasTouched) {
    const asked = found.drifts.filter(({ kind }) => kind !== 'conflict')
    expect(asked, 'our own changes are no differences').toEqual([])
  }
}

/** What a person did to an entry that was as it should be stands, and is asked about, until somebody decides or changes the session. */
const expectRespect = ({ world, expert }: Facts, { touch, start }: Booked, { drifts }: SessionFacts): void => {
  if (!touch?.isFirm) return
  const event = world.google.control.event(expert.email, touch.eventId)
  expect(lookOf(event), 'what a person did stands').toBe(touch.left)
  const [from, until] = spanOf(event)
  const isDifferent = event.status === 'cancelled' || from !== start || until !== start + sessionMs
  expect(drifts.filter(isUndecided).length, 'what a person did is asked about').toBe(isDifferent ? 1 : 0)
}

/** Google's own word for when the calendars are busy that count; free/busy knows nothing of whose events they are. */
const askGoogle = async ({ world, expert, from }: Facts): Promise<Span[]> => {
  const { rows } = await world.pool.query<{ id: string }>(
    `SELECT calendar_id AS id FROM connected_calendars WHERE counts_as_busy`,
  )
  const { accessToken } = world.google.control.grantAccess(expert.email, [
    'https://www.googleapis.com/auth/calendar.freebusy',
  ])
  const response = await fetch(`${world.google.url}/calendar/v3/freeBusy`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ timeMin: iso(from - 2 * day), timeMax: iso(from + 30 * day), items: rows }),
  })
  const answer = (await response.json()) as { calendars: Record<string, { busy: { start: string; end: string }[] }> }
  return union(
    Object.values(answer.calendars).flatMap(({ busy }) =>
      busy.map(({ start, end }): Span => [Date.parse(start), Date.parse(end)]),
    ),
  )
}

/** What is offered on a day: every half hour at which nothing is. */
const expectSlots = async ({ world, expert, sessions, from }: Facts, busy: readonly Span[]): Promise<void> => {
  const midnight = from - (from % day)
  const taken: Span[] = sessions
    .filter(({ status }) => status === 'scheduled')
    .map(({ start }) => [start, start + sessionMs])
  const grid = Array.from({ length: day / sessionMs }, (_, n) => midnight + n * sessionMs)
  const free = grid.filter((start) => !overlaps([start, start + sessionMs], [...busy, ...taken]))
  expect(await slotsOn(world, expert, midnight), 'slots').toEqual(free)
}

const expectNothingLeft = async ({ world }: Facts): Promise<void> => {
  const { rows } = await world.pool.query(
    `SELECT c.status, c.stale_since AS stale, c.last_error AS error, k.stale_since AS "calendarStale", k.last_error AS "calendarError"
     FROM calendar_connections c JOIN connected_calendars k ON k.connection_id = c.id AND k.counts_as_busy`,
  )
  const well = { status: 'connected', stale: null, error: null, calendarStale: null, calendarError: null }
  expect(rows, 'connection and calendars').toEqual(rows.map(() => well))
  expect(rows.length).toBeGreaterThan(0)
}

/**
 * Whether both sides agree, by what Google itself says and by what the history knows to have been done. In the end our own entries are taken
 * out of the calendar, so that what Google then calls busy is what people entered.
 */
export const expectAgreement = async (facts: Facts): Promise<void> => {
  const { world, expert, sessions, titles } = facts
  const { control } = world.google
  const found = new Map((await sessionFacts(facts)).map((one) => [one.id, one]))
  for (const session of sessions) {
    const one = found.get(session.id)
    if (!one) throw new Error('Sessions are never deleted.')
    expectEntries(facts, session, one)
    expectRespect(facts, session, one)
  }
  const known = sessions.map(({ id }) => id)
  const owners = liveEntries(facts).map(({ extendedProperties }) => extendedProperties?.private?.parleySession)
  expect(
    owners.filter((id) => id === undefined || !known.includes(id)),
    'entries without a session',
  ).toEqual([])
  for (const [id, title] of titles) {
    const { status, summary } = control.event(expert.email, id)
    if (status !== 'cancelled') expect(summary, 'words of an entry are its owner’s').toBe(title)
  }
  await expectNothingLeft(facts)
  const stored = union(await busyOf(world, expert))
  for (const { id } of liveEntries(facts)) control.deleteEvent(expert.email, id ?? '')
  const busy = await askGoogle(facts)
  expect(stored, 'busy times').toEqual(busy)
  for (const session of sessions) {
    if (session.status !== 'scheduled') continue
    const conflicts = found
      .get(session.id)
      ?.drifts.filter(({ kind, status }) => kind === 'conflict' && ['open', 'kept'].includes(status))
    const isInTheWay = overlaps([session.start, session.start + sessionMs], busy)
    expect(conflicts?.length, 'appointments at the time of a session').toBe(isInTheWay ? 1 : 0)
  }
  await expectSlots(facts, busy)
}
