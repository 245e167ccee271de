import type { calendar_v3 } from 'googleapis/build/src/apis/calendar'
import { settings } from '#settings'
import { type CalendarOutcome, hasOutcome } from '../calendar-error'
import type { CalendarCaller, EventCursor } from '../calendar-provider'
import type { BusyInterval } from '../busy/compute-busy-time'
import { accountOf } from '../call-calendar'
import { callGoogle } from './call-google'
import { GoogleError, outcomeOf, reasonOf } from './google-error'
import { googleTimeoutMs } from './google-fetch'

export type GoogleEvent = calendar_v3.Schema$Event
export type GoogleCalendar = calendar_v3.Schema$CalendarListEntry
export type EventsPage = calendar_v3.Schema$Events

let client: Promise<calendar_v3.Calendar> | undefined

/** The client costs 80 ms and 16 MB to load, so only whoever calls Google does. */
const getClient = (): Promise<calendar_v3.Calendar> =>
  (client ??= import('googleapis/build/src/apis/calendar').then(({ calendar }) =>
    calendar({
      version: 'v3',
      ...(settings.google.apiBase === undefined ? {} : { rootUrl: `${settings.google.apiBase}/` }),
    }),
  ))

type CallOptions = {
  headers: Record<string, string>
  timeout: number
  /** Our queue decides when to try again; the client would on its own. */
  retry: false
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isHeaders = (value: unknown): value is Pick<Headers, 'get'> => isRecord(value) && typeof value.get === 'function'

/** The client's error holds the request with its token, so nothing of it goes on but what Google answered. */
const explain = (operation: string, error: unknown, outcomeOfAnswer: typeof outcomeOf): GoogleError => {
  const response: unknown = isRecord(error) ? error.response : undefined
  if (!isRecord(response) || typeof response.status !== 'number')
    return new GoogleError(operation, { outcome: 'unknown' })
  const { status, data, headers } = response
  const reason = reasonOf(data)
  // Not the Headers of the runtime: the client brings a fetch of its own.
  const after = isHeaders(headers) ? Number(headers.get('retry-after') ?? NaN) : NaN
  return new GoogleError(operation, {
    outcome: outcomeOfAnswer(status, reason),
    status,
    reason,
    retryAfterSeconds: Number.isFinite(after) && after >= 0 ? Math.min(Math.ceil(after), 3_600) : undefined,
  })
}

type CallDetails = {
  headers?: Record<string, string>
  /** Where an answer means something else than usual. */
  outcomeOfAnswer?: typeof outcomeOf
}

const call = async <T>(
  operation: string,
  { credential, timeoutMs = googleTimeoutMs }: CalendarCaller,
  run: (client: calendar_v3.Calendar, options: CallOptions) => Promise<{ data: T }>,
  { headers = {}, outcomeOfAnswer = outcomeOf }: CallDetails = {},
): Promise<T> => {
  const loaded = await getClient()
  return callGoogle({ operation, subject: accountOf(credential) }, async () => {
    try {
      const { data } = await run(loaded, {
        headers: { Authorization: `Bearer ${credential}`, ...headers },
        timeout: timeoutMs,
        retry: false,
      })
      // A proxy's page with status 200 is no answer of Google's.
      if (typeof data === 'string' && data !== '')
        throw new GoogleError(operation, { outcome: 'unknown', reason: 'html' })
      return data
    } catch (error) {
      throw error instanceof GoogleError ? error : explain(operation, error, outcomeOfAnswer)
    }
  })
}

/** All calendars that the account has in its list. @throws GoogleError */
export const listCalendars = async (caller: CalendarCaller): Promise<GoogleCalendar[]> => {
  const calendars: GoogleCalendar[] = []
  let pageToken: string | undefined
  do {
    const params = { maxResults: 250, showHidden: true, ...(pageToken === undefined ? {} : { pageToken }) }
    const page = await call('calendarList.list', caller, (api, options) => api.calendarList.list(params, options))
    calendars.push(...(page.items ?? []))
    pageToken = page.nextPageToken ?? undefined
  } while (pageToken !== undefined)
  return calendars
}

/** What a token or a page says that Google does not know any more. */
const outcomeOfListing =
  (cursor: EventCursor) =>
  (status: number | undefined, reason: string | undefined): CalendarOutcome =>
    status === 410 || (status === 400 && 'from' in cursor) ? 'token_expired' : outcomeOf(status, reason)

/**
 * One page of events, series taken apart. The token for the next sync is on the last page only.
 * @throws GoogleError; `token_expired`: everything has to be read from the beginning.
 */
export const listEventsPage = (
  caller: CalendarCaller,
  calendarId: string,
  cursor: EventCursor,
  maxResults = 2_500,
): Promise<EventsPage> => {
  const params = {
    calendarId,
    singleEvents: true,
    maxResults,
    maxAttendees: 1,
    ...(cursor.page === null ? {} : { pageToken: cursor.page }),
    ...('since' in cursor
      ? { syncToken: cursor.since }
      : { timeMin: new Date(cursor.from).toISOString(), timeMax: new Date(cursor.until).toISOString() }),
  }
  return call('events.list', caller, (api, options) => api.events.list(params, options), {
    outcomeOfAnswer: outcomeOfListing(cursor),
  })
}

/** @throws GoogleError; `id_taken`, perhaps by an earlier call of ours. */
export const insertEvent = (caller: CalendarCaller, calendarId: string, event: GoogleEvent): Promise<GoogleEvent> =>
  call('events.insert', caller, (api, options) =>
    api.events.insert({ calendarId, conferenceDataVersion: 1, sendUpdates: 'none', requestBody: event }, options),
  )

/** The event as it is, deleted ones too; null when that id was never used. @throws GoogleError */
export const getEvent = async (
  caller: CalendarCaller,
  calendarId: string,
  eventId: string,
): Promise<GoogleEvent | null> => {
  try {
    return await call('events.get', caller, (api, options) => api.events.get({ calendarId, eventId }, options))
  } catch (error) {
    if (hasOutcome(error, 'gone')) return null
    throw error
  }
}

/** Replaces an event if it still is the version that was read. @throws GoogleError; `changed` when it is not. */
export const updateEvent = (
  caller: CalendarCaller,
  calendarId: string,
  event: GoogleEvent & { id: string },
  etag: string,
): Promise<GoogleEvent> =>
  call(
    'events.update',
    caller,
    (api, options) =>
      api.events.update(
        { calendarId, eventId: event.id, conferenceDataVersion: 1, sendUpdates: 'none', requestBody: event },
        options,
      ),
    { headers: { 'If-Match': etag } },
  )

/** Removes an event if it still is the version that was read; one that is gone is as good. @throws GoogleError; `changed`. */
export const deleteEvent = async (
  caller: CalendarCaller,
  calendarId: string,
  eventId: string,
  etag: string,
): Promise<void> => {
  try {
    await call(
      'events.delete',
      caller,
      (api, options) => api.events.delete({ calendarId, eventId, sendUpdates: 'none' }, options),
      { headers: { 'If-Match': etag } },
    )
  } catch (error) {
    if (!hasOutcome(error, 'gone')) throw error
  }
}

const toInterval = ({ start, end }: calendar_v3.Schema$TimePeriod): BusyInterval[] => {
  const interval = { start: Date.parse(start ?? ''), end: Date.parse(end ?? '') }
  return interval.end > interval.start ? [interval] : []
}

/**
 * When calendars are busy within at most 90 days. At most 50 calendars. One that Google cannot say anything of is an error in the answer,
 * never free.
 * @throws GoogleError
 */
export const queryFreeBusy = async (
  caller: CalendarCaller,
  calendarIds: readonly string[],
  window: BusyInterval,
): Promise<Map<string, BusyInterval[] | { error: string }>> => {
  const requestBody = {
    timeMin: new Date(window.start).toISOString(),
    timeMax: new Date(window.end).toISOString(),
    items: calendarIds.map((id) => ({ id })),
  }
  const answer = await call('freebusy.query', caller, (api, options) => api.freebusy.query({ requestBody }, options))
  return new Map(
    calendarIds.map((id) => {
      const calendar = answer.calendars?.[id]
      if (!calendar) return [id, { error: 'missing' }]
      const [error] = calendar.errors ?? []
      return [id, error ? { error: error.reason ?? 'unknown' } : (calendar.busy ?? []).flatMap(toInterval)]
    }),
  )
}

/** Asks to be told of changes at `address`. → The provider's name of what is watched, and until when (epoch ms). @throws GoogleError */
export const watchEvents = async (
  caller: CalendarCaller,
  calendarId: string,
  channel: { id: string; token: string; address: string; expiresAt: number },
): Promise<{ resourceId: string; expiresAt: number }> => {
  const requestBody = {
    id: channel.id,
    token: channel.token,
    type: 'web_hook',
    address: channel.address,
    expiration: String(channel.expiresAt),
  }
  const answer = await call('events.watch', caller, (api, options) =>
    api.events.watch({ calendarId, requestBody }, options),
  )
  return { resourceId: answer.resourceId ?? '', expiresAt: Number(answer.expiration ?? channel.expiresAt) }
}

/** Ends a channel; one that has ended is as good. @throws GoogleError */
export const stopChannel = async (
  caller: CalendarCaller,
  channel: { id: string; resourceId: string },
): Promise<void> => {
  try {
    await call('channels.stop', caller, (api, options) => api.channels.stop({ requestBody: channel }, options))
  } catch (error) {
    if (!hasOutcome(error, 'gone')) throw error
  }
}
