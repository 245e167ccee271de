import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { storeState } from '#database/store-state'
import { readDb, txDb } from '#database/transactions'
import type { Overdue } from '#outbox/task'
import type { Actor } from '#shared/actor'
import { createId, createReference } from '#shared/ids'
import { epoch } from '#shared/time'
import type { SessionRow } from '../session-queries'
import type { SessionState } from '../session-states'
import type { ClaimOfSession } from './claim-of-session'
import { type NoShowEvidence, otherSide, type SessionSide } from './decide-no-show'
import { noShowClaimMachine, type NoShowClaimState, openNoShowClaims } from './no-show-claim-states'

const saidOf = (to: SessionState) => sql`
  (SELECT json_build_object('by', h.actor_role, 'at', ${sql.raw(epoch('h.at'))}) FROM scheduled_sessions_status_history h
    WHERE h._parent_id = s.id AND h."to" = ${to} ORDER BY h.at DESC LIMIT 1)`

/** What is known of who was there. The caller holds the lock on the session. */
export const findNoShowEvidence = async (
  req: PayloadRequest,
  { id, hasReview }: Pick<SessionRow, 'id' | 'hasReview'>,
): Promise<NoShowEvidence> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT json_build_object('customer', ${sql.raw(epoch('s.attendance_customer_joined_at'))},
        'consultant', ${sql.raw(epoch('s.attendance_consultant_joined_at'))}) AS "joinedAt",
      ${saidOf('in_progress')} AS started, ${saidOf('completed')} AS completed
    FROM scheduled_sessions s WHERE s.id = ${id}`)
  return { ...(rows[0] as Omit<NoShowEvidence, 'hasReview'>), hasReview }
}

/** Writes a claim down. @returns its id. */
export const insertNoShowClaim = async (
  req: PayloadRequest,
  session: Pick<SessionRow, 'id' | 'consultantId' | 'customerId' | 'paymentId'>,
  claim: Pick<ClaimOfSession, 'missing' | 'statement' | 'objections' | 'deadline'>,
): Promise<string> => {
  const id = createId()
  await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO no_show_claims (id, reference, status, scheduled_session_id, consultant_id, customer_id, payment_id, missing, raised_by,
      statement, objections, deadline, reminders, updated_at, created_at)
    VALUES (${id}, ${createReference('NC')}, 'open', ${session.id}, ${session.consultantId}, ${session.customerId}, ${session.paymentId},
      ${claim.missing}, ${otherSide(claim.missing)}, ${claim.statement}, ${JSON.stringify(claim.objections)}::jsonb,
      to_timestamp(${claim.deadline}::float8 / 1000), 0, now(), now())`)
  return id
}

/** Stores what the other side says to a claim. */
export const storeClaimAnswer = async (req: PayloadRequest, id: string, answer: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`UPDATE no_show_claims SET answer = ${answer}, answered_at = now(), updated_at = now() WHERE id = ${id}`)
}

/** Stores how a claim ended. @throws IllegalTransition when it is over already, or the table does not let `by` end it so. */
export const storeClaimEnd = async (
  req: PayloadRequest,
  id: string,
  { to, by, reason }: { to: NoShowClaimState; by: Actor; reason: string | null },
): Promise<void> =>
  storeState(req, noShowClaimMachine, {
    at: { table: 'no_show_claims', column: 'status' },
    id,
    to,
    role: by.role,
    set: sql`decided_at = now(), decided_by = ${by.id}, decided_by_role = ${by.role}, decision_reason = ${reason},`,
  })

/** So many are shown; the rest is behind a link. */
const shown = 5

export type ClaimsToDecide = {
  count: number
  /** The most urgent first; the deadline in epoch milliseconds. */
  items: { id: string; reference: string; missing: SessionSide; isAnswered: boolean; deadline: number }[]
}

/** What operations have to decide; what was answered waits for nobody else. */
export const listClaimsToDecide = async (req: PayloadRequest): Promise<ClaimsToDecide> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id, reference, missing, answer IS NOT NULL AS "isAnswered", ${sql.raw(epoch('deadline'))} AS deadline,
      count(*) OVER ()::int AS total
    FROM no_show_claims WHERE status IN ${sqlStates(openNoShowClaims)} ORDER BY answer IS NULL, deadline LIMIT ${shown}`)
  const [first] = rows as { total: number }[]
  return { count: first?.total ?? 0, items: rows as ClaimsToDecide['items'] }
}

/** How often operations are reminded of a claim whose time to answer is over: at its deadline, and then once a day. */
const mostReminders = 8

const isToRemindOf = sql`status IN ${sqlStates(openNoShowClaims)} AND deadline < now() AND reminders < ${mostReminders}
  AND (reminded_at IS NULL OR reminded_at < now() - interval '1 day')`

/** Counts one more reminder of a claim. @returns which one it is and of which session; undefined when none is due. */
export const countClaimReminder = async (
  req: PayloadRequest,
  id: string,
): Promise<{ reminders: number; sessionId: string } | undefined> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE no_show_claims SET reminders = reminders + 1, reminded_at = now(), updated_at = now() WHERE id = ${id} AND ${isToRemindOf}
    RETURNING reminders::int, scheduled_session_id AS "sessionId"`)
  return rows[0] as { reminders: number; sessionId: string } | undefined
}

/** Claims that nobody has decided in time. */
export const overdueClaims: Overdue = {
  select: sql`SELECT id FROM no_show_claims WHERE ${isToRemindOf} ORDER BY deadline`,
  task: 'remind-no-show-claim',
  payload: (claimId) => ({ claimId }),
}
