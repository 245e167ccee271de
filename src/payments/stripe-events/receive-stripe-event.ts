import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import type Stripe from 'stripe'
import { txDb, withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { createId } from '#shared/ids'
import { type ReopenedEvent, reopenFailedEvent, reopenStripeEvents } from './stripe-event-queries'
import { verifyWebhook } from '../stripe/verify-webhook'

/** Before what only tells people, or publishes: money that came in confirms a session for which somebody waits. */
const eventPriority = -10

const processEventJob = (id: string): Job => ({
  task: 'process-stripe-event',
  payload: { stripeEventId: id },
  key: `stripe-event:${id}`,
  priority: eventPriority,
})

/** The object that an event speaks of; a few (the platform's balance) have no id. */
const objectIdOf = ({ data: { object } }: Stripe.Event): string | null =>
  'id' in object && typeof object.id === 'string' ? object.id : null

/**
 * Takes an event into the inbox: signature first, then the row and its job in one transaction. The same event again is
 * acknowledged and does nothing, unless it has failed: then it is tried again.
 * @throws DomainError `invalid_request` when the signature is missing, wrong or too old; then nothing is stored.
 */
export const receiveStripeEvent = async (
  req: PayloadRequest,
  args: { rawBody: string; signature: string | null },
): Promise<void> => {
  const event = verifyWebhook({
    rawBody: args.rawBody,
    signature: args.signature,
    secrets: settings.stripe.webhookSecrets,
  })
  if (!event) throw new DomainError('invalid_request', 'The signature is missing, wrong or too old.')
  await withTransaction(req, async (tx) => {
    const db = await txDb(tx)
    const id = createId()
    const { rowCount } = await db.execute(sql`
      INSERT INTO stripe_events (id, event_id, account, type, object_id, api_version, livemode, payload, status, attempts,
        occurred_at, received_at, updated_at, created_at)
      VALUES (${id}, ${event.id}, ${event.account ?? ''}, ${event.type}, ${objectIdOf(event)}, ${event.api_version ?? null},
        ${event.livemode}, ${JSON.stringify(event)}::jsonb, 'received', 0, to_timestamp(${event.created}::float8), now(), now(), now())
      ON CONFLICT (event_id, account) DO NOTHING`)
    if (rowCount) await enqueue(tx, processEventJob(id))
    // Known already; but one that failed has not been dealt with, and somebody has Stripe send it once more.
    else {
      const reopened = await reopenFailedEvent(tx, { eventId: event.id, account: event.account ?? '' })
      await enqueue(tx, ...reopened.map((row) => processEventJob(row.id)))
    }
  })
}

/** Opens an event again for the worker, whatever became of it. @returns what was opened; nothing when there is no such event. */
export const replayStripeEvent = async (req: PayloadRequest, event: string): Promise<ReopenedEvent[]> => {
  const reopened = await reopenStripeEvents(req, event)
  await enqueue(req, ...reopened.map(({ id }) => processEventJob(id)))
  return reopened
}
