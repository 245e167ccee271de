import { sql } from '@payloadcms/db-postgres'
import { sqlStates } from '#database/state-lists'
import { lostErrands } from '#outbox/lost-work-queries'
import type { Overdue } from '#outbox/task'
import { captureMarginMinutes } from '#payments/charge/capture-deadline'
import { cancellationReasons } from '#payments/refund/cancellation-policy'
import { unpaidPayments, unsettledPayments } from '#payments/payment-states'
import { openNoShowClaims } from '#sessions/no-show/no-show-claim-states'
import { liveSessions, refundableSessions, sessionStates, waitingSessions } from '#sessions/session-states'
import { statesWhere } from '#shared/state-table'

const confirmable = sqlStates(statesWhere(sessionStates, 'waitsFor', 'confirmation'))

export const checkoutOverdue: readonly Overdue[] = [
  lostErrands('follow-payout'),
  lostErrands('follow-payout-account'),
  {
    select: sql`
      SELECT id FROM scheduled_sessions
      WHERE status IN ${sqlStates(waitingSessions)} AND payment_deadline < now() - interval '1 minute'
        AND EXISTS (SELECT FROM payments p WHERE p.scheduled_session_id = scheduled_sessions.id AND p.status IN ${sqlStates(unpaidPayments)})`,
    task: 'expire-payment',
    payload: (sessionId) => ({ sessionId }),
  },
  {
    select: sql`
      SELECT id FROM scheduled_sessions
      WHERE status IN ${confirmable} AND confirm_by < now() - interval '1 minute'`,
    task: 'expire-confirmation',
    payload: (sessionId) => ({ sessionId }),
  },
  {
    select: sql`
      SELECT id FROM scheduled_sessions
      WHERE status = 'pending_confirmation' AND email_confirm_by < now() - interval '1 minute'`,
    task: 'expire-unopened',
    payload: (sessionId) => ({ sessionId }),
  },
  {
    select: sql`
      SELECT s.id FROM scheduled_sessions s
      WHERE status IN ${sqlStates(liveSessions)}
        AND ends_at < now() - coalesce((SELECT completion_grace_minutes FROM booking_settings LIMIT 1), 30) * interval '1 minute'
        AND NOT EXISTS (SELECT FROM no_show_claims n WHERE n.scheduled_session_id = s.id AND n.status IN ${sqlStates(openNoShowClaims)})`,
    task: 'complete-session',
    payload: (sessionId) => ({ sessionId }),
  },
  {
    select: sql`
      SELECT p.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status IN ${sqlStates(unsettledPayments)} AND s.status NOT IN ${sqlStates(waitingSessions)}
        AND p.updated_at < now() - interval '2 minutes'`,
    task: 'settle-payment',
    payload: (paymentId) => ({ paymentId }),
  },
  {
    select: sql`
      SELECT s.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status = 'authorized' AND s.status IN ${confirmable}
        AND p.checkout_capture_before < now() + ${captureMarginMinutes - 1} * interval '1 minute'`,
    task: 'expire-authorization',
    payload: (sessionId) => ({ sessionId }),
  },
  {
    select: sql`
      SELECT s.id FROM payments p JOIN scheduled_sessions s ON s.payment_id = p.id
      WHERE p.status = 'refunded' AND p.updated_at BETWEEN now() - interval '30 days' AND now() - interval '2 minutes'
        AND s.status IN ${sqlStates(refundableSessions)} AND EXISTS (SELECT FROM refunds r
          WHERE r.payment_id = p.id AND r.status = 'succeeded' AND r.reason NOT IN ${sqlStates(Object.keys(cancellationReasons))})
      ORDER BY p.updated_at`,
    task: 'close-refunded-session',
    payload: (sessionId) => ({ sessionId }),
  },
  {
    select: sql`
      SELECT id FROM disputes
      WHERE answer_status = 'requested' AND updated_at < now() - interval '2 minutes'`,
    task: 'answer-dispute',
    payload: (disputeId) => ({ disputeId }),
  },
  {
    select: sql`SELECT id FROM reconciliation_runs WHERE status = 'running' AND updated_at < now() - interval '10 minutes'`,
    task: 'reconcile',
    payload: (runId) => ({ runId }),
  },
]
