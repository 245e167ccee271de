import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Payload } from 'payload'
import { storeConnection, storeDisconnect } from '../src/calendar/connection-queries'
import { calendarScopes } from '../src/calendar/google/oauth'
import { listBusyCalendars } from '../src/calendar/calendar-list-queries'
import { readCalendarList } from '../src/calendar/read-calendar-list'
import { syncCalendar } from '../src/calendar/sync-calendar'
import { withTransaction } from '../src/database/transactions'
import type { GoogleSandbox } from '../src/sandbox/google/start-google-sandbox'
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
  const tokens = { ...granted, expiresAt: Date.now() + hourMs, scopes: [...calendarScopes] }
  const connectionId = await withTransaction(payload, (req) =>
    storeConnection(req, { consultantId, account: { id: email, email }, tokens }),
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
  const statements = await countStatements(payload, () => syncCalendar(payload, { calendarId }), {
    ...(watchesMemory ? { onStatement: () => (most = Math.max(most, heldMemory())) } : {}),
  })
  return {
    statements,
    pages: google.control.calls('events.list').length,
    seconds: (performance.now() - startedAt) / 1_000,
    memory: most - before,
  }
}

export type CalendarBench = {
  /** First readings of 1,000 and of 5,000 events, 500 a page. */
  small: Reading
  large: Reading
  /** Of 5,000 events once more, as many a page as Google gives. */
  whole: Reading
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
  const readFirst = async (events: number, watchesMemory: boolean) => {
    const email = createAccount(google, events)
    const connected = await connect(payload, google, { consultantId, email })
    const reading = await read(payload, google, { calendarId: connected.calendarId, watchesMemory })
    const disconnect = () => withTransaction(payload, (req) => storeDisconnect(req, connected.connectionId))
    return { email, connected, reading, disconnect }
  }
  // Everything that a reading needs is loaded before memory is looked at.
  await (await readFirst(10, true)).disconnect()
  google.control.limitPages(pageLimit)
  const small = await readFirst(1_000, true)
  await small.disconnect()
  const large = await readFirst(5_000, true)
  await large.disconnect()
  google.control.limitPages(Infinity)
  const { calendarId } = await connect(payload, google, { consultantId, email: large.email })
  const whole = await read(payload, google, { calendarId })
  addEvent(google, large.email, 5_000)
  const change = await read(payload, google, { calendarId })
  return { small: small.reading, large: large.reading, whole, change, disconnect: large.disconnect }
}
