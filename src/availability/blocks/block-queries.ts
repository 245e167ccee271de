import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { txDb } from '#database/transactions'
import { claimStates } from '../slot-states'
import type { Interval } from '../types'

/** What stands in the way of a block. */
export type ConflictingClaim = { status: (typeof claimStates)[number]; sessionReference: string | null }

/** Claims of a consultant that overlap an interval (epoch ms), the earliest first; stale holds must have given way before. */
export const listConflictingClaims = async (
  req: PayloadRequest,
  args: { consultantId: string; occupied: Interval; exceptSlotId: string | null; limit: number },
): Promise<ConflictingClaim[]> => {
  const [from, until] = [args.occupied.start, args.occupied.end].map((ms) => new Date(ms).toISOString())
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT a.status, s.reference AS "sessionReference"
    FROM availability_slots a LEFT JOIN scheduled_sessions s ON s.id = a.scheduled_session_id
    WHERE a.consultant_id = ${args.consultantId} AND a.status IN ${sqlStates(claimStates)}
      AND a.id IS DISTINCT FROM ${args.exceptSlotId}::uuid
      AND tstzrange(a.occupied_from, a.occupied_until, '[)') && tstzrange(${from}::timestamptz, ${until}::timestamptz, '[)')
    ORDER BY a.starts_at LIMIT ${args.limit}`)
  return rows as ConflictingClaim[]
}

/** How many blocks of a consultant come back, without one of them. */
export const countRecurringBlocks = async (
  req: PayloadRequest,
  { consultantId, exceptSlotId }: { consultantId: string; exceptSlotId: string | null },
): Promise<number> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT count(*)::int AS n FROM availability_slots
    WHERE consultant_id = ${consultantId} AND status = 'blocked' AND is_recurring AND id IS DISTINCT FROM ${exceptSlotId}::uuid`)
  return (rows[0] as { n: number } | undefined)?.n ?? 0
}

/** The zone of a consultant's rules; undefined when there is no such consultant. */
export const findConsultantZone = async (req: PayloadRequest, consultantId: string): Promise<string | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(
    sql`SELECT availability_time_zone AS zone FROM consultant_profiles WHERE id = ${consultantId}`,
  )
  return (rows[0] as { zone: string } | undefined)?.zone
}

/** When a slot was last written (epoch ms), locked until the transaction ends; undefined when it is gone. */
export const lockSlotVersion = async (req: PayloadRequest, id: string): Promise<number | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT (extract(epoch FROM updated_at) * 1000)::float8 AS version FROM availability_slots WHERE id = ${id} FOR UPDATE`)
  return (rows[0] as { version: number } | undefined)?.version
}
