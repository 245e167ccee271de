import { createEmulator, defineEmulator, type EmulatorContext } from 'emulate'
import { isFromElsewhere } from '../shared/is-from-elsewhere'
import { htmlResponse } from '../shared/page-layout'
import { handleApiRequest } from './api/handle-api-request'
import { routes } from './api/routes'
import { handleControlRequest } from './control-api'
import { createControl, type Running, type StripeSandboxControl } from './control'
import { handleCheckoutPage } from './pages/handle-checkout-page'
import { openLoginLink } from './pages/express-page'
import { handleOnboarding, openAccountLink } from './pages/handle-onboarding'
import { receiptPage } from './pages/receipt-page'
import { statusPage } from './pages/status-page'
import { createSandboxState, type SandboxState } from './sandbox-state'
import { createStateWriter, loadState } from './state-file'
import { createWebhookSender } from './webhook-sender'
import { createWorld } from './world'

export type StripeSandboxOptions = {
  /** 0 = any free one. */
  port: number
  /** Address to listen on; default 127.0.0.1. */
  host?: string | undefined
  /** How browsers and the API's clients reach the sandbox; default `http://localhost:{port}`. */
  publicUrl?: string | undefined
  /** Where events go; without it they are only recorded. */
  webhookUrl?: string | undefined
  /** What events are signed with; several while a secret is rotated. */
  webhookSecret?: string | readonly string[] | undefined
  /** The only API key that is taken; without it every `sk_test_…`. */
  secretKey?: string | undefined
  /** Where the state is kept over restarts; without it in memory only. */
  stateFile?: string | undefined
  /** Pauses before the second, third … attempt to deliver an event, ms. */
  retryDelays?: readonly number[] | undefined
  /** Shows API calls and state under `/_emulate`; costs time on every call. */
  inspector?: boolean | undefined
}

export type StripeSandbox = {
  url: string
  control: StripeSandboxControl
  /** Stops delivering, writes the state, frees the port. */
  close: () => Promise<void>
}

/** Half a second to ten minutes; Stripe itself tries for three days. */
const defaultRetryDelays = [500, 2_000, 5_000, 15_000, 60_000, 300_000, 600_000]

/**
 * Starts a local Stripe: the API as `stripe` calls it, hosted checkout pages, signed webhooks, and knobs for everything that
 * can go wrong. As strict as Stripe: what it does not know it refuses.
 * @throws Error when the port is in use or the state file is not readable.
 */
export const startStripeSandbox = async (options: StripeSandboxOptions): Promise<StripeSandbox> => {
  const { webhookUrl, webhookSecret, stateFile } = options
  const secrets = typeof webhookSecret === 'string' ? [webhookSecret] : (webhookSecret ?? [])
  if (webhookUrl && !secrets.some((secret) => secret.trim()))
    throw new Error('The Stripe sandbox needs a webhook secret.')
  let running: Running | undefined
  const mustRun = (): Running => {
    if (!running) throw new Error('The Stripe sandbox is not running.')
    return running
  }
  const control = createControl(mustRun)
  /** What happens by itself has nobody to tell that the file could not be written. */
  const writeLater = (): Promise<void> =>
    write().catch((error: unknown) => console.error('The Stripe sandbox could not write its state:', error))
  const write = stateFile ? createStateWriter(stateFile, () => mustRun().world.state) : async () => undefined

  const setUp = ({ app, state, baseUrl, signal, onDispose }: EmulatorContext<SandboxState>): void => {
    const world = createWorld({ state, url: baseUrl.replace(/\/$/, '') })
    const sender = createWebhookSender(world, {
      endpoint: webhookUrl ? { url: webhookUrl, secrets } : undefined,
      retryDelays: options.retryDelays ?? defaultRetryDelays,
      timeout: 20_000,
      afterChange: writeLater,
    })
    world.onEvent = sender.send
    running = { world, sender, afterChange: writeLater }
    onDispose(sender.close)

    const api = (request: Request) =>
      handleApiRequest(world, request, { secretKey: options.secretKey, afterChange: write, signal })
    for (const { method, path } of routes) app.on(method, path, (c) => api(c.req.raw))

    const checkout = (request: Request, id: string) =>
      isFromElsewhere(request)
        ? new Response('Forbidden', { status: 403 })
        : handleCheckoutPage(world, request, { id, afterChange: write })
    app.get('/c/pay/:id', (c) => checkout(c.req.raw, c.req.param('id')))
    app.post('/c/pay/:id', (c) => checkout(c.req.raw, c.req.param('id')))
    app.get('/setup/e/:account/:secret', (c) =>
      openAccountLink(world, { account: c.req.param('account'), secret: c.req.param('secret'), afterChange: write }),
    )
    const setup = (request: Request, id: string) =>
      isFromElsewhere(request)
        ? new Response('Forbidden', { status: 403 })
        : handleOnboarding(world, request, { id, afterChange: write })
    app.get('/setup/v/:id', (c) => setup(c.req.raw, c.req.param('id')))
    app.post('/setup/v/:id', (c) => setup(c.req.raw, c.req.param('id')))
    app.get('/express/:secret', (c) => openLoginLink(world, { secret: c.req.param('secret'), afterChange: write }))
    app.get('/receipts/:id', (c) => receiptPage(world, c.req.param('id')))
    app.get('/', () =>
      htmlResponse(statusPage(control, { inspectorUrl: options.inspector ? `${world.url}/_emulate` : undefined })),
    )
    app.notFound((c) => {
      const { pathname } = new URL(c.req.raw.url)
      if (!pathname.startsWith('/_sandbox/')) return api(c.req.raw)
      if (isFromElsewhere(c.req.raw))
        return Response.json({ error: 'Only from the sandbox’s own pages.' }, { status: 403 })
      return handleControlRequest(control, c.req.raw)
    })
    app.onError((error) => {
      console.error('The Stripe sandbox has a fault of its own:', error)
      const message = error instanceof Error ? error.message : String(error)
      return Response.json({ error: { type: 'api_error', message } }, { status: 500 })
    })
  }

  const baseUrl = options.publicUrl ?? (options.port ? `http://localhost:${options.port}` : undefined)
  const emulator = await createEmulator({
    service: defineEmulator<SandboxState>({
      name: 'stripe',
      stateVersion: 1,
      state: createSandboxState,
      setup: setUp,
      cors: false,
    }),
    port: options.port,
    ...(options.host ? { hostname: options.host } : {}),
    // Said whenever it is known: otherwise emulate looks for an address in the environment.
    ...(baseUrl ? { baseUrl } : {}),
    ...(stateFile ? { seed: await loadState(stateFile) } : {}),
    inspector: options.inspector ?? false,
    shutdownTimeout: 1000,
  })
  mustRun().sender.resume()
  return {
    url: mustRun().world.url,
    control,
    close: async () => {
      await emulator.close()
      await write()
    },
  }
}
