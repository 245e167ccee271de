import { createHmac, randomBytes } from 'node:crypto'
import { remember } from '../shared/delivery-queue'
import { createWebhookSender as createSender, type EndpointOptions } from '../shared/webhook-sender'
import type { StoredEvent } from './stored-objects'
import type { World } from './world'

export type WebhookEndpoint = {
  url: string
  /** Several while a secret is rotated: Stripe then signs with each. */
  secrets: readonly string[]
}

/**
 * The `Stripe-Signature` of a body.
 * @param timestamp epoch seconds.
 */
export const signWebhook = (body: string, secrets: readonly string[], timestamp: number): string => {
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'))
  // Test mode adds a signature of the scheme v0, which is not to be believed.
  return [`t=${timestamp}`, ...signatures.map((value) => `v1=${value}`), `v0=${randomBytes(32).toString('hex')}`].join(
    ',',
  )
}

export type WebhookSender = ReturnType<typeof createWebhookSender>

/**
 * Brings events to the endpoint as Stripe does. Events leave in the order in which they happened, several at a time, so they
 * may arrive in another one. After the last attempt an event is given up, but can be sent again.
 */
export const createWebhookSender = (world: World, options: EndpointOptions<WebhookEndpoint>) =>
  createSender<StoredEvent, WebhookEndpoint>({
    ...options,
    topicOf: ({ type }) => type,
    toInit: (event, { secrets }, timestamp) => {
      const body = JSON.stringify(event, null, 2)
      return {
        body,
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Stripe-Signature': signWebhook(body, secrets, timestamp),
          'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
      }
    },
    isWorthRepeating: () => true,
    onPending: (event) => {
      event.pending_webhooks = 1
    },
    onSettled: (event, outcome) => {
      if (outcome !== 'failed') event.pending_webhooks = 0
    },
    onAttempt: ({ message: { id: eventId, type: eventType }, ...attempt }) =>
      remember(world.state.deliveries, { eventId, eventType, ...attempt }),
    pending: () => Object.values(world.state.tables.events).filter(({ pending_webhooks }) => pending_webhooks > 0),
  })
