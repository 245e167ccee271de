import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { txDb, withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { publishSlotsJob } from './hold-time'

/** Marks a hold that ran out, and publishes its time again. It has blocked nobody since its deadline, whether or not this runs. */
export const expireHold = async (payload: Payload, slotId: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const db = await txDb(req)
    const { rows } = await db.execute(sql`
      UPDATE availability_slots SET status = 'expired', expired_at = now(), updated_at = now()
      WHERE id = ${slotId} AND status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at <= now()
      RETURNING consultant_id`)
    const consultantId = rows[0]?.consultant_id
    if (typeof consultantId === 'string') await enqueue(req, publishSlotsJob(consultantId))
  })
