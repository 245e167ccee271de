import { createDeliveryQueue } from '../../shared/delivery-queue'
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
export const createNotifier = (
  world: World,
  options: { endpoint: WebhookEndpoint | undefined; retryDelays: readonly number[]; timeout: number },
) => {
  let { endpoint } = options
  let signatureAge = 0
  let validation: Promise<Validation> | undefined
  const abort = new AbortController()

  const validate = async (): Promise<Validation> => {
    if (!endpoint) return { ok: false, why: 'There is no endpoint.' }
    const result = await validateEndpoint(endpoint.url, endpoint.secret, abort.signal)
    if (!result.ok) validation = undefined
    return result
  }
  const validated = (): Promise<Validation> => (validation ??= validate())

  const queue = createDeliveryQueue<StoredEvent>({
    topicOf: ({ event }) => event,
    prepare: async () => {
      const result = await validated()
      return result.ok ? null : `The endpoint is not validated: ${result.why}`
    },
    toRequest: ({ body }) => {
      if (!endpoint) return undefined
      // By the real clock: the receiver compares with its own.
      const timestamp = Math.floor(Date.now() / 1000) - signatureAge
      return {
        url: endpoint.url,
        init: {
          body,
          headers: {
            'Content-Type': 'application/json; charset=utf-8',
            'User-Agent': 'Zoom Marketplace/1.0a',
            'x-zm-request-timestamp': String(timestamp),
            'x-zm-signature': signWebhook(endpoint.secret, timestamp, body),
          },
        },
      }
    },
    isDelivered: (status) => status >= 200 && status < 300,
    isWorthRepeating: (status) => status === null || status >= 500,
    onSettled: (event) => {
      if (!world.tables.events.get(event.id)?.isPending) return
      world.tables.events.put(event.id, { ...event, isPending: false })
      void world.store.flush().catch(() => undefined)
    },
    retryDelays: options.retryDelays,
    timeout: options.timeout,
  })

  return {
    ...queue,
    /** A new event. */
    happened: (event: StoredEvent): void => {
      if (!endpoint) return
      world.tables.events.put(event.id, { ...event, isPending: true })
      queue.send(event)
    },
    /** Sends whatever had not arrived when the sandbox was stopped. */
    resume: (): void => {
      for (const event of world.tables.events.values()) if (event.isPending) queue.send(event)
    },
    /** Sends an event once more, whatever became of it. */
    resend: (event: StoredEvent): void => queue.send(event),
    endpoint: (): WebhookEndpoint | undefined => endpoint,
    setEndpoint: (next: WebhookEndpoint | undefined): void => {
      endpoint = next
      validation = undefined
    },
    /** Asks the endpoint now whether it is the app's. */
    validate: (): Promise<Validation> => {
      validation = undefined
      return validated()
    },
    /** Makes signatures look so many seconds old. */
    setSignatureAge: (seconds: number): void => {
      signatureAge = seconds
    },
    close: (): void => {
      abort.abort()
      queue.close()
    },
  }
}
