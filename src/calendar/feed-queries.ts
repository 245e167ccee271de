import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { calledOffSessions, liveSessions, sessionStates, type SessionState } from '#sessions/session-states'
import { sqlStates } from '#database/state-lists'
import { readDb, txDb } from '#database/transactions'
import { statesWhere } from '#shared/state-table'

/** A session as the feed of its consultant shows it; instants in epoch milliseconds. */
export type FeedSession = {
  id: string
  reference: string
  status: SessionState
  sequence: number
  startsAt: number
  endsAt: number
  updatedAt: number
  serviceTypeName: string
  customerName: string
  hasRoom: boolean
}

/** Whose feed a token opens; nobody's once the login is deactivated. */
export const findFeedConsultant = async (
  req: PayloadRequest,
  tokenHash: string,
): Promise<{ id: string; name: string } | undefined> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT c.id, c.name FROM consultant_profiles c JOIN users u ON u.id = c.user_id
    WHERE c.feed_token_hash = ${tokenHash} AND coalesce(u.is_active, true)`)
  return rows[0] as { id: string; name: string } | undefined
}

/** Gives the feed of a consultant a new token; the one before opens nothing any more. */
export const storeFeedToken = async (req: PayloadRequest, consultantId: string, tokenHash: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`UPDATE consultant_profiles SET feed_token_hash = ${tokenHash} WHERE id = ${consultantId}`)
}

const most = 2_000

/**
 * A consultant's sessions that a calendar should know of: what is ahead or ended since `since`, and what was called off since then, so that
 * calendars take it out again. What was never the consultant's business (not paid in time) is left out. The latest 2,000.
 */
export const listFeedSessions = async (
  req: PayloadRequest,
  { consultantId, since }: { consultantId: string; since: number },
): Promise<FeedSession[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT s.id, s.reference, s.status, s.sequence::int, (extract(epoch FROM s.starts_at) * 1000)::float8 AS "startsAt",
      (extract(epoch FROM s.ends_at) * 1000)::float8 AS "endsAt", (extract(epoch FROM s.updated_at) * 1000)::float8 AS "updatedAt",
      t.name AS "serviceTypeName", cu.name AS "customerName",
      (s.meeting_join_url IS NOT NULL AND s.status IN ${sqlStates(liveSessions)}) AS "hasRoom"
    FROM scheduled_sessions s
    JOIN service_types t ON t.id = s.service_type_id
    JOIN customers cu ON cu.id = s.customer_id
    WHERE s.consultant_id = ${consultantId}
      AND s.ends_at > to_timestamp(${since}::float8 / 1000)
      AND (s.status NOT IN ${sqlStates(calledOffSessions)}
        OR s.updated_at > to_timestamp(${since}::float8 / 1000))
      AND s.status NOT IN ${sqlStates(statesWhere(sessionStates, 'waitsFor', 'payment'))}
      AND s.email_confirm_by IS NULL
      AND (s.status <> 'expired' OR t.requires_confirmation)
    ORDER BY s.starts_at DESC, s.id LIMIT ${most}`)
  return rows as FeedSession[]
}
