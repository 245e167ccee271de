import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '../database/transactions'
import type { EventFacts, EventOutcome } from './stripe-events/event-handler'

type StripeEventState = 'received' | 'processed' | 'ignored' | 'failed'

export type StripeEventRow = EventFacts & { status: StripeEventState }

/** One event of the inbox. */
export const findStripeEvent = async (payload: Payload, id: string): Promise<StripeEventRow | undefined> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT event_id AS "eventId", type, coalesce(account, '') AS account, status,
      coalesce(object_id, payload->'data'->'object'->>'id', '') AS "objectId"
    FROM stripe_events WHERE id = ${id}`)
  return rows[0] as StripeEventRow | undefined
}

/** Notes that an event is dealt with. */
export const storeEventOutcome = async (payload: Payload, id: string, outcome: EventOutcome): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE stripe_events SET status = ${outcome}, processed_at = now(), attempts = attempts + 1, error = NULL, updated_at = now()
    WHERE id = ${id}`)
}

/** Notes why an event could not be dealt with; the queue tries it again. */
export const storeEventFailure = async (payload: Payload, id: string, message: string): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE stripe_events SET status = 'failed', attempts = attempts + 1, error = ${message.slice(0, 10_000)}, updated_at = now()
    WHERE id = ${id} AND status NOT IN ('processed', 'ignored')`)
}

/** How long an event is kept that was dealt with. The ledger, not the inbox, is what the books rest on. */
const keptDays = 90

/** Removes events that were dealt with long ago, at most `limit`. Those that failed stay until somebody has looked. */
export const deleteOldEvents = async (payload: Payload, limit: number): Promise<void> => {
  await poolDb(payload).execute(sql`
    DELETE FROM stripe_events WHERE id IN (
      SELECT id FROM stripe_events WHERE status IN ('processed', 'ignored')
        AND received_at < now() - ${keptDays} * interval '1 day' ORDER BY received_at LIMIT ${limit})`)
}
