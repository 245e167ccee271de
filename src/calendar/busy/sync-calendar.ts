import type { Payload } from 'payload'
import { z } from 'zod'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { isOneOf } from '#shared/state-table'
import { checkEventJob } from '../entries/check-calendar-event'
import { computeBackoffMs } from '../connections/compute-backoff'
import { type BusyInterval, computeBusyTime } from './compute-busy-time'
import { CalendarError, hasOutcome, NeedsReauthError } from '../calendar-error'
import { calendarProviders } from '../calendar-providers'
import type {
  AddressGuard,
  CalendarCaller,
  CalendarProvider,
  EventCursor,
  EventPage,
  WholeVersion,
} from '../calendar-provider'
import { isAt } from '../entries/compute-entry-draft'
import type { ExternalEvent } from '../entries/external-event'
import { usableConnections } from '../connections/connection-states'
import { withCalendarAccess } from '../connections/with-calendar-access'
import { syncCalendarFileJob, syncCalendarJob } from './sync-calendar-job'
import {
  beginRebuild,
  type CalendarRow,
  deleteOldGenerations,
  dropSyncToken,
  findCalendar,
  listPlacedEvents,
  listSiblings,
  lockPosition,
  type OwnEvent,
  storeBusyTimes,
  storeSyncFailure,
} from './sync-queries'
import { dayMs, minuteMs } from '#shared/time'
/** Changes are pushed where they can be; these find what no message told. Files are asked for no more often than this. */
const pollMs = { events: 10 * minuteMs, free_busy: 10 * minuteMs, whole: 15 * minuteMs } as const

/** What lies behind is nobody's business, and nobody is booked further ahead than two years. */
const windowFrom = (now: number) => ({ from: now - dayMs, until: now + 740 * dayMs })

const cursorSchema = z.object({ page: z.string().nullable(), from: z.number(), until: z.number() })
type Cursor = z.infer<typeof cursorSchema>

const parseCursor = (text: string | null): Cursor | undefined => {
  if (text === null) return undefined
  const parsed = cursorSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : undefined
}

const isAsWritten = (event: ExternalEvent, { startsAt, endsAt, isPlaced }: OwnEvent): boolean =>
  event.isCancelled ? !isPlaced : startsAt !== null && endsAt !== null && isAt(event, { startsAt, endsAt })

type Sorted = { put: (BusyInterval & { sourceId: string })[]; gone: string[]; checks: string[]; hasSeries: boolean }

/** What a page says: who is busy when, who is free again, and which of our own entries do not look as we wrote them. */
const sortEvents = (all: readonly ExternalEvent[], own: readonly OwnEvent[], timeZone: string): Sorted => {
  const ownById = new Map(own.map((event) => [event.eventId, event]))
  const events = new Map(all.map((event) => [event.id, event]))
  const sorted: Sorted = { put: [], gone: [], checks: [], hasSeries: false }
  const now = Date.now()
  for (const [sourceId, event] of events) {
    if (event.isOfSeries) sorted.hasSeries = true
    const ours = ownById.get(sourceId)
    if (ours) {
      // It may have been written down as somebody else's before it was known to be ours.
      sorted.gone.push(sourceId)
      if (ours.isDifferent || !isAsWritten(event, ours)) sorted.checks.push(ours.id)
      continue
    }
    const busy = computeBusyTime(event, timeZone)
    if (busy && busy.end > now - dayMs) sorted.put.push({ ...busy, sourceId })
    else sorted.gone.push(sourceId)
  }
  return sorted
}

/** Asks the provider of a calendar, with the credentials that came with it, in no statement of its own. */
const ask = <T>(
  payload: Payload,
  calendar: CalendarRow,
  run: (provider: CalendarProvider, caller: CalendarCaller) => Promise<T>,
): Promise<T> => {
  const { connectionId, provider, accessToken, tokenExpiresAt, feedUrl } = calendar
  return withCalendarAccess(payload, { id: connectionId, provider, accessToken, tokenExpiresAt, feedUrl }, run)
}

/** The provider answered something that makes no sense, or cannot what is asked of it. */
const fault = ({ label }: CalendarProvider, what: string): CalendarError =>
  new CalendarError(`${label}: ${what}.`, { outcome: 'unknown' })

/** One page of events. The last one must say how to go on. */
const readEventPage = (payload: Payload, calendar: CalendarRow, cursor: EventCursor): Promise<EventPage> =>
  ask(payload, calendar, async (provider, caller) => {
    if (provider.events === null) throw fault(provider, 'events cannot be read one by one')
    const page = await provider.events.readPage(caller, calendar.calendarId, cursor)
    if (page.nextPage === null && page.nextToken === null) {
      throw fault(provider, 'the last page of events came without a token for the next reading')
    }
    return page
  })

const idsOf = (events: readonly ExternalEvent[]): string[] => events.map(({ id }) => id)

