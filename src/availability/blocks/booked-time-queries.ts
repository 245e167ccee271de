import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { txDb } from '#database/transactions'
import { iso } from '#shared/time'
import { sessionClaimStates } from '../slot-states'
import type { Interval } from '../types'

/** The time of a session that is still to be held, or is being held (epoch ms). */
export type BookedTime = Interval & { reference: string; customer: string | null }

/** More than a consultant has ahead; of more the next ones count. */
const mostSessions = 1_000

/**
 * The sessions of a consultant that end after `now` (epoch ms), those that are being booked among them; the next ones first. Without those whose
 * mailed link is not opened yet: the consultant has not heard of them.
 */
export const listBookedTimes = async (
  req: PayloadRequest,
  { consultantId, now }: { consultantId: string; now: number },
): Promise<BookedTime[]> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT s.reference, c.name AS customer,
      (extract(epoch FROM a.starts_at) * 1000)::float8 AS start, (extract(epoch FROM a.ends_at) * 1000)::float8 AS end
    FROM availability_slots a JOIN scheduled_sessions s ON s.id = a.scheduled_session_id LEFT JOIN customers c ON c.id = s.customer_id
    WHERE a.consultant_id = ${consultantId} AND a.status IN ${sqlStates(sessionClaimStates)} AND a.ends_at > ${iso(now)}
      AND s.email_confirm_by IS NULL AND (a.status = 'booked' OR a.hold_expires_at IS NULL OR a.hold_expires_at > ${iso(now)})
    ORDER BY a.starts_at LIMIT ${mostSessions}`)
  return rows as BookedTime[]
}
