import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { removeUnbookableSlots } from '#directory/published-slots/published-slot-queries'
import { sqlStates, textStates } from '#database/sql-states'
import { poolDb, withTransaction } from '#database/transactions'
import { deleteExpiredNotifications } from '#notifications/notification-queries'
import { openRequestStates } from '#requests/request-states'
import { liveSessions, sessionStates, waitingSessions } from '#sessions/session-states'
import { captureMarginMinutes } from '#payments/charge/capture-deadline'
import {
  movedPayouts,
  openDisputes,
  paymentsWithRest,
  refundsUnderWay,
  unpaidPayments,
  unsettledPayments,
} from '#payments/payment-states'
import { payableAccounts } from '#payments/account/payout-account-states'
import { accountHeldReasons } from '#payments/account/decide-account-state'
import { deleteOldEvents } from '#payments/stripe-events/stripe-event-queries'
import { enqueue, type Job } from '#outbox/enqueue'
import { statesWhere } from '#shared/state-table'
import { unlockJobsOfDeadWorkers } from './worker-heartbeat'

/** At most so many of each kind a run; the next minute takes the rest. */
const batch = 200

/**
 * Paid out, changed of late, and by the books not what it should be: a refund without its reversal, one that failed after it,
 * a lost dispute. What the consultant still owes counts as given back.
 */
const unsettledPayouts = sql.raw(`
  SELECT p.id FROM payments p
  WHERE p.payout_status IN (${textStates(movedPayouts)}) AND p.updated_at BETWEEN now() - interval '3 days' AND now() - interval '2 minutes'
    AND NOT EXISTS (SELECT FROM refunds r WHERE r.payment_id = p.id AND r.status IN (${textStates(refundsUnderWay)}))
    AND NOT EXISTS (SELECT FROM disputes d WHERE d.payment_id = p.id AND d.status IN (${textStates(openDisputes)}))
    AND (SELECT coalesce(sum(e.amount * m.consultant), 0) + coalesce(sum(e.amount) FILTER (WHERE m.kind IN ('netted_out', 'netted_in')), 0)
        FROM ledger_entries e JOIN parley.ledger_moves m ON m.kind = e.kind::text WHERE e.payment_id = p.id)
      + (SELECT coalesce(sum(t.amount - t.recovered_amount), 0) FROM transfers t WHERE t.payment_id = p.id AND t.kind = 'receivable') <> 0`)

const confirmable = sqlStates(statesWhere(sessionStates, 'waitsFor', 'confirmation'))

type Found = { task: string; id: string }

/**
 * Finds what the jobs of single records missed, because a worker was killed hard (its jobs stay locked for hours), a job failed for
 * good, or a row came in by another way. Everything it starts looks at the present state first, so starting it twice is harmless.
 */
