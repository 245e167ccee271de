import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import type { AttributeSubject } from '#attributes/attribute-kinds'
import { preparedStatement } from '#database/prepared-statement'
import { textStates } from '#database/state-lists'
import { txDb } from '#database/transactions'
import type { CancellationPolicy } from '#payments/refund/cancellation-policy'
import { countedRefunds, type PaymentState, type PayoutState } from '#payments/payment-states'
import { agreedPolicy } from './agreed-policy-queries'
import type { ClaimOfSession } from './no-show/claim-of-session'
import type { SessionState } from './session-states'
import { epoch } from '#shared/time'

/** A scheduled session with what commands and answers need of its neighbours. Instants are epoch milliseconds. */
export type SessionRow = {
  id: string
  reference: string
  status: SessionState
  startsAt: number
  endsAt: number
  durationMinutes: number
  /** The customer's zone. */
  timeZone: string
  language: string
  createdAt: number
  slotId: string | null
  requestId: string | null
  manageTokenHash: string | null
  paymentDeadline: number | null
  /** Until when the consultant has to say yes; null where nobody has to. */
  confirmBy: number | null
  /** Until when the customer has to open the mailed link; null where they had not to, or have. */
  emailConfirmBy: number | null
  sequence: number
  amount: number
  currency: string
  platformFeeAmount: number
  consultantPayoutAmount: number
  policy: CancellationPolicy
  timesMoved: number
  meetingProvider: string | null
  meetingJoinUrl: string | null
  /** Only where the customer agreed to be recorded. */
  recordingUrl: string | null
  recordingExpiresAt: number | null
  consultantId: string
  consultantSlug: string
  consultantName: string
  consultantTimeZone: string
  consultantUserId: string | null
  consultantEmail: string | null
  customerId: string
  customerName: string
  customerEmail: string
  customerUserId: string | null
  serviceTypeId: string
  serviceTypeSlug: string
  serviceTypeName: string
  requiresConfirmation: boolean
  /** They booked with their login, so the page to pay on offers their saved cards. */
  paysWithLogin: boolean
  paymentId: string | null
  paymentStatus: PaymentState | null
  paymentAmount: number
  /** Until when an authorised price can be charged; epoch milliseconds. */
  captureBefore: number | null
  paymentReference: string | null
  receiptUrl: string | null
  /** Number of the invoice, once there is one. */
  invoiceNumber: string | null
  refundedAmount: number
  /** How the consultant's share of the latest payment stands. */
  payoutStatus: PayoutState | null
  hasReview: boolean
  /** The latest claim that one side did not come. */
  claim: ClaimOfSession | null
  /** What operations have defined for it and its neighbours, by key, whoever reads it. */
  attributes: Record<AttributeSubject, unknown>
}

