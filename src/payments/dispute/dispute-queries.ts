import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { IllegalTransition, storeState } from '#database/store-state'
import { readDb, txDb } from '#database/transactions'
import type { Actor } from '#shared/actor'
import { createId, createReference } from '#shared/ids'
import { statesBefore } from '#shared/state-table'
import type { DisputeEvidence } from './dispute-evidence'
import type { PaymentRow } from '../payment-queries'
import {
  type DisputeAnswer,
  disputeAnswerMachine,
  type DisputeAnswerState,
  disputeMachine,
  type DisputeState,
} from '../payment-states'
import type { DisputeFacts } from '../stripe/disputes'
import { epoch } from '#shared/time'

/** A dispute; amounts in minor units, instants in epoch milliseconds. */
export type DisputeRow = {
  id: string
  reference: string
  status: DisputeState
  paymentId: string
  sessionId: string
  amount: number
  currency: string
  reason: string | null
  evidenceDueBy: number | null
  openedAt: number
  /** What the bank took, whether or not it gave it back; in the payment's currency. */
  withdrawnAmount: number
  stripeDisputeId: string
  evidence: DisputeEvidence | null
  /** For the bank, in the words of operations. */
  evidenceText: string | null
  evidenceSubmittedAt: number | null
  answerKind: DisputeAnswer | null
  answerStatus: DisputeAnswerState | null
  answerAttempt: number
  answerBy: string | null
}

const selectDispute = sql.raw(`
  SELECT id, reference, status, payment_id AS "paymentId", scheduled_session_id AS "sessionId", amount::float8, currency, reason,
    ${epoch('evidence_due_by')} AS "evidenceDueBy", ${epoch('opened_at')} AS "openedAt",
    coalesce(withdrawn_amount, 0)::float8 AS "withdrawnAmount", stripe_dispute_id AS "stripeDisputeId", evidence,
    evidence_text AS "evidenceText", ${epoch('evidence_submitted_at')} AS "evidenceSubmittedAt",
    answer_kind AS "answerKind", answer_status AS "answerStatus", coalesce(answer_attempt, 0)::int AS "answerAttempt",
    answer_requested_by AS "answerBy"
  FROM disputes`)

const findMany = async (req: PayloadRequest, rest: SQL): Promise<DisputeRow[]> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectDispute} ${rest}`)
  return rows as DisputeRow[]
}

export const findDispute = async (req: PayloadRequest, id: string): Promise<DisputeRow | undefined> =>
  (await findMany(req, sql`WHERE id = ${id}`))[0]
export const findDisputeByReference = async (req: PayloadRequest, reference: string): Promise<DisputeRow | undefined> =>
  (await findMany(req, sql`WHERE reference = ${reference}`))[0]
/** Take the lock on its payment first. */
export const lockDispute = async (req: PayloadRequest, id: string): Promise<DisputeRow | undefined> =>
  (await findMany(req, sql`WHERE id = ${id} FOR UPDATE`))[0]
/** Those of one payment, the oldest first. The lock on the payment keeps them as they are. */
export const listDisputes = (req: PayloadRequest, paymentId: string): Promise<DisputeRow[]> =>
  findMany(req, sql`WHERE payment_id = ${paymentId} ORDER BY opened_at, id`)

export const insertDispute = async (
  req: PayloadRequest,
  payment: Pick<PaymentRow, 'id' | 'sessionId' | 'consultantId' | 'customerId' | 'currency'>,
  facts: DisputeFacts,
): Promise<string> => {
  const id = createId()
  await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO disputes (id, reference, status, payment_id, scheduled_session_id, consultant_id, customer_id, amount, currency,
      reason, opened_at, withdrawn_amount, platform_share_amount, stripe_dispute_id, answer_attempt, updated_at, created_at)
    VALUES (${id}, ${createReference('DP')}, ${facts.status}, ${payment.id}, ${payment.sessionId}, ${payment.consultantId},
      ${payment.customerId}, ${facts.amount}, ${facts.currency}, ${facts.reason},
      to_timestamp(${facts.openedAt}::float8 / 1000), 0, 0, ${facts.id}, 0, now(), now())`)
  return id
}

