import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { readDb } from '#database/transactions'
import type { ActorRole } from '#shared/actor'
import type { RefundMessageFacts, Told } from './decide-session-messages'

const selectTold = preparedStatement<Told>(
  'told-of-session',
  `SELECT kind, audience, delivery_state AS state, (metadata->'data'->'session'->>'sequence')::int AS sequence,
    (metadata->'data'->'session'->>'startsAt')::float8 AS "startsAt", (metadata->'data'->'session'->>'endsAt')::float8 AS "endsAt"
  FROM notifications WHERE scheduled_session_id = $1 AND kind IS NOT NULL AND delivery_channel = 'email'
  ORDER BY created_at DESC, id DESC`,
)

/** Everything that was recorded about a session, the latest first. What counts is the mail, which every message is: another channel says the same. */
export const listTold = (req: PayloadRequest, sessionId: string): Promise<Told[]> => selectTold(req, [sessionId])

export type SessionHistoryFacts = {
  /** Who made the booking. */
  openedBy: ActorRole | null
  /** Why it came into its present state, in the words of whoever brought it there. */
  reason: string | null
  /** Reference of the latest payment. */
  paymentReference: string | null
}

const selectHistory = preparedStatement<SessionHistoryFacts>(
  'session-history-facts',
  `SELECT
    (SELECT actor_role FROM scheduled_sessions_status_history WHERE _parent_id = s.id ORDER BY _order LIMIT 1) AS "openedBy",
    (SELECT reason FROM scheduled_sessions_status_history WHERE _parent_id = s.id AND "to" = s.status::text
      ORDER BY _order DESC LIMIT 1) AS reason,
    (SELECT reference FROM payments WHERE scheduled_session_id = s.id ORDER BY created_at DESC LIMIT 1) AS "paymentReference"
  FROM scheduled_sessions s WHERE s.id = $1`,
)

/** What of a session's history messages speak of. */
export const findSessionHistoryFacts = async (req: PayloadRequest, sessionId: string): Promise<SessionHistoryFacts> =>
  (await selectHistory(req, [sessionId]))[0] ?? { openedBy: null, reason: null, paymentReference: null }

/** A refund; its amount in minor units. */
export const findRefundFacts = async (
  req: PayloadRequest,
  refundId: string,
): Promise<RefundMessageFacts | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT r.id, r.amount::float8, r.currency, r.reason, r.failure_reason AS "failureReason", r.status = 'requested' AS "isWaiting",
      coalesce(p.payment_method = 'elsewhere', false) AS "isElsewhere"
    FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.id = ${refundId}`)
  return rows[0] as RefundMessageFacts | undefined
}
