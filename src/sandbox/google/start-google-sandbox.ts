import { createEmulator, defineEmulator, type EmulatorContext } from 'emulate'
import { isFromElsewhere } from '../shared/is-from-elsewhere'
import { openRecordStore } from '../shared/record-store'
import { handleApiRequest } from './api/handle-api-request'
import { addAccount, addCalendar, type Person } from './calendars/add-calendar'
import { createControl, type GoogleSandboxControl, type Running } from './control'
import { handleControlRequest } from './control-api'
import { createNotifier } from './notifications/notifier'
import { handleConsent } from './pages/handle-consent'
import { handleStatusPage } from './pages/status-page'
import { type GoogleRecords, tableNames } from './records'
import { createWorld } from './world'

export type GoogleSandboxOptions = {
  /** 0 = any free one. */
  port: number
  /** Address to listen on; default 127.0.0.1. */
  host?: string | undefined
  /** How browsers and the API's clients reach the sandbox; default `http://localhost:{port}`. */
  publicUrl?: string | undefined
  clientId: string
  clientSecret: string
  /** Where the consent page may lead back to; without it anywhere on this machine or with HTTPS. */
  redirectUris?: readonly string[] | undefined
  /** Who can be chosen on the consent page. Each has a primary calendar and one more, “Private”. */
  people?: readonly Person[] | undefined
  /** Where the state is kept over restarts; without it in memory only. */
  stateFile?: string | undefined
  /** Pauses before the second, third … attempt to bring a notification, ms. */
  retryDelays?: readonly number[] | undefined
}

export type GoogleSandbox = {
  url: string
  control: GoogleSandboxControl
  /** Stops telling channels, writes the state, frees the port. */
  close: () => Promise<void>
}

const defaultRetryDelays = [500, 2_000, 5_000, 15_000, 60_000]

const defaultPeople: readonly Person[] = [
  { email: 'consultant@parley.example', name: 'Amara Okafor', timeZone: 'Europe/London' },
  { email: 'lena.vogel@parley.example', name: 'Lena Vogel', timeZone: 'Europe/Vienna' },
  { email: 'sam.rivera@parley.example', name: 'Sam Rivera', timeZone: 'America/Chicago' },
]

/**
 * Starts a local Google: consent and tokens, the Calendar API as `googleapis` calls it, push notifications, and knobs for
 * everything that people do and that can go wrong. As strict as Google: what it does not know it refuses.
 * @throws Error when the port is in use or the state file is not readable.
 */
export const startGoogleSandbox = async (options: GoogleSandboxOptions): Promise<GoogleSandbox> => {
  const { clientId, clientSecret, stateFile, people = defaultPeople } = options
  if (!clientId.trim() || !clientSecret.trim()) throw new Error('The Google sandbox needs a client id and its secret.')
  const store = await openRecordStore<GoogleRecords>({ name: 'Google', names: tableNames, file: stateFile })
  let running: Running | undefined
  const mustRun = (): Running => {
    if (!running) throw new Error('The Google sandbox is not running.')
    return running
  }
  const control = createControl(mustRun)
  /** What happens by itself has nobody to tell that the file could not be written. */
  const writeLater = (): void => {
    store.flush().catch((error: unknown) => console.error('The Google sandbox could not write its state:', error))
  }

  const setup = ({ app, baseUrl, signal, onDispose }: EmulatorContext<object>): void => {
    const client = { id: clientId, secret: clientSecret, redirectUris: options.redirectUris }
    const world = createWorld({ store, url: baseUrl.replace(/\/$/, ''), client })
    const notifier = createNotifier(world, { retryDelays: options.retryDelays ?? defaultRetryDelays, timeout: 20_000 })
    world.onChange = notifier.changed
    world.onChannel = notifier.opened
    running = { world, notifier, afterChange: writeLater }
    onDispose(notifier.close)
    for (const person of people) {
      if (world.tables.accounts.get(person.email)) continue
      addAccount(world, person)
      addCalendar(world, { owner: person.email, summary: 'Private' })
    }

    const ifOurs = (request: Request, handle: () => Promise<Response>): Promise<Response> | Response =>
      isFromElsewhere(request) ? new Response('Forbidden', { status: 403 }) : handle()
    app.get('/o/oauth2/v2/auth', (c) => handleConsent(world, c.req.raw))
    app.post('/o/oauth2/v2/auth', (c) => ifOurs(c.req.raw, () => handleConsent(world, c.req.raw)))
    app.get('/', () => handleStatusPage(control))
    app.notFound((c) =>
      new URL(c.req.raw.url).pathname.startsWith('/_sandbox/')
        ? ifOurs(c.req.raw, () => handleControlRequest(control, c.req.raw))
        : handleApiRequest(world, c.req.raw, signal),
    )
    app.onError((error) => {
      console.error('The Google sandbox has a fault of its own:', error)
      const message = error instanceof Error ? error.message : String(error)
      return Response.json({ error: { code: 500, message, errors: [] } }, { status: 500 })
    })
  }

  const baseUrl = options.publicUrl ?? (options.port ? `http://localhost:${options.port}` : undefined)
  const emulator = await createEmulator({
    service: defineEmulator<object>({ name: 'google', state: () => ({}), setup, cors: false }),
    port: options.port,
    ...(options.host ? { hostname: options.host } : {}),
    // Said whenever it is known: otherwise emulate looks for an address in the environment.
    ...(baseUrl ? { baseUrl } : {}),
    inspector: false,
    shutdownTimeout: 1000,
  }).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  await store.flush()
  return {
    url: mustRun().world.url,
    control,
    close: async () => {
      await emulator.close()
      await store.close()
    },
  }
}
