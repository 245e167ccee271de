import { inspectorPage } from '../shared/inspector-page'
import { htmlResponse } from '../shared/page-layout'
import { type Sandbox, type SandboxOptions, type SendingOptions, startSandbox } from '../shared/start-sandbox'
import { handleApiRequest } from './api/handle-api-request'
import { createControl, type StripeSandboxControl } from './control'
import { actions, views } from './control-api'
import { handleCheckoutPage } from './pages/handle-checkout-page'
import { openLoginLink } from './pages/express-page'
import { handleOnboarding, openAccountLink } from './pages/handle-onboarding'
import { receiptPage } from './pages/receipt-page'
import { statusPage } from './pages/status-page'
import { runScheduled } from './schedule'
import { openStateFile } from './state-file'
import { createWebhookSender } from './webhook-sender'
import { createWorld } from './world'

export type StripeSandboxOptions = SandboxOptions &
  SendingOptions & {
    /** Where events go; without it they are only recorded. */
    webhookUrl?: string | undefined
    /** What events are signed with; several while a secret is rotated. */
    webhookSecret?: string | readonly string[] | undefined
    /** The only API key that is taken; without it every `sk_test_…`. */
    secretKey?: string | undefined
    /** Shows API calls and state under `/_emulate`. */
    inspector?: boolean | undefined
  }

export type StripeSandbox = Sandbox<StripeSandboxControl>

/** Half a second to ten minutes; Stripe itself tries for three days. */
const defaultRetryDelays = [500, 2_000, 5_000, 15_000, 60_000, 300_000, 600_000]

/**
 * Starts a local Stripe: the API as `stripe` calls it, hosted checkout pages, signed webhooks, and knobs for everything that
 * can go wrong. As strict as Stripe: what it does not know it refuses.
 * @throws Error when the port is in use or the state file is not readable.
 */
export const startStripeSandbox = async (options: StripeSandboxOptions): Promise<StripeSandbox> => {
  const { webhookUrl, webhookSecret, secretKey, inspector } = options
  const secrets = typeof webhookSecret === 'string' ? [webhookSecret] : (webhookSecret ?? [])
  if (webhookUrl && !secrets.some((secret) => secret.trim()))
    throw new Error('The Stripe sandbox needs a webhook secret.')
  const open = () => openStateFile(options.stateFile)
  return startSandbox({ ...options, name: 'Stripe', open }, ({ store, url, signal, writeLater }) => {
    const { state, flush: afterChange } = store
    const world = createWorld({ state, url })
    const sender = createWebhookSender(world, {
      endpoint: webhookUrl ? { url: webhookUrl, secrets } : undefined,
      retryDelays: options.retryDelays ?? defaultRetryDelays,
      timeout: 20_000,
      writeLater,
    })
    world.onEvent = sender.happened
    const clock = setInterval(() => {
      if (runScheduled(world)) void writeLater()
    }, 1000)
    clock.unref()
    const control = createControl({ world, sender, writeLater })
    const inspectorUrl = inspector ? `${url}/_emulate` : undefined
    const inspect = () => htmlResponse(inspectorPage({ name: 'Stripe', calls: control.calls(), state }))
    return {
      control,
      actions,
      views,
      pages: [
        { path: '/', handle: () => htmlResponse(statusPage(control, { inspectorUrl })) },
        ...(inspector ? [{ path: '/_emulate', handle: inspect }] : []),
        {
          path: '/c/pay/:id',
          takesForms: true,
          handle: (request, id = '') => handleCheckoutPage(world, request, { id, afterChange }),
        },
        {
          path: '/setup/e/:account/:secret',
          handle: (_, account = '', secret = '') => openAccountLink(world, { account, secret, afterChange }),
        },
        {
          path: '/setup/v/:id',
          takesForms: true,
          handle: (request, id = '') => handleOnboarding(world, request, { id, afterChange }),
        },
        { path: '/express/:secret', handle: (_, secret = '') => openLoginLink(world, { secret, afterChange }) },
        { path: '/receipts/:id', handle: (_, id = '') => receiptPage(world, id) },
      ],
      api: (request) => handleApiRequest(world, request, { secretKey, afterChange, signal }),
      toError: (status, message) => Response.json({ error: { type: 'api_error', message } }, { status }),
      begin: sender.resume,
      close: () => {
        clearInterval(clock)
        sender.close()
      },
    }
  })
}
