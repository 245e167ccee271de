import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { textStates } from '#database/state-lists'
import { readDb } from '#database/transactions'
import type { ActorRole } from '#shared/actor'
import type { LedgerKind } from './ledger/ledger-kinds'
import {
  countedRefunds,
  returnedRefunds,
  type DisputeState,
  type HeldReason,
  type PaymentState,
  type PayoutState,
  type RefundState,
  type TransferKind,
  type TransferState,
} from './payment-states'
import { epoch } from '#shared/time'

/** Everything that is written down about one payment. Amounts in minor units, instants in epoch milliseconds. */
export type PaymentRecords = {
  payment: PaymentFacts
  refunds: RefundRecord[]
  transfers: TransferRecord[]
  disputes: DisputeRecord[]
  entries: LedgerRecord[]
  events: StripeEventRecord[]
  history: SessionStep[]
}

export type PaymentFacts = {
  id: string
  reference: string
  status: PaymentState
  sessionId: string
  amount: number
  currency: string
  platformFeeAmount: number
  consultantPayoutAmount: number
  /** Returned. */
  refundedAmount: number
  /** Returned or on its way back. */
  committedAmount: number
  method: string | null
  /** The money came to the platform outside of Stripe. */
  isPaidElsewhere: boolean
  checkoutSessionId: string | null
  paymentIntentId: string | null
  chargeId: string | null
  receiptUrl: string | null
  initiatedAt: number | null
  authorizedAt: number | null
  captureBefore: number | null
  succeededAt: number | null
  failedAt: number | null
  failureMessage: string | null
  stripeFeeAmount: number | null
  stripeFeeCurrency: string | null
  payoutStatus: PayoutState
  payoutDueAt: number | null
  paidOutAmount: number
  reversedAmount: number
  nettedAmount: number
  heldReason: HeldReason | null
  heldNote: string | null
  isHeldByOperations: boolean
}

/** Who asked for something: a user or customer by name, if it was one. */
type Asked = { byRole: ActorRole | null; byName: string | null }

export type RefundRecord = Asked & {
  id: string
  reference: string
  status: RefundState
  amount: number
  reason: string | null
  requestedAt: number
  refundedAt: number | null
  updatedAt: number
  stripeRefundId: string | null
  failureReason: string | null
  /** When Stripe was first asked for it. */
  askedAt: number | null
  /** Another one was made in its place. */
  hasRetry: boolean
}

export type TransferRecord = Asked & {
  id: string
  reference: string
  kind: TransferKind
  status: TransferState
  amount: number
  recoveredAmount: number
  reason: string | null
  requestedAt: number
  settledAt: number | null
  updatedAt: number
  stripeObjectId: string | null
  failureReason: string | null
}

export type DisputeRecord = {
  id: string
  reference: string
  status: DisputeState
  amount: number
  currency: string
  reason: string | null
  openedAt: number
  evidenceDueBy: number | null
  evidenceSubmittedAt: number | null
  closedAt: number | null
  stripeDisputeId: string
}

export type LedgerRecord = Asked & {
  kind: LedgerKind
  amount: number
  currency: string
  occurredAt: number
  objectId: string
  refundId: string | null
  /** Where money that moved outside of Stripe can be looked up; who asked for it is then who recorded it. */
  externalReference: string | null
}

export type StripeEventRecord = {
  id: string
  eventId: string
  type: string
  status: string
  receivedAt: number
  objectId: string | null
  error: string | null
}

export type SessionStep = Asked & { from: string | null; to: string; at: number; reason: string | null }

/** Names of users and customers behind an id that may be of either, or of nobody. */
const nameOf = (column: string) =>
  `(SELECT name FROM users WHERE id::text = ${column} UNION ALL SELECT name FROM customers WHERE id::text = ${column} LIMIT 1)`

const selectPayment = sql.raw(`
  SELECT p.id, p.reference, p.status, p.scheduled_session_id AS "sessionId", p.amount::float8, p.currency,
    p.platform_fee_amount::float8 AS "platformFeeAmount", p.consultant_payout_amount::float8 AS "consultantPayoutAmount",
    coalesce((SELECT sum(r.amount) FROM refunds r WHERE r.payment_id = p.id AND r.status IN (${textStates(returnedRefunds)})), 0)::float8
      AS "refundedAmount",
    coalesce((SELECT sum(r.amount) FROM refunds r WHERE r.payment_id = p.id
      AND r.status IN (${textStates(countedRefunds)})), 0)::float8 AS "committedAmount",
    p.payment_method AS method, coalesce(p.payment_method = 'elsewhere', false) AS "isPaidElsewhere", p.stripe_checkout_session_id AS "checkoutSessionId",
    p.stripe_payment_intent_id AS "paymentIntentId", p.stripe_charge_id AS "chargeId", p.receipt_url AS "receiptUrl",
    ${epoch('p.initiated_at')} AS "initiatedAt", ${epoch('p.authorized_at')} AS "authorizedAt",
    ${epoch('p.checkout_capture_before')} AS "captureBefore", ${epoch('p.succeeded_at')} AS "succeededAt",
    ${epoch('p.failed_at')} AS "failedAt", p.failure_message AS "failureMessage",
    p.stripe_fee_amount::float8 AS "stripeFeeAmount", p.stripe_fee_currency AS "stripeFeeCurrency",
    p.payout_status AS "payoutStatus", ${epoch('p.payout_due_at')} AS "payoutDueAt",
    coalesce(p.payout_paid_amount, 0)::float8 AS "paidOutAmount",
    coalesce(p.payout_reversed_amount, 0)::float8 AS "reversedAmount",
    coalesce(p.payout_netted_amount, 0)::float8 AS "nettedAmount",
    p.payout_held_reason AS "heldReason", p.payout_held_note AS "heldNote",
    coalesce(p.payout_is_held_by_operations, false) AS "isHeldByOperations"
  FROM payments p`)

