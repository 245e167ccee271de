import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import type { DisputeEvidence } from '#payments/dispute/dispute-evidence'

const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

const selectEvidence = sql.raw(`
  SELECT json_build_object(
    'collectedAt', ${iso('now()')},
    'customer', json_build_object('name', cu.name, 'email', cu.email, 'since', ${iso('cu.created_at')}),
    'payment', json_build_object(
      'reference', p.reference, 'amount', p.amount::float8, 'currency', p.currency, 'paidAt', ${iso('p.succeeded_at')},
      'method', p.payment_method, 'receiptUrl', p.receipt_url,
      'refunds', coalesce((SELECT json_agg(json_build_object('amount', r.amount::float8, 'status', r.status,
        'at', ${iso('r.requested_at')}, 'reason', r.reason) ORDER BY r.requested_at) FROM refunds r WHERE r.payment_id = p.id), '[]')),
    'session', json_build_object(
      'reference', s.reference, 'service', t.name, 'consultant', c.name, 'bookedAt', ${iso('s.created_at')},
      'startsAt', ${iso('s.starts_at')}, 'endsAt', ${iso('s.ends_at')}, 'timeZone', s.time_zone, 'status', s.status,
      'problem', coalesce(s.problem_description, s.problem_title),
      'cancellation', CASE WHEN s.cancellation_cancelled_at IS NOT NULL THEN json_build_object('by', s.cancellation_by,
        'at', ${iso('s.cancellation_cancelled_at')}, 'reason', s.cancellation_reason) END),
    'policy', CASE WHEN s.price_cancellation_policy ? 'refundPercentage'
      THEN s.price_cancellation_policy || jsonb_build_object('acceptedAt', ${iso('s.created_at')}) END,
    'attendance', json_build_object(
      'startedAt', ${iso('s.meeting_started_at')}, 'endedAt', ${iso('s.meeting_ended_at')},
      'minutes', s.meeting_actual_duration_minutes::float8,
      'consultantJoinedAt', ${iso('s.attendance_consultant_joined_at')}, 'consultantLeftAt', ${iso('s.attendance_consultant_left_at')},
      'customerJoinedAt', ${iso('s.attendance_customer_joined_at')}, 'customerLeftAt', ${iso('s.attendance_customer_left_at')},
      'recordingConsentedAt', ${iso('s.recording_consented_at')}),
    'messages', coalesce((SELECT json_agg(json_build_object('at', ${iso('n.created_at')}, 'to', n.audience, 'title', n.title,
        'sentAt', ${iso('n.email_sent_at')}) ORDER BY n.created_at, n.id)
      FROM notifications n WHERE n.scheduled_session_id = s.id AND n.audience IN ('customer', 'consultant')
        AND n.delivery_channel IN ('email', 'in-app')
        AND n.type NOT IN ('payout', 'payout_held', 'dispute')), '[]'),
    'history', coalesce((SELECT json_agg(json_build_object('at', ${iso('h.at')}, 'from', h."from", 'to', h."to", 'by', h.actor_role,
        'reason', h.reason) ORDER BY h._order) FROM scheduled_sessions_status_history h WHERE h._parent_id = s.id), '[]'),
    'moves', coalesce((SELECT json_agg(json_build_object('at', ${iso('m.at')}, 'from', ${iso('m.from_starts_at')},
        'to', ${iso('m.to_starts_at')}, 'by', m.actor_role) ORDER BY m._order)
      FROM scheduled_sessions_reschedule_history m WHERE m._parent_id = s.id), '[]'),
    'review', (SELECT json_build_object('rating', v.rating::float8, 'text', v.review_text, 'at', ${iso('v.created_at')})
      FROM reviews v WHERE v.scheduled_session_id = s.id LIMIT 1)
  ) AS evidence
  FROM payments p
  JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
  JOIN customers cu ON cu.id = p.customer_id
  JOIN consultant_profiles c ON c.id = p.consultant_id
  JOIN service_types t ON t.id = s.service_type_id`)

/**
 * What speaks for us about a payment, as it is now. Without addresses of the network: none are kept.
 * @param statement of operations, in their own words.
 * @throws when there is no such payment.
 */
export const collectEvidence = async (
  req: PayloadRequest,
  paymentId: string,
  statement: string | null,
): Promise<DisputeEvidence> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectEvidence} WHERE p.id = ${paymentId}`)
  const row = rows[0] as { evidence: Omit<DisputeEvidence, 'statement'> } | undefined
  if (!row) throw new Error(`Payment ${paymentId} does not exist.`)
  return { ...row.evidence, statement }
}
