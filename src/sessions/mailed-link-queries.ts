import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'
import { cancelJobs } from '#outbox/enqueue'
import type { SessionRow } from './session-queries'

/** The mailed link was opened; from now on the consultant's yes is what it waits for. The caller holds the lock on it. */
export const clearEmailConfirmBy = async (
  req: PayloadRequest,
  { id, slotId, confirmBy }: Pick<SessionRow, 'id' | 'slotId' | 'confirmBy'>,
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`UPDATE scheduled_sessions SET email_confirm_by = NULL, updated_at = now() WHERE id = ${id}`)
  await db.execute(sql`
    UPDATE availability_slots SET hold_expires_at = ${confirmBy === null ? null : new Date(confirmBy).toISOString()}, updated_at = now()
    WHERE id = ${slotId}`)
  await cancelJobs(req, `expire-unopened:${id}`)
}
