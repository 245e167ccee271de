import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'

/** Marks a hold that ran out. @returns whose time it was; undefined when there is no such hold any more. */
export const expireHoldRow = async (req: PayloadRequest, slotId: string): Promise<string | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    UPDATE availability_slots SET status = 'expired', expired_at = now(), claimed_by = NULL, claimed_inbox = NULL, updated_at = now()
    WHERE id = ${slotId} AND status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at <= now()
    RETURNING consultant_id`)
  const consultantId = rows[0]?.consultant_id
  return typeof consultantId === 'string' ? consultantId : undefined
}
