import { sql } from '@payloadcms/db-postgres'
import { sqlStates } from '#database/state-lists'
import { type Overdue, sweepBatch } from '#outbox/task'
import { captureMarginMinutes } from '#payments/charge/capture-deadline'
import { unpaidPayments, unsettledPayments } from '#payments/payment-states'
import { liveSessions, sessionStates, waitingSessions } from '#sessions/session-states'
import { statesWhere } from '#shared/state-table'

const confirmable = sqlStates(statesWhere(sessionStates, 'waitsFor', 'confirmation'))

export const checkoutOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT id FROM scheduled_sessions
      WHERE status IN ${sqlStates(waitingSessions)} AND payment_deadline < now() - interval '1 minute'
        AND EXISTS (SELECT FROM payments p WHERE p.scheduled_session_id = scheduled_sessions.id AND p.status IN ${sqlStates(unpaidPayments)})
      LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'expire-payment', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT id FROM scheduled_sessions
      WHERE status IN ${confirmable} AND confirm_by < now() - interval '1 minute' LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'expire-confirmation', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT s.id FROM scheduled_sessions s
      WHERE status IN ${sqlStates(liveSessions)}
        AND ends_at < now() - coalesce((SELECT completion_grace_minutes FROM booking_settings LIMIT 1), 30) * interval '1 minute'
      LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'complete-session', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT p.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status IN ${sqlStates(unsettledPayments)} AND s.status NOT IN ${sqlStates(waitingSessions)}
        AND p.updated_at < now() - interval '2 minutes'
      LIMIT ${sweepBatch}`,
    job: (paymentId) => ({ task: 'settle-payment', payload: { paymentId } }),
  },
  {
    select: sql`
      SELECT s.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status = 'authorized' AND s.status IN ${confirmable}
        AND p.checkout_capture_before < now() + ${captureMarginMinutes - 1} * interval '1 minute'
      LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'expire-authorization', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT id FROM disputes
      WHERE answer_status = 'requested' AND updated_at < now() - interval '2 minutes' LIMIT ${sweepBatch}`,
    job: (disputeId) => ({ task: 'answer-dispute', payload: { disputeId } }),
  },
  {
    select: sql`SELECT id FROM reconciliation_runs WHERE status = 'running' AND updated_at < now() - interval '10 minutes'`,
    job: (runId) => ({ task: 'reconcile', payload: { runId } }),
  },
]
