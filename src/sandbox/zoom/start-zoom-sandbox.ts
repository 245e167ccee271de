import { createEmulator, defineEmulator, type EmulatorContext } from 'emulate'
import { isFromElsewhere } from '../shared/is-from-elsewhere'
import { openRecordStore } from '../shared/record-store'
import { addUser, type NewUser } from './add-user'
import { handleApiRequest } from './api/handle-api-request'
import { handleControlRequest } from './control-api'
import { createControl, type Running, type ZoomSandboxControl } from './control'
import { handleMeetingPage } from './pages/handle-meeting-page'
import { handleStatusPage } from './pages/status-page'
import { tableNames, type ZoomRecords } from './records'
import { createNotifier } from './webhooks/notifier'
import { createWorld } from './world'

export type ZoomSandboxOptions = {
  /** 0 = any free one. */
  port: number
  /** Address to listen on; default 127.0.0.1. */
  host?: string | undefined
  /** How browsers and the API's clients reach the sandbox; default `http://localhost:{port}`. */
  publicUrl?: string | undefined
  accountId: string
  clientId: string
  clientSecret: string
  /** Where events go; without it they are only recorded. */
  webhookUrl?: string | undefined
  webhookSecret?: string | undefined
  /** Who can be a host; the first one owns the account, and is `me`. */
  users?: readonly NewUser[] | undefined
  /** Where the state is kept over restarts; without it in memory only. */
  stateFile?: string | undefined
  /** Pauses before the second, third … attempt to bring an event, ms. */
  retryDelays?: readonly number[] | undefined
}

export type ZoomSandbox = {
  url: string
  control: ZoomSandboxControl
  /** Stops delivering, writes the state, frees the port. */
  close: () => Promise<void>
}

/** Zoom itself tries three times again within two hours. */
const defaultRetryDelays = [500, 2_000, 10_000, 60_000, 300_000]

const defaultUsers: readonly NewUser[] = [
  { email: 'rooms@parley.example', name: 'Parley Rooms' },
  { email: 'consultant@parley.example', name: 'Amara Okafor', timeZone: 'Europe/London' },
]

/**
 * Starts a local Zoom: tokens, meetings, what people do in them, signed webhooks, and knobs for everything that can go wrong.
 * As strict as Zoom: what it does not know it refuses.
 * @throws Error when the port is in use or the state file is not readable.
 */
export const startZoomSandbox = async (options: ZoomSandboxOptions): Promise<ZoomSandbox> => {
  const { accountId, clientId, clientSecret, webhookUrl, webhookSecret, users = defaultUsers } = options
  if (![accountId, clientId, clientSecret].every((value) => value.trim())) {
    throw new Error('The Zoom sandbox needs an account id, a client id and its secret.')
  }
  if (webhookUrl && !webhookSecret?.trim()) throw new Error('The Zoom sandbox needs a webhook secret.')
  const store = await openRecordStore<ZoomRecords>({ name: 'Zoom', names: tableNames, file: options.stateFile })
  let running: Running | undefined
  const mustRun = (): Running => {
    if (!running) throw new Error('The Zoom sandbox is not running.')
    return running
  }
  const control = createControl(mustRun)
  /** What happens by itself has nobody to tell that the file could not be written. */
  const writeLater = (): void => {
    store.flush().catch((error: unknown) => console.error('The Zoom sandbox could not write its state:', error))
  }

  const setup = ({ app, baseUrl, signal, onDispose }: EmulatorContext<object>): void => {
    const world = createWorld({
      store,
      url: baseUrl.replace(/\/$/, ''),
      app: { accountId, clientId, clientSecret },
    })
    const notifier = createNotifier(world, {
      endpoint: webhookUrl && webhookSecret ? { url: webhookUrl, secret: webhookSecret } : undefined,
      retryDelays: options.retryDelays ?? defaultRetryDelays,
      timeout: 3_000,
    })
    world.onEvent = notifier.happened
    running = { world, notifier, afterChange: writeLater }
    onDispose(notifier.close)
    for (const user of users) addUser(world, user)

    const ifOurs = (request: Request, handle: () => Promise<Response>): Promise<Response> | Response =>
      isFromElsewhere(request) ? new Response('Forbidden', { status: 403 }) : handle()
    for (const path of ['/j/:id', '/s/:id'] as const) {
      app.get(path, (c) => handleMeetingPage(world, c.req.raw))
      app.post(path, (c) => ifOurs(c.req.raw, () => handleMeetingPage(world, c.req.raw)))
    }
    app.get('/', () => handleStatusPage(control))
    app.notFound((c) =>
      new URL(c.req.raw.url).pathname.startsWith('/_sandbox/')
        ? ifOurs(c.req.raw, () => handleControlRequest(control, c.req.raw))
        : handleApiRequest(world, c.req.raw, signal),
    )
    app.onError((error) => {
      console.error('The Zoom sandbox has a fault of its own:', error)
      const message = error instanceof Error ? error.message : String(error)
      return Response.json({ code: 500, message }, { status: 500 })
    })
  }

  const baseUrl = options.publicUrl ?? (options.port ? `http://localhost:${options.port}` : undefined)
  const emulator = await createEmulator({
    service: defineEmulator<object>({ name: 'zoom', state: () => ({}), setup, cors: false }),
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
  mustRun().notifier.resume()
  return {
    url: mustRun().world.url,
    control,
    close: async () => {
      await emulator.close()
      await store.close()
    },
  }
}
