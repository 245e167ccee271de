import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { type CalendarWorld, createExpert, type Expert, openCalendarWorld } from '../../support/calendar-world'
import { cleanUpLater } from '../../support/clean-up'
import { type LeavingCall, plantDatabaseSteps, plantGoogleSteps } from '../../support/crash'
import type { RestClient } from '../../support/rest-client'

export type SyncWorld = CalendarWorld & {
  pool: pg.Pool
  /** One for all sequences; each gets a Google account of its own. */
  expert: Expert
  /** Decides what becomes of a call that leaves for Google; set by the sequence that is played. */
  around: (call: LeavingCall) => Promise<unknown>
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-goog-') && typeof value === 'string' ? [[name, value]] : [],
    ),
  )

/** Where Google's notifications arrive: the API, on a port. @returns its address and how to connect the API. */
const openInbox = async (): Promise<{ url: string; connect: (api: RestClient) => void }> => {
  let api: RestClient | undefined
  const server = createServer((request, response) => {
    request.resume()
    const answered = api?.post((request.url ?? '').replace(/^\/api/, ''), undefined, headersOf(request))
    void answered?.then(({ status }) => response.writeHead(status).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUpLater(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connect: (connected) => (api = connected),
  }
}

/** Everything that the sequences of one file share: what they leave behind is removed after each. */
export const openSyncWorld = async (): Promise<SyncWorld> => {
  const inbox = await openInbox()
  const world = await openCalendarWorld({ SERVER_URL: inbox.url, RATE_LIMIT_FACTOR: '0' })
  inbox.connect(world.api)
  const pool = new pg.Pool({ connectionString: world.database.url, max: 6 })
  cleanUpLater(() => pool.end())
  const opened: SyncWorld = { ...world, pool, expert: await createExpert(world), around: ({ send }) => send() }
  plantDatabaseSteps(world.payload)
  await plantGoogleSteps((call) => opened.around(call))
  return opened
}