/**
 * Reads what changed in a calendar since last time. Where a page is not the last one, what it says is kept until the last one says how to go
 * on: a worker that dies in between reads it again.
 */
const readChanges = async (payload: Payload, calendar: CalendarRow, since: string): Promise<void> => {
  const events: ExternalEvent[] = []
  let page: EventPage | undefined
  do {
    page = await readEventPage(payload, calendar, { since, page: page?.nextPage ?? null })
    events.push(...page.events)
  } while (page.nextPage !== null)
  const { nextToken, timeZone } = page
  await withTransaction(payload, async (req) => {
    const own = await lockPosition(req, calendar.id, calendar, idsOf(events))
    if (!own) return
    const { hasSeries, ...sorted } = sortEvents(events, own, timeZone ?? calendar.timeZone)
    await storeBusyTimes(req, calendar, {
      ...sorted,
      generation: calendar.generation,
      rebuildSoon: hasSeries,
      next: { is: 'complete', syncToken: nextToken, isRebuilt: false, nextSyncAt: Date.now() + pollMs.events },
    })
  })
}

/** One page of a reading from the beginning. @returns whether there is another. */
const readPage = async (payload: Payload, calendar: CalendarRow, cursor: Cursor): Promise<boolean> => {
  const generation = calendar.nextGeneration ?? calendar.generation + 1
  const page = await readEventPage(payload, calendar, cursor)
  const { events, nextPage, nextToken } = page
  return withTransaction(payload, async (req) => {
    const own = await lockPosition(req, calendar.id, calendar, idsOf(events))
    if (!own) return false
    const { put, gone, checks } = sortEvents(events, own, page.timeZone ?? calendar.timeZone)
    await storeBusyTimes(req, calendar, {
      generation,
      put,
      gone,
      checks,
      rebuildSoon: false,
      next:
        nextPage === null
          ? { is: 'complete', syncToken: nextToken, isRebuilt: true, nextSyncAt: Date.now() + pollMs.events }
          : {
              is: 'under-way',
              cursor: JSON.stringify({ ...cursor, page: nextPage } satisfies Cursor),
              readEvents: events.length,
            },
    })
    return nextPage !== null
  })
}

/** A reading from the beginning: page by page into a generation that counts once it is complete; memory holds one page. */
const rebuild = async (payload: Payload, first: CalendarRow, startsAnew: boolean): Promise<void> => {
  if (startsAnew || parseCursor(first.pageToken) === undefined || first.nextGeneration === null) {
    const cursor: Cursor = { page: null, ...windowFrom(Date.now()) }
    await withTransaction(payload, (req) => beginRebuild(req, first.id, JSON.stringify(cursor)))
  }
  for (;;) {
    const calendar = await findCalendar(payload, first.id)
    const cursor = calendar && parseCursor(calendar.pageToken)
    // Somebody else has finished it.
    if (!calendar || !cursor || calendar.nextGeneration === null) return
    if (!(await readPage(payload, calendar, cursor))) break
  }
  await deleteOldGenerations(payload, first.id)
  const placed = await listPlacedEvents(payload, first.connectionId)
  if (!placed.length) return
  await withTransaction(payload, (req) => enqueue(req, ...placed.map((id) => checkEventJob(id))))
}

const readEvents = async (payload: Payload, calendar: CalendarRow, isFull: boolean): Promise<void> => {
  const isUnderWay = calendar.nextGeneration !== null
  if (!isFull && !isUnderWay && calendar.syncToken !== null && calendar.generation > 0) {
    try {
      await readChanges(payload, calendar, calendar.syncToken)
      return
    } catch (error) {
      if (!hasOutcome(error, 'token_expired')) throw error
    }
    await rebuild(payload, calendar, true)
    return
  }
  try {
    await rebuild(payload, calendar, isFull && !isUnderWay)
  } catch (error) {
    // The page that was to come next is not known any more.
    if (isUnderWay && hasOutcome(error, 'token_expired')) await dropSyncToken(payload, calendar.id)
    throw error
  }
}

/** Keeps the whole of what blocks a calendar, in place of what was known, unless somebody was faster. */
const storeAll = async (
  payload: Payload,
  calendar: CalendarRow,
  busy: readonly BusyInterval[],
  version?: WholeVersion,
): Promise<void> => {
  const bySource = new Map(busy.map(({ start, end }) => [`${start}-${end}`, { start, end }]))
  await withTransaction(payload, async (req) => {
    const own = await lockPosition(req, calendar.id, calendar, [])
    if (!own) return
    await storeBusyTimes(req, calendar, {
      generation: Math.max(calendar.generation, 1),
      put: [...bySource].map(([sourceId, interval]) => ({ ...interval, sourceId })),
      gone: 'others',
      checks: [],
      rebuildSoon: false,
      next: {
        is: 'complete',
        syncToken: null,
        isRebuilt: calendar.generation === 0,
        nextSyncAt: Date.now() + pollMs[calendar.reading],
        ...version,
      },
    })
  })
}