/** A payment by its reference; undefined when there is none. */
export const findPaymentFacts = async (req: PayloadRequest, reference: string): Promise<PaymentFacts | undefined> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectPayment} WHERE p.reference = ${reference}`)
  return rows[0] as PaymentFacts | undefined
}

/** No payment has so many; a broken one shall not fill the memory. */
const most = 500

const selectRefunds = sql.raw(`
  SELECT id, reference, status, amount::float8, reason, ${epoch('requested_at')} AS "requestedAt",
    ${epoch('refunded_at')} AS "refundedAt", ${epoch('updated_at')} AS "updatedAt", stripe_refund_id AS "stripeRefundId",
    failure_reason AS "failureReason", ${epoch('asked_at')} AS "askedAt",
    EXISTS (SELECT FROM refunds later WHERE later.retry_of_id = refunds.id) AS "hasRetry",
    requested_by_role AS "byRole", ${nameOf('requested_by')} AS "byName" FROM refunds`)

const selectTransfers = sql.raw(`
  SELECT id, reference, kind, status, amount::float8, coalesce(recovered_amount, 0)::float8 AS "recoveredAmount", reason,
    ${epoch('requested_at')} AS "requestedAt", ${epoch('settled_at')} AS "settledAt", ${epoch('updated_at')} AS "updatedAt",
    stripe_object_id AS "stripeObjectId", failure_reason AS "failureReason", requested_by_role AS "byRole",
    ${nameOf('requested_by')} AS "byName" FROM transfers`)

const selectDisputes = sql.raw(`
  SELECT id, reference, status, amount::float8, currency, reason, ${epoch('opened_at')} AS "openedAt",
    ${epoch('evidence_due_by')} AS "evidenceDueBy", ${epoch('evidence_submitted_at')} AS "evidenceSubmittedAt",
    ${epoch('closed_at')} AS "closedAt", stripe_dispute_id AS "stripeDisputeId" FROM disputes`)

const selectEntries = sql.raw(`
  SELECT kind, amount::float8, currency, ${epoch('occurred_at')} AS "occurredAt", stripe_object_id AS "objectId",
    refund_id AS "refundId", external_reference AS "externalReference", recorded_by_role AS "byRole",
    ${nameOf('recorded_by')} AS "byName" FROM ledger_entries`)

const selectHistory = sql.raw(`
  SELECT h."from", h."to", ${epoch('h.at')} AS at, h.reason, h.actor_role AS "byRole", ${nameOf('h.by')} AS "byName"
  FROM scheduled_sessions_status_history h`)

const selectEvents = sql.raw(`
  SELECT id, event_id AS "eventId", type, status, ${epoch('received_at')} AS "receivedAt", object_id AS "objectId", error
  FROM stripe_events`)

/** All that happened to a payment and around it, each list oldest first. */
export const readPaymentRecords = async (req: PayloadRequest, payment: PaymentFacts): Promise<PaymentRecords> => {
  const db = await readDb(req)
  const ofPayment = sql`WHERE payment_id = ${payment.id} ORDER BY created_at, id LIMIT ${most}`
  const refunds = (await db.execute(sql`${selectRefunds} ${ofPayment}`)).rows as RefundRecord[]
  const transfers = (await db.execute(sql`${selectTransfers} ${ofPayment}`)).rows as TransferRecord[]
  const disputes = (await db.execute(sql`${selectDisputes} ${ofPayment}`)).rows as DisputeRecord[]
  const entries = (await db.execute(sql`${selectEntries} ${ofPayment}`)).rows as LedgerRecord[]
  const history = (
    await db.execute(sql`${selectHistory} WHERE h._parent_id = ${payment.sessionId} ORDER BY h._order LIMIT ${most}`)
  ).rows as SessionStep[]
  const objectIds = [
    payment.checkoutSessionId,
    payment.paymentIntentId,
    payment.chargeId,
    ...refunds.map(({ stripeRefundId }) => stripeRefundId),
    ...transfers.map(({ stripeObjectId }) => stripeObjectId),
    ...disputes.map(({ stripeDisputeId }) => stripeDisputeId),
  ].filter((id) => id !== null)
  const events = (
    await db.execute(sql`${selectEvents}
      WHERE object_id IN (SELECT json_array_elements_text(${JSON.stringify(objectIds)}::json))
      ORDER BY received_at, id LIMIT ${most}`)
  ).rows as StripeEventRecord[]
  return { payment, refunds, transfers, disputes, entries, events, history }
}

/** The refunds of a payment as their own tasks need them, oldest first. */
export const listRefundsOf = async (
  req: PayloadRequest,
  paymentId: string,
): Promise<Pick<RefundRecord, 'id' | 'status' | 'stripeRefundId'>[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id, status, stripe_refund_id AS "stripeRefundId" FROM refunds WHERE payment_id = ${paymentId}
    ORDER BY created_at, id LIMIT ${most}`)
  return rows as Pick<RefundRecord, 'id' | 'status' | 'stripeRefundId'>[]
}
