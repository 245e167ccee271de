import type { Payload } from 'payload'
import { z } from 'zod'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { isOneOf } from '#shared/state-table'
import { checkEventJob } from '../entries/check-calendar-event'
import { computeBackoffMs } from '../connections/compute-backoff'
import { type BusyInterval, computeBusyTime } from './compute-busy-time'
import { isCancelled, isAt } from '../entries/compute-event-body'
import { usableConnections } from '../connections/connection-states'
import { FeedError, type FeedGuard, fetchFeed } from '../file/fetch-feed'
import { parseFeedInThread } from '../file/parse-feed-in-thread'
import { type EventsPage, type GoogleEvent, listEventsPage, queryFreeBusy } from '../google/calendar-api'
import { GoogleError, NeedsReauthError } from '../google/google-error'
import { withGoogleAccess } from '../google/with-access'
import { openSecret } from '../connections/seal-secret'
import { syncCalendarJob } from './sync-calendar-job'
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
/** Changes are pushed where they can be; these find what no message told. Feeds are asked for no more often than this. */
const pollMs = { events: 10 * minuteMs, free_busy: 10 * minuteMs, ics: 15 * minuteMs } as const

/** What lies behind is nobody's business, and nobody is booked further ahead than two years. */
const windowFrom = (now: number) => ({ from: now - dayMs, until: now + 740 * dayMs })

const cursorSchema = z.object({ page: z.string().nullable(), from: z.number(), until: z.number() })
type Cursor = z.infer<typeof cursorSchema>

const parseCursor = (text: string | null): Cursor | undefined => {
  if (text === null) return undefined
  const parsed = cursorSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : undefined
}

const isAsWritten = (event: GoogleEvent, { startsAt, endsAt, isPlaced }: OwnEvent): boolean =>
  isCancelled(event) ? !isPlaced : startsAt !== null && endsAt !== null && isAt(event, { startsAt, endsAt })

type Sorted = { put: (BusyInterval & { sourceId: string })[]; gone: string[]; checks: string[]; hasSeries: boolean }

/** What a page says: who is busy when, who is free again, and which of our own entries do not look as we wrote them. */
const sortPage = (page: EventsPage, own: readonly OwnEvent[], timeZone: string): Sorted => {
  const ownById = new Map(own.map((event) => [event.eventId, event]))
  const events = new Map((page.items ?? []).flatMap((event) => (event.id ? [[event.id, event] as const] : [])))
  const sorted: Sorted = { put: [], gone: [], checks: [], hasSeries: false }
  const now = Date.now()
  for (const [sourceId, event] of events) {
    if (event.recurringEventId) sorted.hasSeries = true
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

/** How Google is asked: with the token that came with the calendar, in no statement of its own. */
const accessOf = ({ connectionId, accessToken, tokenExpiresAt }: CalendarRow) => ({
  id: connectionId,
  accessToken,
  tokenExpiresAt,
})

const idsOf = (page: EventsPage): string[] => (page.items ?? []).flatMap(({ id }) => id ?? [])

/**
 * Reads what changed in a calendar since last time. Where a page is not the last one, what it says is kept until the last one says how to go
 * on: a worker that dies in between reads it again.
 */
const readChanges = async (payload: Payload, calendar: CalendarRow, syncToken: string): Promise<void> => {
  const items: GoogleEvent[] = []
  let page: EventsPage = {}
  let pageToken: string | null = null
  do {
    const cursor = { syncToken, pageToken }
    page = await withGoogleAccess(payload, accessOf(calendar), (caller) =>
      listEventsPage(caller, calendar.calendarId, cursor),
    )
    items.push(...(page.items ?? []))
    pageToken = page.nextPageToken ?? null
  } while (pageToken !== null)
  const nextSyncToken = page.nextSyncToken
  if (!nextSyncToken) throw new GoogleError('events.list', { outcome: 'unknown', reason: 'no sync token' })
  const changes: EventsPage = { ...page, items }
  await withTransaction(payload, async (req) => {
    const own = await lockPosition(req, calendar.id, calendar, idsOf(changes))
    if (!own) return
    const { hasSeries, ...sorted } = sortPage(changes, own, page.timeZone ?? calendar.timeZone)
    await storeBusyTimes(req, calendar, {
      ...sorted,
      generation: calendar.generation,
      rebuildSoon: hasSeries,
      next: { is: 'complete', syncToken: nextSyncToken, isRebuilt: false, nextSyncAt: Date.now() + pollMs.events },
    })
  })
}

/** One page of a reading from the beginning. @returns whether there is another. */
const readPage = async (payload: Payload, calendar: CalendarRow, cursor: Cursor): Promise<boolean> => {
  const generation = calendar.nextGeneration ?? calendar.generation + 1
  const page = await withGoogleAccess(payload, accessOf(calendar), (caller) =>
    listEventsPage(caller, calendar.calendarId, { from: cursor.from, until: cursor.until, pageToken: cursor.page }),
  )
  const { nextPageToken, nextSyncToken } = page
  if (!nextPageToken && !nextSyncToken)
    throw new GoogleError('events.list', { outcome: 'unknown', reason: 'no sync token' })
  return withTransaction(payload, async (req) => {
    const own = await lockPosition(req, calendar.id, calendar, idsOf(page))
    if (!own) return false
    const { put, gone, checks } = sortPage(page, own, page.timeZone ?? calendar.timeZone)
    await storeBusyTimes(req, calendar, {
      generation,
      put,
      gone,
      checks,
      rebuildSoon: false,
      next: nextPageToken
        ? {
            is: 'under-way',
            cursor: JSON.stringify({ ...cursor, page: nextPageToken } satisfies Cursor),
            readEvents: page.items?.length ?? 0,
          }
        : {
            is: 'complete',
            syncToken: nextSyncToken ?? null,
            isRebuilt: true,
            nextSyncAt: Date.now() + pollMs.events,
          },
    })
    return Boolean(nextPageToken)
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
      if (!(error instanceof GoogleError) || error.status !== 410) throw error
    }
    await rebuild(payload, calendar, true)
    return
  }
  try {
    await rebuild(payload, calendar, isFull && !isUnderWay)
  } catch (error) {
    // The page that was to come next is not known any more.
    if (isUnderWay && error instanceof GoogleError && (error.status === 400 || error.status === 410)) {
      await dropSyncToken(payload, calendar.id)
    }
    throw error
  }
}

/** Keeps the whole of what blocks a calendar, in place of what was known, unless somebody was faster. */
const storeAll = async (
  payload: Payload,
  calendar: CalendarRow,
  busy: readonly BusyInterval[],
  more: { etag?: string | null; lastModified?: string | null } = {},
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
        ...more,
      },
    })
  })
}

