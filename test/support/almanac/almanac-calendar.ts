import { z } from 'zod'
import { CalendarError, type CalendarOutcome, hasOutcome } from '#calendar/calendar-error'
import type { CalendarCaller, CalendarProvider, EntryChange } from '#calendar/calendar-provider'
import type { ExternalEvent } from '#calendar/entries/external-event'

const account = z.object({ url: z.url(), password: z.string() })
const calendars = z.array(z.object({ id: z.string(), name: z.string(), zone: z.string() }))
const event = z.object({
  id: z.string(),
  title: z.string(),
  note: z.string(),
  start: z.string(),
  end: z.string(),
  session: z.string().optional(),
  version: z.string(),
  deleted: z.boolean(),
})
const page = z.object({ events: z.array(event), next: z.string().optional(), token: z.string().optional() })

const outcomes: Partial<Record<number, CalendarOutcome>> = {
  401: 'needs_reauth',
  404: 'gone',
  409: 'id_taken',
  410: 'token_expired',
  412: 'changed',
  429: 'retry',
}

const call = async (caller: CalendarCaller, path: string, init: RequestInit = {}): Promise<unknown> => {
  const { url, password } = account.parse(JSON.parse(caller.credential))
  const headers = { ...init.headers, Authorization: `Basic ${password}` }
  const signal = AbortSignal.timeout(caller.timeoutMs ?? 15_000)
  let response: Response
  let text: string
  try {
    response = await fetch(`${url}/calendars${path}`, { ...init, headers, signal })
    text = await response.text()
  } catch {
    throw new CalendarError('The almanac had no answer.', { outcome: 'unknown' })
  }
  if (response.ok) return text ? JSON.parse(text) : undefined
  const { status } = response
  const after = response.headers.get('retry-after')
  throw new CalendarError(`The almanac answered ${status}.`, {
    outcome: outcomes[status] ?? (status >= 500 ? 'unknown' : 'refused'),
    retryAfterSeconds: after === null ? undefined : Number(after),
  })
}

const timeOf = (text: string): ExternalEvent['start'] =>
  text.includes('T') ? { at: Date.parse(text) } : { date: text }

const toEvent = (read: unknown): ExternalEvent => {
  const found = event.parse(read)
  return {
    id: found.id,
    version: found.version,
    isCancelled: found.deleted,
    isBusy: true,
    start: timeOf(found.start),
    end: timeOf(found.end),
    isOfSeries: false,
    sessionId: found.session ?? null,
    conference: null,
    hasConference: false,
    source: found,
  }
}

const iso = (at: number): string => new Date(at).toISOString()
const timesOf = ({ start, end }: Pick<EntryChange, 'start' | 'end'>) => ({ start: iso(start), end: iso(end) })
const pathOf = (calendarId: string, id?: string): string =>
  `/${calendarId}/events${id === undefined ? '' : `/${encodeURIComponent(id)}`}`

/** The almanac as a calendar provider. */
export const almanacCalendar: CalendarProvider = {
  name: 'almanac',
  label: 'Almanac',
  access: { is: 'secret' },
  listCalendars: async (caller) =>
    calendars.parse(await call(caller, '')).map(({ id, name, zone }, index) => ({
      calendarId: id,
      name,
      timeZone: zone,
      isPrimary: index === 0,
      isWritable: true,
    })),
  entries: {
    room: null,
    create: async (caller, calendarId, draft) => {
      const { id, title, description, sessionId } = draft
      const body = JSON.stringify({ title, note: description, session: sessionId, ...timesOf(draft) })
      return toEvent(
        await call(caller, pathOf(calendarId, id), { method: 'PUT', body, headers: { 'If-None-Match': '*' } }),
      )
    },
    get: async (caller, calendarId, id) => {
      try {
        return toEvent(await call(caller, pathOf(calendarId, id)))
      } catch (error) {
        if (hasOutcome(error, 'gone')) return null
        throw error
      }
    },
    change: async (caller, calendarId, present, change) => {
      const body = JSON.stringify({ ...event.parse(present.source), ...timesOf(change) })
      const headers = { 'If-Match': present.version ?? '' }
      return toEvent(await call(caller, pathOf(calendarId, present.id), { method: 'PUT', body, headers }))
    },
    remove: async (caller, calendarId, present) => {
      const headers = { 'If-Match': present.version ?? '' }
      try {
        await call(caller, pathOf(calendarId, present.id), { method: 'DELETE', headers })
      } catch (error) {
        if (!hasOutcome(error, 'gone')) throw error
      }
    },
  },
  events: {
    readPage: async (caller, calendarId, cursor) => {
      const query = new URLSearchParams({
        ...('since' in cursor ? { since: cursor.since } : { from: iso(cursor.from), until: iso(cursor.until) }),
        ...(cursor.page === null ? {} : { page: cursor.page }),
      })
      const read = page.parse(await call(caller, `${pathOf(calendarId)}?${query.toString()}`))
      return {
        events: read.events.map(toEvent),
        timeZone: null,
        nextPage: read.next ?? null,
        nextToken: read.token ?? null,
      }
    },
  },
  freeBusy: null,
  whole: null,
  channels: null,
  isAskedLive: true,
}
