import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { insertStripeEvent, type ReopenedEvent, reopenFailedEvent, reopenStripeEvents } from './stripe-event-queries'
import { withoutBlanks } from './without-blanks'
import { verifyWebhook } from '../stripe/verify-webhook'
import type { StripeEvent } from '../stripe/stripe-objects'

const processEventJob = (id: string): Job => ({
  task: 'process-stripe-event',
  payload: { stripeEventId: id },
  key: `stripe-event:${id}`,
})

/** The object that an event speaks of; a few (the platform's balance) have no id. */
const objectIdOf = ({ data: { object } }: StripeEvent): string | null =>
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
    const account = event.account ?? ''
    const id = await insertStripeEvent(tx, {
      eventId: event.id,
      account,
      type: event.type,
      objectId: objectIdOf(event),
      apiVersion: event.api_version ?? null,
      livemode: event.livemode,
      created: event.created,
      payload: { data: withoutBlanks(event.data) },
    })
    if (id !== undefined) await enqueue(tx, processEventJob(id))
    // Known already; but one that failed has not been dealt with, and somebody has Stripe send it once more.
    else {
      const reopened = await reopenFailedEvent(tx, { eventId: event.id, account })
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