const chunkMs = 90 * dayMs

/** Free and busy times of all such calendars of the account at once, in pieces that Google answers. */
const readFreeBusy = async (payload: Payload, calendar: CalendarRow): Promise<void> => {
  const calendars = await listSiblings(payload, calendar)
  if (!calendars.length) return
  const now = Date.now()
  const end = now + (calendar.horizonDays + 3) * dayMs
  const busy = new Map<string, BusyInterval[]>(calendars.map(({ calendarId }) => [calendarId, []]))
  const faults = new Map<string, string>()
  for (let start = now - dayMs; start < end; start += chunkMs) {
    const window = { start, end: Math.min(start + chunkMs, end) }
    const answer = await withGoogleAccess(payload, calendar.connectionId, (caller) =>
      queryFreeBusy(caller, [...busy.keys()], window),
    )
    for (const [id, result] of answer) {
      if ('error' in result) faults.set(id, result.error)
      else busy.get(id)?.push(...result)
    }
  }
  for (const one of calendars) {
    const fault = faults.get(one.calendarId)
    if (fault === undefined) await storeAll(payload, one, busy.get(one.calendarId) ?? [])
    else await fail(payload, one, `Google could not say when this calendar is busy (${fault}).`, undefined)
  }
}

const readFeed = async (payload: Payload, calendar: CalendarRow, guard: FeedGuard | undefined): Promise<void> => {
  if (calendar.feedUrl === null) return
  const isKnown = calendar.generation > 0
  const known = { etag: calendar.etag, lastModified: calendar.lastModified }
  const url = openSecret(calendar.connectionId, 'feed_url', calendar.feedUrl)
  const feed = await fetchFeed(url, { ...(isKnown ? { known } : {}), ...(guard ? { guard } : {}) })
  if (!feed.changed) {
    await withTransaction(payload, async (req) => {
      if (!(await lockPosition(req, calendar.id, calendar, []))) return
      await storeBusyTimes(req, calendar, {
        generation: calendar.generation,
        put: [],
        gone: [],
        checks: [],
        rebuildSoon: false,
        next: { is: 'complete', syncToken: null, isRebuilt: false, nextSyncAt: Date.now() + pollMs.ics, ...known },
      })
    })
    return
  }
  const { from, until } = windowFrom(Date.now())
  const { timeZone } = calendar
  const { busy } = await parseFeedInThread(feed.text, { from, until, timeZone, ownEmails: [] })
  await storeAll(payload, calendar, busy, { etag: feed.etag, lastModified: feed.lastModified })
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
    await enqueue(req, syncCalendarJob(calendar.id, { runAt: new Date(nextSyncAt) }))
  })
}

/**
 * Brings the busy times of a calendar up to date. An error changes nothing of what is known: that goes on blocking, and reading is tried
 * again. Running it twice, also at once, is harmless: a page counts only where the reading still stands where it was asked for.
 * @param options.feedGuard which addresses calendar files may be read from, in tests.
 */
export const syncCalendar = async (
  payload: Payload,
  { calendarId, isFull = false }: { calendarId: string; isFull?: boolean },
  options: { feedGuard?: FeedGuard } = {},
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
      case 'ics':
        await readFeed(payload, calendar, options.feedGuard)
        return
    }
  } catch (error) {
    if (error instanceof NeedsReauthError) return
    if (error instanceof FeedError) await fail(payload, calendar, error.message, undefined)
    else if (error instanceof GoogleError) await fail(payload, calendar, error.message, error.retryAfterSeconds)
    else throw error
    payload.logger.warn({ err: error, calendarId, msg: 'A calendar will be read again' })
  }
}
