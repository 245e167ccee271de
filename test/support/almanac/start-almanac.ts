import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** An event as the almanac keeps it: instants in ISO 8601, or whole days. */
export type AlmanacEvent = {
  id: string
  title: string
  note: string
  start: string
  end: string
  session?: string | undefined
}

type Stored = AlmanacEvent & { version: number; isDeleted: boolean }
type Calendar = { id: string; name: string; zone: string; events: Map<string, Stored>; changes: number; oldest: number }
type Fault = { status: number; retryAfter?: number }

export type Almanac = Awaited<ReturnType<typeof startAlmanac>>

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : undefined
}

const shown = ({ isDeleted, version, ...event }: Stored) => ({ ...event, version: String(version), deleted: isDeleted })

/** Events of at most so many a page. */
const pageSize = 2

/**
 * A calendar server that nobody has heard of, for the contract of calendar providers: one account with a password, no messages about
 * changes, no free and busy times, and deleted entries that are gone. What the world does in it is `control`.
 */
export const startAlmanac = async () => {
  let password = 'sesame'
  const calendars = new Map<string, Calendar>()
  const faults: Fault[] = []
  const calls: string[] = []

  const addCalendar = (id: string, name: string): void =>
    void calendars.set(id, { id, name, zone: 'Europe/Berlin', events: new Map(), changes: 0, oldest: 0 })
  addCalendar('home', 'Home')

  const mustHave = (id: string): Calendar => {
    const calendar = calendars.get(id)
    if (!calendar) throw new Error(`There is no calendar ${id}.`)
    return calendar
  }
  const put = (calendar: Calendar, event: AlmanacEvent, isDeleted = false): Stored => {
    const stored = { ...event, version: ++calendar.changes, isDeleted }
    calendar.events.set(event.id, stored)
    return stored
  }
  const mustFind = (calendarId: string, id: string): Stored => {
    const event = mustHave(calendarId).events.get(id)
    if (!event || event.isDeleted) throw new Error(`There is no event ${id}.`)
    return event
  }

  const list = (calendar: Calendar, query: URLSearchParams) => {
    const since = query.get('since')
    if (since !== null && Number(since) < calendar.oldest) return { status: 410 }
    const offset = Number(query.get('page') ?? 0)
    const fits = ({ start, end, version, isDeleted }: Stored) =>
      since !== null
        ? version > Number(since)
        : !isDeleted && start < (query.get('until') ?? '') && end > (query.get('from') ?? '')
    const all = [...calendar.events.values()].filter(fits)
    const next = offset + pageSize
    const more = next < all.length ? { next: String(next) } : { token: String(calendar.changes) }
    return { status: 200, body: { events: all.slice(offset, next).map(shown), ...more } }
  }

  const one = async (request: IncomingMessage, calendar: Calendar, id: string) => {
    const present = calendar.events.get(id)
    const isThere = present !== undefined && !present.isDeleted
    const isOther =
      isThere && request.headers['if-match'] !== undefined && request.headers['if-match'] !== String(present.version)
    switch (request.method) {
      case 'GET':
        return isThere ? { status: 200, body: shown(present) } : { status: 404 }
      case 'PUT': {
        const event = (await readBody(request)) as AlmanacEvent
        if (request.headers['if-none-match'] === '*' && isThere) return { status: 409 }
        if (request.headers['if-match'] !== undefined && !isThere) return { status: 404 }
        return isOther ? { status: 412 } : { status: 200, body: shown(put(calendar, { ...event, id })) }
      }
      case 'DELETE':
        if (!isThere) return { status: 404 }
        if (isOther) return { status: 412 }
        put(calendar, present, true)
        return { status: 204 }
      default:
        return { status: 405 }
    }
  }

  const answer = async (request: IncomingMessage): Promise<{ status: number; body?: unknown; retryAfter?: number }> => {
    const url = new URL(request.url ?? '/', 'http://almanac')
    const [, , calendarId, , eventId] = url.pathname.split('/')
    calls.push(`${String(request.method)} ${url.pathname}`)
    const fault = faults.shift()
    if (fault) return fault
    if (request.headers.authorization !== `Basic ${password}`) return { status: 401 }
    if (calendarId === undefined) {
      return { status: 200, body: [...calendars.values()].map(({ id, name, zone }) => ({ id, name, zone })) }
    }
    const calendar = calendars.get(calendarId)
    if (!calendar) return { status: 404 }
    return eventId === undefined ? list(calendar, url.searchParams) : one(request, calendar, eventId)
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body, retryAfter } = await answer(request)
    request.resume()
    response
      .writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) })
      .end(body === undefined ? undefined : JSON.stringify(body))
  }

  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  let made = 0

  return {
    /** What opens the account. */
    secret: (): string =>
      JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, password }),
    close: async (): Promise<void> => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
    control: {
      addCalendar,
      addEvent: (calendarId: string, event: { start: string; end: string }): string => {
        const id = `event-${++made}`
        put(mustHave(calendarId), { id, title: 'Dentist', note: '', ...event })
        return id
      },
      changeEvent: (calendarId: string, id: string, change: Partial<AlmanacEvent>): void =>
        void put(mustHave(calendarId), { ...mustFind(calendarId, id), ...change }),
      deleteEvent: (calendarId: string, id: string): void =>
        void put(mustHave(calendarId), mustFind(calendarId, id), true),
      event: (calendarId: string, id: string): AlmanacEvent => mustFind(calendarId, id),
      events: (calendarId: string): AlmanacEvent[] =>
        [...mustHave(calendarId).events.values()].filter(({ isDeleted }) => !isDeleted),
      /** Every token that was given so far is refused. */
      forgetTokens: (calendarId: string): void => {
        const calendar = mustHave(calendarId)
        calendar.oldest = ++calendar.changes
      },
      failNext: (fault: Fault): void => void faults.push(fault),
      setPassword: (next: string): void => void (password = next),
      calls: (): readonly string[] => calls,
    },
  }
}