export const sweep = async (payload: Payload): Promise<void> => {
  const { rows } = await poolDb(payload).execute(sql`
    (SELECT 'expire-payment' AS task, id FROM scheduled_sessions
      WHERE status IN ${sqlStates(waitingSessions)} AND payment_deadline < now() - interval '1 minute'
        AND EXISTS (SELECT FROM payments p WHERE p.scheduled_session_id = scheduled_sessions.id AND p.status IN ${sqlStates(unpaidPayments)})
      LIMIT ${batch})
    UNION ALL
    (SELECT 'expire-confirmation', s.id FROM scheduled_sessions s
      JOIN availability_slots a ON a.scheduled_session_id = s.id AND a.status = 'held'
      WHERE s.status IN ${confirmable} AND s.payment_deadline IS NULL AND a.hold_expires_at < now() - interval '1 minute'
      LIMIT ${batch})
    UNION ALL
    (SELECT 'expire-confirmation', id FROM scheduled_sessions
      WHERE status IN ${confirmable} AND starts_at < now() LIMIT ${batch})
    UNION ALL
    (SELECT 'expire-request', id FROM consultation_requests
      WHERE status IN ${sqlStates(openRequestStates)} AND expires_at < now() - interval '1 minute'
      LIMIT ${batch})
    UNION ALL
    (SELECT 'complete-session', s.id FROM scheduled_sessions s
      WHERE status IN ${sqlStates(liveSessions)}
        AND ends_at < now() - coalesce((SELECT completion_grace_minutes FROM booking_settings LIMIT 1), 30) * interval '1 minute'
      LIMIT ${batch})
    UNION ALL
    (SELECT 'settle-payment', p.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status IN ${sqlStates(unsettledPayments)} AND s.status NOT IN ${sqlStates(waitingSessions)}
        AND p.updated_at < now() - interval '2 minutes'
      LIMIT ${batch})
    UNION ALL
    (SELECT 'expire-authorization', s.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status = 'authorized' AND s.status IN ${confirmable}
        AND p.checkout_capture_before < now() + ${captureMarginMinutes - 1} * interval '1 minute'
      LIMIT ${batch})
    UNION ALL
    (SELECT 'look-up-stripe-fee', id FROM payments
      WHERE stripe_fee_amount IS NULL AND stripe_charge_id IS NOT NULL AND succeeded_at > now() - interval '30 days'
        AND updated_at < now() - interval '1 hour'
      LIMIT ${batch})
    UNION ALL
    (SELECT 'run-refund', id FROM refunds
      WHERE status = 'requested' AND updated_at < now() - interval '2 minutes' LIMIT ${batch})
    UNION ALL
    (SELECT 'settle-payout', id FROM payments
      WHERE payout_due_at < now() - interval '1 minute'
        AND (payout_status = 'not_due' AND status IN ${sqlStates(paymentsWithRest)}
          OR payout_status = 'due' AND updated_at < now() - interval '2 minutes')
      LIMIT ${batch})
    UNION ALL
    (SELECT DISTINCT 'settle-payout', payment_id FROM transfers
      WHERE status = 'requested' AND updated_at < now() - interval '2 minutes' LIMIT ${batch})
    UNION ALL
    (SELECT 'settle-payout', p.id FROM payments p LEFT JOIN payout_accounts a ON a.consultant_id = p.consultant_id
      WHERE p.payout_status = 'held' AND p.updated_at < now() - interval '2 minutes'
        AND (p.payout_held_reason IN ${sqlStates(accountHeldReasons)}
            AND a.status IN ${sqlStates(payableAccounts)} AND a.synced_at > p.updated_at
          OR p.payout_held_reason = 'disputed' AND NOT EXISTS (SELECT FROM disputes d
            WHERE d.payment_id = p.id AND d.status IN ${sqlStates(openDisputes)})
          OR p.payout_held_reason = 'by_operations' AND p.payout_is_held_by_operations IS NOT TRUE)
      LIMIT ${batch})
    UNION ALL
    (SELECT 'settle-payout', id FROM (${unsettledPayouts}) unsettled LIMIT ${batch})
    UNION ALL
    (SELECT 'answer-dispute', id FROM disputes
      WHERE answer_status = 'requested' AND updated_at < now() - interval '2 minutes' LIMIT ${batch})
    UNION ALL
    (SELECT 'process-stripe-event', id FROM stripe_events
      WHERE status = 'received' AND received_at < now() - interval '2 minutes' LIMIT ${batch})
    UNION ALL
    (SELECT 'settle-room', session_id FROM parley.meeting_rooms
      WHERE delivered_version < desired_version AND updated_at < now() - interval '2 minutes' AND claimed_until < now() LIMIT ${batch})
    UNION ALL
    (SELECT 'process-meeting-event', id FROM parley.meeting_events
      WHERE status = 'received' AND received_at < now() - interval '2 minutes' LIMIT ${batch})
    UNION ALL
    (SELECT 'reconcile', id FROM reconciliation_runs
      WHERE status = 'running' AND updated_at < now() - interval '10 minutes')
    UNION ALL
    (SELECT 'release-hold', id FROM availability_slots
      WHERE status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at < now() - interval '1 minute' LIMIT ${batch})
    UNION ALL
    (SELECT 'deliver-notification', id FROM notifications
      WHERE delivery_state = 'queued' AND coalesce(delivery_next_attempt_at, created_at) < now() - interval '2 minutes'
      ORDER BY created_at LIMIT ${batch})`)
  const jobs = (rows as Found[]).flatMap((found) => toJob(found) ?? [])
  if (jobs.length) await withTransaction(payload, (req) => enqueue(req, ...jobs))
  await unlockJobsOfDeadWorkers(payload)
  await deleteExpiredNotifications(payload, batch)
  await removeUnbookableSlots(payload)
  await deleteOldEvents(payload, batch)
  await poolDb(payload).execute(sql`
    DELETE FROM parley.meeting_events WHERE received_at < now() - interval '30 days'`)
  await poolDb(payload).execute(sql`
    DELETE FROM parley.idempotency_keys WHERE created_at < now() - interval '7 days'`)
}

/** Keys differ from those of the jobs that the records enqueue themselves, which may be locked by a dead worker. */
const toJob = ({ task, id }: Found): Job | undefined => {
  const key = `sweep:${task}:${id}`
  switch (task) {
    case 'expire-payment':
    case 'expire-confirmation':
    case 'expire-authorization':
    case 'complete-session':
      return { task, payload: { sessionId: id }, key }
    case 'expire-request':
      return { task, payload: { requestId: id }, key }
    case 'settle-payout':
      return { task, payload: { paymentId: id }, key }
    case 'answer-dispute':
      return { task, payload: { disputeId: id }, key }
    case 'settle-payment':
    case 'look-up-stripe-fee':
      return { task, payload: { paymentId: id }, key }
    case 'run-refund':
      return { task, payload: { refundId: id }, key }
    case 'process-stripe-event':
      return { task, payload: { stripeEventId: id }, key }
    case 'deliver-notification':
      return { task, payload: { notificationId: id }, key }
    case 'settle-room':
      return { task, payload: { sessionId: id }, key }
    case 'process-meeting-event':
      return { task, payload: { meetingEventId: id }, key }
    case 'reconcile':
      return { task, payload: { runId: id }, key }
    case 'release-hold':
      return { task, payload: { slotId: id }, key }
    default:
      return undefined
  }
}
