import { sql } from '@payloadcms/db-postgres'
import { type Overdue, sweepBatch } from '#outbox/task'
import { captureMarginMinutes } from '#payments/charge/capture-deadline'

export const checkoutOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT id FROM scheduled_sessions
      WHERE status IN ('pending_payment', 'pending_confirmation') AND payment_deadline < now() - interval '1 minute'
        AND EXISTS (SELECT FROM payments p WHERE p.scheduled_session_id = scheduled_sessions.id AND p.status IN ('pending', 'failed', 'cancelled'))
      LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'expire-payment', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT id FROM scheduled_sessions
      WHERE status = 'pending_confirmation' AND confirm_by < now() - interval '1 minute' LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'expire-confirmation', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT s.id FROM scheduled_sessions s
      WHERE status IN ('scheduled', 'in_progress')
        AND ends_at < now() - coalesce((SELECT completion_grace_minutes FROM booking_settings LIMIT 1), 30) * interval '1 minute'
      LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'complete-session', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT p.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status IN ('pending', 'processing', 'authorized') AND s.status NOT IN ('pending_payment', 'pending_confirmation')
        AND p.updated_at < now() - interval '2 minutes'
      LIMIT ${sweepBatch}`,
    job: (paymentId) => ({ task: 'settle-payment', payload: { paymentId } }),
  },
  {
    select: sql`
      SELECT s.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status = 'authorized' AND s.status = 'pending_confirmation'
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