/** Free and busy times of all such calendars of the account at once, in pieces that its provider answers. */
const readFreeBusy = async (payload: Payload, calendar: CalendarRow): Promise<void> => {
  const provider = calendarProviders.row(calendar.provider)
  const { freeBusy, label } = provider
  if (freeBusy === null) throw fault(provider, 'free and busy times cannot be read')
  const calendars = await listSiblings(payload, calendar, freeBusy.mostCalendars)
  if (!calendars.length) return
  const now = Date.now()
  const end = now + (calendar.horizonDays + 3) * dayMs
  const chunkMs = freeBusy.mostDays * dayMs
  const busy = new Map<string, BusyInterval[]>(calendars.map(({ calendarId }) => [calendarId, []]))
  const faults = new Map<string, string>()
  for (let start = now - dayMs; start < end; start += chunkMs) {
    const window = { start, end: Math.min(start + chunkMs, end) }
    const answer = await withCalendarAccess(payload, calendar.connectionId, (_, caller) =>
      freeBusy.read(caller, [...busy.keys()], window),
    )
    for (const [id, result] of answer) {
      if ('error' in result) faults.set(id, result.error)
      else busy.get(id)?.push(...result)
    }
    // Nothing said is not free.
    for (const id of busy.keys()) if (!answer.has(id)) faults.set(id, 'it was left out of the answer')
  }
  for (const one of calendars) {
    const error = faults.get(one.calendarId)
    if (error === undefined) await storeAll(payload, one, busy.get(one.calendarId) ?? [])
    else await fail(payload, one, `${label} could not say when this calendar is busy (${error}).`, undefined)
  }
}

const readWhole = async (payload: Payload, calendar: CalendarRow, guard: AddressGuard | undefined): Promise<void> => {
  const known = { etag: calendar.etag, lastModified: calendar.lastModified }
  const { timeZone } = calendar
  const read = await ask(payload, calendar, async (provider, caller) => {
    if (provider.whole === null) throw fault(provider, 'calendars cannot be read as a whole')
    return provider.whole.read(caller, {
      window: windowFrom(Date.now()),
      timeZone,
      known: calendar.generation > 0 ? known : null,
      ...(guard ? { guard } : {}),
    })
  })
  if (read.changed) {
    await storeAll(payload, calendar, read.busy, { etag: read.etag, lastModified: read.lastModified })
    return
  }
  await withTransaction(payload, async (req) => {
    if (!(await lockPosition(req, calendar.id, calendar, []))) return
    await storeBusyTimes(req, calendar, {
      generation: calendar.generation,
      put: [],
      gone: [],
      checks: [],
      rebuildSoon: false,
      next: { is: 'complete', syncToken: null, isRebuilt: false, nextSyncAt: Date.now() + pollMs.whole, ...known },
    })
  })
}

const fail = async (
  payload: Payload,
  calendar: CalendarRow,
  error: string,
  retryAfterSeconds: number | undefined,
): Promise<void> => {
  const nextSyncAt = Date.now() + computeBackoffMs(calendar.failures + 1, retryAfterSeconds, Math.random())
  await withTransaction(payload, async (req) => {
    await storeSyncFailure(req, calendar, { error, nextSyncAt })
    const runAt = new Date(nextSyncAt)
    await enqueue(
      req,
      calendar.reading === 'whole' ? syncCalendarFileJob(calendar.id, runAt) : syncCalendarJob(calendar.id, { runAt }),
    )
  })
}

/**
 * Brings the busy times of a calendar up to date. An error changes nothing of what is known: that goes on blocking, and reading is tried
 * again. Running it twice, also at once, is harmless: a page counts only where the reading still stands where it was asked for.
 * @param options.guard which addresses calendar files may be read from, in tests.
 */
export const syncCalendar = async (
  payload: Payload,
  { calendarId, isFull = false }: { calendarId: string; isFull?: boolean },
  options: { guard?: AddressGuard } = {},
): Promise<void> => {
  const calendar = await findCalendar(payload, calendarId)
  if (!calendar || !isOneOf(usableConnections, calendar.connectionStatus)) return
  try {
    switch (calendar.reading) {
      case 'events':
        await readEvents(payload, calendar, isFull)
        return
      case 'free_busy':
        await readFreeBusy(payload, calendar)
        return
      case 'whole':
        await readWhole(payload, calendar, options.guard)
        return
    }
  } catch (error) {
    if (error instanceof NeedsReauthError) return
    if (!(error instanceof CalendarError)) throw error
    await fail(payload, calendar, error.message, error.retryAfterSeconds)
    payload.logger.warn({ err: error, calendarId, msg: 'A calendar will be read again' })
  }
}
