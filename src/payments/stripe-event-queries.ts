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
