import { createWebhookSender, type EndpointOptions } from '../../shared/webhook-sender'
import type { StoredEvent } from '../records'
import type { World } from '../world'
import { signWebhook } from './sign'
import { validateEndpoint, type Validation } from './validate-endpoint'

export type WebhookEndpoint = { url: string; secret: string }

export type Notifier = ReturnType<typeof createNotifier>

/**
 * Brings events to the app's endpoint as Zoom does: only once the endpoint has shown that it knows the secret, signed anew
 * in each attempt, again after a failure.
 */
export const createNotifier = (world: World, options: EndpointOptions<WebhookEndpoint>) => {
  let validation: Promise<Validation> | undefined
  const abort = new AbortController()

  const validate = async (): Promise<Validation> => {
    const endpoint = sender.endpoint()
    if (!endpoint) return { ok: false, why: 'There is no endpoint.' }
    const result = await validateEndpoint(endpoint.url, endpoint.secret, abort.signal)
    if (!result.ok) validation = undefined
    return result
  }
  const validated = (): Promise<Validation> => (validation ??= validate())
  const setPending = (event: StoredEvent, isPending: boolean): void =>
    world.tables.events.put(event.id, { ...event, isPending })

  const sender = createWebhookSender<StoredEvent, WebhookEndpoint>({
    ...options,
    topicOf: ({ event }) => event,
    prepare: async () => {
      const result = await validated()
      return result.ok ? null : `The endpoint is not validated: ${result.why}`
    },
    toInit: ({ body }, { secret }, timestamp) => ({
      body,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'Zoom Marketplace/1.0a',
        'x-zm-request-timestamp': String(timestamp),
        'x-zm-signature': signWebhook(secret, timestamp, body),
      },
    }),
    isWorthRepeating: (status) => status === null || status >= 500,
    onPending: (event) => setPending(event, true),
    onSettled: (event) => {
      if (world.tables.events.get(event.id)?.isPending) setPending(event, false)
    },
    pending: () => [...world.tables.events.values()].filter(({ isPending }) => isPending),
  })

  return {
    ...sender,
    setEndpoint: (next: WebhookEndpoint | undefined): void => {
      sender.setEndpoint(next)
      validation = undefined
    },
    /** Asks the endpoint now whether it is the app's. */
    validate: (): Promise<Validation> => {
      validation = undefined
      return validated()
    },
    close: (): void => {
      abort.abort()
      sender.close()
    },
  }
}