const selectSession = `
  SELECT s.id, s.reference, s.status, s.language, s.time_zone AS "timeZone", s.slot_id AS "slotId", s.request_id AS "requestId",
    s.manage_token_hash AS "manageTokenHash", s.sequence::int, s.duration_minutes::int AS "durationMinutes",
    ${epoch('s.starts_at')} AS "startsAt", ${epoch('s.ends_at')} AS "endsAt", ${epoch('s.created_at')} AS "createdAt",
    ${epoch('s.payment_deadline')} AS "paymentDeadline", ${epoch('s.confirm_by')} AS "confirmBy",
    ${epoch('s.email_confirm_by')} AS "emailConfirmBy",
    s.price_amount::float8 AS amount, s.price_currency AS currency,
    s.price_platform_fee_amount::float8 AS "platformFeeAmount",
    s.price_consultant_payout_amount::float8 AS "consultantPayoutAmount",
    ${agreedPolicy('s')} AS policy,
    (SELECT count(*)::int FROM scheduled_sessions_reschedule_history h WHERE h._parent_id = s.id) AS "timesMoved",
    s.meeting_provider AS "meetingProvider", s.meeting_join_url AS "meetingJoinUrl",
    s.recording_url AS "recordingUrl", ${epoch('s.recording_expires_at')} AS "recordingExpiresAt",
    c.id AS "consultantId", c.slug AS "consultantSlug", c.name AS "consultantName",
    c.availability_time_zone AS "consultantTimeZone", c.user_id AS "consultantUserId", cou.email AS "consultantEmail",
    cu.id AS "customerId", cu.name AS "customerName", cu.email AS "customerEmail", cu.user_id AS "customerUserId",
    t.id AS "serviceTypeId", t.slug AS "serviceTypeSlug", t.name AS "serviceTypeName",
    coalesce(t.requires_confirmation, false) AS "requiresConfirmation",
    coalesce((p.metadata->>'isLogin')::boolean, false) AS "paysWithLogin", p.id AS "paymentId", p.status AS "paymentStatus", coalesce(p.amount, 0)::float8 AS "paymentAmount",
    ${epoch('p.checkout_capture_before')} AS "captureBefore", p.reference AS "paymentReference", p.receipt_url AS "receiptUrl",
    p.invoice_invoice_id AS "invoiceNumber",
    coalesce((SELECT sum(r.amount) FROM refunds r WHERE r.payment_id = p.id AND r.status IN (${textStates(countedRefunds)})), 0)::float8
      AS "refundedAmount",
    p.payout_status AS "payoutStatus",
    EXISTS (SELECT FROM reviews v WHERE v.scheduled_session_id = s.id) AS "hasReview",
    (SELECT json_build_object('id', n.id, 'reference', n.reference, 'status', n.status, 'missing', n.missing, 'statement', n.statement,
        'objections', n.objections, 'answer', n.answer, 'answeredAt', ${epoch('n.answered_at')}, 'deadline', ${epoch('n.deadline')},
        'raisedAt', ${epoch('n.created_at')}, 'decidedAt', ${epoch('n.decided_at')}, 'decisionReason', n.decision_reason)
      FROM no_show_claims n WHERE n.scheduled_session_id = s.id ORDER BY n.created_at DESC, n.id DESC LIMIT 1) AS claim,
    json_build_object('scheduled-sessions', s.attributes, 'customers', cu.attributes,
      'consultant-profiles', c.attributes, 'service-types', t.attributes) AS attributes
  FROM scheduled_sessions s
  JOIN consultant_profiles c ON c.id = s.consultant_id
  LEFT JOIN users cou ON cou.id = c.user_id
  JOIN customers cu ON cu.id = s.customer_id
  JOIN service_types t ON t.id = s.service_type_id
  LEFT JOIN LATERAL (SELECT * FROM payments WHERE scheduled_session_id = s.id ORDER BY created_at DESC LIMIT 1) p ON true`

// Planning seven tables costs five times as much as reading one session out of them.
const selectById = preparedStatement<SessionRow>('session-by-id', `${selectSession} WHERE s.id = $1`)
const selectByReference = preparedStatement<SessionRow>(
  'session-by-reference',
  `${selectSession} WHERE s.reference = $1`,
)

const lockById = preparedStatement('lock-session', 'SELECT FROM scheduled_sessions WHERE id = $1 FOR NO KEY UPDATE')

export const findSessionById = async (req: PayloadRequest, id: string): Promise<SessionRow | undefined> =>
  (await selectById(req, [id]))[0]

export const findSessionByReference = async (req: PayloadRequest, reference: string): Promise<SessionRow | undefined> =>
  (await selectByReference(req, [reference]))[0]

/** @throws when it does not exist: the caller has just written it. */
export const requireSession = async (req: PayloadRequest, id: string): Promise<SessionRow> => {
  const session = await findSessionById(req, id)
  if (!session) throw new Error(`Session ${id} does not exist.`)
  return session
}

/**
 * Locks a session until the transaction ends, then reads it: everything that decides on its state does this first, because
 * `payload.update` writes the whole row back from an earlier read.
 */
export const lockSession = async (req: PayloadRequest, id: string): Promise<SessionRow | undefined> => {
  await txDb(req)
  await lockById(req, [id])
  return findSessionById(req, id)
}

/** When a session came into the state that it is in; epoch ms. */
export const findStateSince = async (req: PayloadRequest, { id, status }: SessionRow): Promise<number> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT (extract(epoch FROM max(at)) * 1000)::float8 AS since FROM scheduled_sessions_status_history
    WHERE _parent_id = ${id} AND "to" = ${status}`)
  const { since } = rows[0] as { since: number | null }
  if (since === null) throw new Error(`The history of session ${id} does not say when it became ${status}.`)
  return since
}