/**
 * Stores what Stripe says of a dispute.
 * @throws IllegalTransition when the table of states has no such way.
 */
export const storeDispute = (
  req: PayloadRequest,
  id: string,
  facts: Pick<DisputeFacts, 'status' | 'amount' | 'reason' | 'evidenceDueBy'> & {
    withdrawnAmount: number
    isDecided: boolean
  },
): Promise<void> =>
  storeState(req, disputeMachine, {
    at: { table: 'disputes', column: 'status' },
    id,
    to: facts.status,
    role: 'payment',
    mayStay: true,
    set: sql`amount = ${facts.amount}, reason = ${facts.reason},
      evidence_due_by = to_timestamp(${facts.evidenceDueBy}::float8 / 1000), withdrawn_amount = ${facts.withdrawnAmount},
      closed_at = CASE WHEN ${facts.isDecided} THEN coalesce(closed_at, now()) END,`,
  })

/** Adds to what the platform bears of a lost dispute; less than nothing when some of it came back. */
export const addPlatformShare = async (req: PayloadRequest, id: string, amount: number): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE disputes SET platform_share_amount = greatest(0, coalesce(platform_share_amount, 0) + ${amount}), updated_at = now()
    WHERE id = ${id}`)
}

/** What of a payment the platform has borne so far of what was returned, by the ledger; minor units. */
export const sumPlatformPart = async (req: PayloadRequest, paymentId: string): Promise<number> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT coalesce(-sum(amount), 0)::float8 AS sum FROM ledger_entries WHERE payment_id = ${paymentId} AND kind IN
      ('platform_fee_refund', 'platform_fee_refund_failed', 'dispute_share', 'dispute_share_returned')`)
  return (rows[0] as { sum: number }).sum
}

export const storeEvidence = async (req: PayloadRequest, id: string, evidence: DisputeEvidence): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE disputes SET evidence = ${JSON.stringify(evidence)}::jsonb, updated_at = now() WHERE id = ${id}`)
}

/**
 * Writes down what is to be told to the bank; the worker does it.
 * @throws IllegalTransition while another answer is on its way.
 */
export const storeAnswerRequest = async (
  req: PayloadRequest,
  id: string,
  { kind, actor }: { kind: DisputeAnswer; actor: Actor },
): Promise<void> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE disputes SET answer_kind = ${kind}, answer_status = 'requested', answer_requested_at = now(),
      answer_requested_by = ${actor.id}, answer_requested_by_role = ${actor.role}, answer_failure_reason = NULL,
      answer_attempt = coalesce(answer_attempt, 0) + 1, updated_at = now()
    WHERE id = ${id} AND (answer_status IS NULL OR answer_status IN ${sqlStates(statesBefore(disputeAnswerMachine, 'requested', actor.role))})
    RETURNING id`)
  if (!rows.length)
    throw new IllegalTransition(`An answer about the dispute ${id} is on its way, or is not for ${actor.role} to give.`)
}

/** Stores how the telling ended, unless another answer has been asked for since. */
export const storeAnswerOutcome = async (
  req: PayloadRequest,
  { id, answerAttempt }: Pick<DisputeRow, 'id' | 'answerAttempt'>,
  outcome: { status: 'succeeded' } | { status: 'failed'; reason: string },
): Promise<void> => {
  const isSent = outcome.status === 'succeeded'
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE disputes SET answer_status = ${outcome.status},
      answer_failure_reason = ${outcome.status === 'failed' ? outcome.reason.slice(0, 1_000) : null},
      evidence_submitted_at = CASE WHEN ${isSent} AND answer_kind = 'evidence' THEN now() ELSE evidence_submitted_at END,
      evidence_submitted_by = CASE WHEN ${isSent} AND answer_kind = 'evidence' THEN answer_requested_by ELSE evidence_submitted_by END,
      updated_at = now()
    WHERE id = ${id} AND answer_status IN ${sqlStates(statesBefore(disputeAnswerMachine, outcome.status, 'payment'))}
      AND answer_attempt = ${answerAttempt}`)
}
