import type { calendar_v3 } from '@googleapis/calendar'
import type { OpenCalendar } from '../calendars/find-calendar'
import { type Span, spanOf } from '../calendars/times'
import type { EventBody, StoredCalendar, StoredEvent } from '../records'
import { eventsOf, findEvent, nowOf, type World } from '../world'
import { assertListQuery, canBeSynced, type ListQuery } from './list-query'
import { readPageToken, readSyncToken, writeToken } from './list-tokens'
import { etagOf, presentDeleted, presentEvent } from './present-event'
import {
  type Occurrence,
  occurrencesBetween,
  occurrencesFrom,
  type Plan,
  planOf,
  splitOccurrenceId,
  toOccurrenceBody,
} from './series'

/** One entry of a list before it is presented. */
type Entry = { event: StoredEvent; span: Span | undefined; isDeleted: boolean }

const entryOf = (event: StoredEvent, calendar: StoredCalendar): Entry => ({
  event,
  span: spanOf(event.body, calendar.timeZone),
  isDeleted: event.body.status === 'cancelled',
})

/** A broken event has no time, and so is in none that leaves it out. */
const isInWindow = ({ span }: Entry, { timeMin, timeMax }: ListQuery): boolean =>
  span === undefined ||
  ((timeMax === undefined || span.start < timeMax) && (timeMin === undefined || span.end > timeMin))

const toOccurrenceEvent = (series: StoredEvent, occurrence: Occurrence): StoredEvent => ({
  ...series,
  id: occurrence.id,
  body: toOccurrenceBody(series, occurrence),
  formerPlans: [],
  conferenceDueAt: null,
})

/** Long before anything that is in a calendar. */
const longAgo = Date.UTC(0, 0, 1)

type Window = Pick<ListQuery, 'timeMin' | 'timeMax'>

const occurrencesIn = (world: World, series: StoredEvent, plan: Plan, { timeMin = longAgo, timeMax }: Window) =>
  timeMax === undefined
    ? occurrencesFrom(series.id, plan, timeMin, nowOf(world))
    : occurrencesBetween(series.id, plan, timeMin, timeMax)

/** The occurrences of a series that nobody changed one by one. */
const plainOccurrences = (world: World, series: StoredEvent, plan: Plan, window: Window): StoredEvent[] =>
  occurrencesIn(world, series, plan, window)
    .filter(({ id }) => !findEvent(world, series.calendarId, id))
    .map((occurrence) => toOccurrenceEvent(series, occurrence))

const takesPlace = (
  world: World,
  { series, plan, calendar }: { series: StoredEvent; plan: Plan; calendar: StoredCalendar },
  query: ListQuery,
): boolean =>
  (query.timeMin === undefined && query.timeMax === undefined) ||
  occurrencesIn(world, series, plan, query).some((occurrence) =>
    isInWindow(entryOf(toOccurrenceEvent(series, occurrence), calendar), query),
  )

/** Everything that a list without a sync token contains, in the order in which it was made. */
const fullEntries = (world: World, calendar: StoredCalendar, query: ListQuery): Entry[] => {
  const showsDeleted = Boolean(query.showDeleted) || query.updatedMin !== undefined
  const entries: Entry[] = []
  for (const event of eventsOf(world, calendar.id)) {
    const isDeleted = event.body.status === 'cancelled'
    const plan = planOf(event.body)
    if (plan && query.singleEvents) {
      if (isDeleted && !showsDeleted) continue
      entries.push(...plainOccurrences(world, event, plan, query).map((one) => entryOf(one, calendar)))
      continue
    }
    if (isDeleted && !showsDeleted) {
      // Without the occurrences that are gone, a client that expands the series itself would show them.
      const series = event.body.recurringEventId && findEvent(world, calendar.id, event.body.recurringEventId)
      if (query.singleEvents || !series || series.body.status === 'cancelled') continue
    }
    if (plan && !takesPlace(world, { series: event, plan, calendar }, query)) continue
    const entry = entryOf(event, calendar)
    if (plan) entry.span = undefined
    entries.push(entry)
  }
  return entries.filter((entry) => isInWindow(entry, query))
}

/** A series that ends takes along the occurrences of about half a year; Google reports no more of them. */
const reportedAheadMs = 183 * 86_400_000

/** The occurrences that a series had at `change` and has no more. */
const vanishedOccurrences = (world: World, series: StoredEvent, change: number): StoredEvent[] => {
  const plan = planOf(series.body)
  const isDeleted = series.body.status === 'cancelled'
  const horizon = nowOf(world) + reportedAheadMs
  const before: Plan[] = series.formerPlans.filter((former) => former.changed > change).slice(0, 1)
  if (isDeleted && plan && !before.length) before.push(plan)
  const present = new Set(plan && !isDeleted ? occurrencesIn(world, series, plan, {}).map(({ id }) => id) : [])
  return before
    .flatMap((former) => occurrencesBetween(series.id, former, longAgo, horizon))
    .filter(({ id }) => !present.has(id) && !findEvent(world, series.calendarId, id))
    .map((occurrence) => {
      const event = toOccurrenceEvent(series, occurrence)
      return { ...event, body: { ...event.body, status: 'cancelled' } }
    })
}

