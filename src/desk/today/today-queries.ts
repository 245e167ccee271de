import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { readDb } from '#database/transactions'
import { liveSessions, type SessionState, waitingSessions } from '#sessions/session-states'
import { epoch } from '#shared/time'
import type { BookableFacts } from './decide-unbookable'

/** A session as the dashboard shows it. Instants are epoch milliseconds. */
export type NextSession = {
  id: string
  reference: string
  status: SessionState
  startsAt: number
  endsAt: number
  consultant: string
  customer: string
  serviceType: string
}

/**
 * What is on now and comes next, the earliest first.
 * @param consultantId only this consultant's, and only those that they have heard of.
 */
export const listNextSessions = async (
  req: PayloadRequest,
  { consultantId, limit }: { consultantId?: string | undefined; limit: number },
): Promise<NextSession[]> => {
  const own = consultantId ? sql`AND s.consultant_id = ${consultantId} AND s.email_confirm_by IS NULL` : sql``
  const db = await readDb(req)
  // What began longer ago than a session can last is over: that bounds what is read of the index.
  const { rows } = await db.execute(sql`
    SELECT s.id, s.reference, s.status, ${sql.raw(epoch('s.starts_at'))} AS "startsAt", ${sql.raw(epoch('s.ends_at'))} AS "endsAt",
      c.name AS consultant, u.name AS customer, t.name AS "serviceType"
    FROM scheduled_sessions s
    JOIN consultant_profiles c ON c.id = s.consultant_id
    JOIN customers u ON u.id = s.customer_id
    JOIN service_types t ON t.id = s.service_type_id
    WHERE s.status IN ${sqlStates([...waitingSessions, ...liveSessions])} AND s.starts_at > now() - interval '1 day' AND s.ends_at > now() ${own}
    ORDER BY s.starts_at, s.id LIMIT ${limit}`)
  return rows as NextSession[]
}

export type Unbookable = BookableFacts & { id: string; name: string }

/** Profiles of which nothing can be booked in the next days that are published, those that the public sees first. */
export const listUnbookable = async (req: PayloadRequest, { limit }: { limit: number }): Promise<Unbookable[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT * FROM (
      SELECT c.id, coalesce(nullif(c.name, ''), c.email, c.id::text) AS name, coalesce(c._status = 'published', false) AS "isPublished", coalesce(c.is_public, false) AS "isPublic",
        coalesce(c.availability_is_available, false) AS "isAvailable",
        EXISTS (SELECT FROM service_types_rels r JOIN service_types t ON t.id = r.parent_id AND t.is_active
          WHERE r.consultant_profiles_id = c.id AND r.path = 'consultants') AS "hasService",
        EXISTS (SELECT FROM parley.free_days f WHERE f.consultant_id = c.id AND f.last_start > now()) AS "hasFreeTime"
      FROM consultant_profiles c) e
    WHERE NOT ("isPublished" AND "isPublic" AND "isAvailable" AND "hasService" AND "hasFreeTime")
    ORDER BY ("isPublished" AND "isPublic") DESC, lower(name), id LIMIT ${limit}`)
  return rows as Unbookable[]
}
