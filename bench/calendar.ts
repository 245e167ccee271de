import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Payload } from 'payload'
import { storeConnection, storeDisconnect } from '#calendar/connections/connection-queries'
import { calendarScopes } from '#calendar/google/oauth'
import { listBusyCalendars } from '#calendar/connections/calendar-list-queries'
import { readCalendarList } from '#calendar/connections/read-calendar-list'
import { syncCalendar } from '#calendar/busy/sync-calendar'
import { withTransaction } from '#database/transactions'
import type { GoogleSandbox } from '#sandbox/google/start-google-sandbox'
import { countStatements, type Statements } from '../test/support/count-statements'

const [dayMs, hourMs] = [86_400_000, 3_600_000]

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What is held in memory once everything that nobody holds is gone, MB. */
const heldMemory = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1_048_576
}

const iso = (epochMs: number) => new Date(epochMs).toISOString()

/** Seven half hours an evening from tomorrow on, when nobody can be booked anyway: with them as without, the same times are offered. */
const startOf = (n: number): number =>
  Math.ceil(Date.now() / dayMs) * dayMs + Math.floor(n / 7) * dayMs + (18 + (n % 7)) * hourMs

const words = 'Agenda: what was decided last time, what is open, and who does what until when. '.repeat(8)

const addEvent = ({ control }: GoogleSandbox, email: string, n: number): void => {
  const start = startOf(n)
  control.addEvent(email, {
    start: iso(start),
    end: iso(start + hourMs / 2),
    summary: `Appointment ${n}`,
    description: words,
  })
}

/** An account at the sandbox with so many events to come. @returns its address, which is also the id of its calendar. */
const createAccount = (google: GoogleSandbox, events: number): string => {
  const email = `bench-${events}@google.example`
  google.control.addPerson({ email, name: 'Bench', timeZone: 'Europe/Berlin' })
  for (let n = 0; n < events; n++) addEvent(google, email, n)
  return email
}

type Connected = { connectionId: string; calendarId: string }

/** Connects an account to a consultant, as far as that its calendars are known; none is read yet. */
const connect = async (
  payload: Payload,
  google: GoogleSandbox,
  { consultantId, email }: { consultantId: string; email: string },
): Promise<Connected> => {
  const granted = google.control.grantAccess(email, calendarScopes)
  const credentials = { ...granted, expiresAt: Date.now() + hourMs, scopes: [...calendarScopes] }
  const connectionId = await withTransaction(payload, (req) =>
    storeConnection(req, { consultantId, provider: 'google', account: { id: email, name: email }, credentials }),
  )
  if (connectionId === undefined) throw new Error('The account was not kept.')
  await readCalendarList(payload, connectionId)
  const [calendarId] = await withTransaction(payload, (req) => listBusyCalendars(req, connectionId))
  if (calendarId === undefined) throw new Error('The account has no calendar that blocks time.')
  return { connectionId, calendarId }
}

/** What reading a calendar took. */
export type Reading = {
  statements: Statements
  pages: number
  seconds: number
  /** The most that was held while a page was stored, above what was held before; MB. Only where it was asked for: looking takes time. */
  memory: number
}

const read = async (
  payload: Payload,
  google: GoogleSandbox,
  { calendarId, watchesMemory = false }: { calendarId: string; watchesMemory?: boolean },
): Promise<Reading> => {
  google.control.forgetCalls()
  const before = watchesMemory ? heldMemory() : 0
  let most = before
  const startedAt = performance.now()
  const look = (statement: string) => {
    if (watchesMemory && statement.includes('INSERT INTO busy_times')) most = Math.max(most, heldMemory())
  }
  const statements = await countStatements(payload, () => syncCalendar(payload, { calendarId }), { onStatement: look })
  return {
    statements,
    pages: google.control.calls('events.list').length,
    seconds: (performance.now() - startedAt) / 1_000,
    memory: most - before,
  }
}

export type CalendarBench = {
  /** The first reading of 5,000 events, as many a page as Google gives. */
  first: Reading
  /** Of 1,000 and of 5,000 events, 500 a page. */
  small: Reading
  large: Reading
  /** Of one event more, after that. */
  change: Reading
  /** Takes the calendar away again, with all that was read of it. */
  disconnect: () => Promise<void>
}

const pageLimit = 500

/**
 * Reads calendars of Google's sandbox in this process, which holds the sandbox too; that has all its events before memory is looked at.
 * Afterwards the consultant has 5,001 busy intervals over two years.
 */
export const benchCalendar = async (
  payload: Payload,
  google: GoogleSandbox,
  consultantId: string,
): Promise<CalendarBench> => {
  const [few, many] = [createAccount(google, 1_000), createAccount(google, 5_000)]
  const readFirst = async (email: string, watchesMemory: boolean) => {
    const { connectionId, calendarId } = await connect(payload, google, { consultantId, email })
    const reading = await read(payload, google, { calendarId, watchesMemory })
    const disconnect = () => withTransaction(payload, (req) => storeDisconnect(req, connectionId))
    return { calendarId, reading, disconnect }
  }
  const first = await readFirst(many, false)
  await first.disconnect()
  google.control.limitPages(pageLimit)
  // Until nothing is left that is loaded or compiled once.
  for (let n = 0; n < 3; n++) await (await readFirst(few, true)).disconnect()
  const small = await readFirst(few, true)
  await small.disconnect()
  const large = await readFirst(many, true)
  addEvent(google, many, 5_000)
  const change = await read(payload, google, { calendarId: large.calendarId })
  google.control.limitPages(Infinity)
  return {
    first: first.reading,
    small: small.reading,
    large: large.reading,
    change,
    disconnect: large.disconnect,
  }
}