/** Everything that changed after `change`, in that order. Deleted events are among it, however long they lived. */
const changedEntries = (world: World, calendar: StoredCalendar, change: number, query: ListQuery): Entry[] => {
  const events: StoredEvent[] = []
  for (const event of eventsOf(world, calendar.id)) {
    if (event.changed <= change) continue
    const plan = planOf(event.body)
    if (!plan || !query.singleEvents) {
      events.push(event)
      continue
    }
    if (event.body.status !== 'cancelled') {
      events.push(...plainOccurrences(world, event, plan, {}))
    }
    events.push(...vanishedOccurrences(world, event, change))
  }
  return events.map((event) => entryOf(event, calendar)).sort((a, b) => a.event.changed - b.event.changed)
}

const wordsOf = ({ summary, description, location, attendees, organizer }: EventBody): string =>
  [summary, description, location, organizer?.email, organizer?.displayName]
    .concat(attendees?.flatMap((attendee) => [attendee.email, attendee.displayName]))
    .filter(Boolean)
    .join('\n')
    .toLowerCase()

const hasProperties = (
  properties: Record<string, string> | undefined,
  wanted: readonly string[] | undefined,
): boolean =>
  (wanted ?? []).every((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return properties !== undefined && Object.hasOwn(properties, name) && properties[name] === value
  })

const fits = ({ event: { body } }: Entry, query: ListQuery): boolean =>
  (!query.eventTypes || query.eventTypes.some((type) => type === (body.eventType ?? 'default'))) &&
  (query.iCalUID === undefined || body.iCalUID === query.iCalUID) &&
  (query.updatedMin === undefined || Date.parse(body.updated ?? '') >= query.updatedMin) &&
  (!query.q ||
    query.q
      .toLowerCase()
      .split(/\s+/)
      .every((word) => wordsOf(body).includes(word))) &&
  hasProperties(body.extendedProperties?.private, query.privateExtendedProperty) &&
  hasProperties(body.extendedProperties?.shared, query.sharedExtendedProperty)

type SortKey = (number | string)[]

/** Where an entry stands in the list; no two stand in the same place. */
const keyOf = ({ event, span }: Entry, query: ListQuery): SortKey => {
  const stamp = splitOccurrenceId(event.id)?.stamp ?? ''
  if (query.syncToken !== undefined) return [event.changed, event.number, stamp, event.body.status ?? '']
  if (query.orderBy === 'startTime') return [span?.start ?? 0, event.number, stamp]
  if (query.orderBy === 'updated') return [Date.parse(event.body.updated ?? ''), event.number, stamp]
  return [event.number, stamp]
}

const compare = (a: SortKey, b: SortKey): number => {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined || left === right) continue
    return left < right ? -1 : 1
  }
  return 0
}

/** What has to be asked for again in the same way: by every page, and (`sync`) by every sync that goes on. */
const fixedParameters = (query: ListQuery, what: 'page' | 'sync'): string => {
  const { pageToken: _, maxResults: __, timeZone: ___, maxAttendees: ____, ...rest } = query
  const { eventTypes, singleEvents = false, showHiddenInvitations = false } = query
  const asked = what === 'page' ? rest : { eventTypes: eventTypes?.toSorted(), singleEvents, showHiddenInvitations }
  return JSON.stringify(
    Object.entries(asked)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/**
 * One page of `events.list`.
 * @throws Refusal
 */
export const listEvents = (
  world: World,
  { calendar, role }: OpenCalendar,
  query: ListQuery,
): calendar_v3.Schema$Events => {
  const now = nowOf(world)
  assertListQuery(query, now)
  const fixed = fixedParameters(query, 'page')
  const syncFixed = fixedParameters(query, 'sync')
  const page =
    query.pageToken === undefined ? undefined : readPageToken(query.pageToken, { calendarId: calendar.id, fixed })
  const { syncGeneration: generation } = calendar
  const sync =
    query.syncToken === undefined
      ? undefined
      : readSyncToken(query.syncToken, { calendarId: calendar.id, generation, fixed: syncFixed, now })
  // A change that comes while the pages are read is told by the next sync, whatever this one showed of it.
  const change = page?.change ?? world.lastChange

  const entries = (sync ? changedEntries(world, calendar, sync.change, query) : fullEntries(world, calendar, query))
    .filter((entry) => fits(entry, query))
    .map((entry) => ({ entry, key: keyOf(entry, query) }))
    .sort((a, b) => compare(a.key, b.key))
  const rest = page ? entries.filter(({ key }) => compare(key, page.after) > 0) : entries
  const shown = rest.slice(0, Math.min(query.maxResults ?? 250, world.knobs.pageLimit))
  const last = shown.at(-1)
  const timeZone = query.timeZone ?? calendar.timeZone
  const isMinimal = (entry: Entry): boolean =>
    entry.isDeleted && (Boolean(entry.event.body.recurringEventId) || !query.showDeleted)

  return {
    kind: 'calendar#events',
    etag: etagOf({ changed: world.lastChange }),
    summary: calendar.summary,
    description: '',
    updated: new Date(now).toISOString(),
    timeZone,
    accessRole: role,
    defaultReminders: [],
    ...(last && rest.length > shown.length
      ? { nextPageToken: writeToken({ kind: 'page', calendarId: calendar.id, fixed, after: last.key, change }) }
      : canBeSynced(query)
        ? {
            nextSyncToken: writeToken({
              kind: 'sync',
              calendarId: calendar.id,
              generation,
              change,
              fixed: syncFixed,
              madeAt: now,
            }),
          }
        : {}),
    items: shown.map(({ entry }) =>
      isMinimal(entry)
        ? presentDeleted(entry.event, timeZone)
        : presentEvent(entry.event, { role, timeZone, maxAttendees: query.maxAttendees }),
    ),
  }
}
