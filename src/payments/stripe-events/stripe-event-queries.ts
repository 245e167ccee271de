import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { preparedStatement } from '#database/prepared-statement'
import { sqlStates } from '#database/state-lists'
import { isWorkGivenUp } from '#outbox/lost-work-queries'
import { poolDb, txDb } from '#database/transactions'
import { createId, isUuid } from '#shared/ids'
import { doneEvents, type InboxState } from '#shared/inbox-states'
import type { KeptDays } from '#shared/retention'
import type { EventFacts, EventOutcome } from './event-handler'

export type StripeEventRow = EventFacts & { status: InboxState }

const selectEvent = preparedStatement<StripeEventRow>(
  'stripe-event',
  `SELECT event_id AS "eventId", type, coalesce(account, '') AS account, status,
    coalesce(object_id, payload->'data'->'object'->>'id', '') AS "objectId"
  FROM stripe_events WHERE id = $1`,
)

/** One event of the inbox. */
export const findStripeEvent = async (req: PayloadRequest, id: string): Promise<StripeEventRow | undefined> =>
  (await selectEvent(req, [id]))[0]

const updateOutcome = preparedStatement(
  'store-stripe-event-outcome',
  `UPDATE stripe_events SET status = $2::enum_stripe_events_status, processed_at = now(), attempts = attempts + 1, error = NULL,
    payload = '{}', updated_at = now()
  WHERE id = $1`,
)

/** Notes that an event is dealt with. What Stripe sent is of no more use then: whoever works it off again reads the object anew. */
export const storeEventOutcome = async (req: PayloadRequest, id: string, outcome: EventOutcome): Promise<void> => {
  await updateOutcome(req, [id, outcome])
}

/** Notes why an event could not be dealt with; the queue tries it again. */
export const storeEventFailure = async (payload: Payload, id: string, message: string): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE stripe_events SET status = 'failed', attempts = attempts + 1, error = ${message.slice(0, 10_000)}, updated_at = now()
    WHERE id = ${id} AND status NOT IN ${sqlStates(doneEvents)}`)
}

/** Lets an event rest that waits for another try. */
export const failOpenEvent = async (req: PayloadRequest, id: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(
    sql`UPDATE stripe_events SET status = 'failed', updated_at = now() WHERE id = ${id} AND status = 'received'`,
  )
}

/** An event that is to be worked off again. */
export type ReopenedEvent = { id: string; eventId: string; account: string; type: string }

const reopen = async (req: PayloadRequest, where: SQL): Promise<ReopenedEvent[]> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE stripe_events SET status = 'received', updated_at = now() WHERE ${where}
    RETURNING id, event_id AS "eventId", coalesce(account, '') AS account, type`)
  return rows as ReopenedEvent[]
}

/**
 * Opens an event again, whatever became of it; handlers may run any number of times.
 * @param event its id here or at Stripe; Stripe's can name one in each of several accounts.
 */
export const reopenStripeEvents = (req: PayloadRequest, event: string): Promise<ReopenedEvent[]> =>
  reopen(req, isUuid(event) ? sql`id = ${event}` : sql`event_id = ${event}`)

/** Opens an event again that has failed; Stripe has sent it once more. */
export const reopenFailedEvent = (
  req: PayloadRequest,
  { eventId, account }: { eventId: string; account: string },
): Promise<ReopenedEvent[]> => reopen(req, sql`event_id = ${eventId} AND account = ${account} AND status = 'failed'`)

/**
 * Removes events that were dealt with long ago, or given up. Those that failed stay until somebody has looked. The ledger, not the inbox, is what the
 * books rest on.
 */
export const deleteOldEvents = async (payload: Payload, { stripeEventsDays }: KeptDays): Promise<number> => {
  const deleteThose = (which: SQL) =>
    deleteInBatches(
      payload,
      (limit) => sql`
        DELETE FROM stripe_events WHERE id IN (SELECT id FROM stripe_events WHERE ${which}
          AND received_at < now() - ${stripeEventsDays} * interval '1 day' ORDER BY received_at LIMIT ${limit})`,
    )
  const done = await deleteThose(sql`status IN ${sqlStates(doneEvents)}`)
  return done + (await deleteThose(sql`status = 'failed' AND ${isWorkGivenUp('stripe-event', sql`stripe_events.id`)}`))
}

/** Takes an event into the inbox. @returns its id; undefined when it is there already. */
export const insertStripeEvent = async (
  req: PayloadRequest,
  event: {
    eventId: string
    account: string
    type: string
    objectId: string | null
    apiVersion: string | null
    livemode: boolean
    /** Epoch seconds, as Stripe has it. */
    created: number
    payload: unknown
  },
): Promise<string | undefined> => {
  const db = await txDb(req)
  const id = createId()
  const { rowCount } = await db.execute(sql`
    INSERT INTO stripe_events (id, event_id, account, type, object_id, api_version, livemode, payload, status, attempts,
      occurred_at, received_at, updated_at, created_at)
    VALUES (${id}, ${event.eventId}, ${event.account}, ${event.type}, ${event.objectId}, ${event.apiVersion},
      ${event.livemode}, ${JSON.stringify(event.payload)}::jsonb, 'received', 0, to_timestamp(${event.created}::float8), now(), now(), now())
    ON CONFLICT (event_id, account) DO NOTHING`)
  return rowCount ? id : undefined
}
