import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '#database/transactions'

/** Forgets answers that nobody asks for again. */
export const deleteOldKeys = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`
    DELETE FROM parley.idempotency_keys WHERE created_at < now() - interval '7 days'`)
}
