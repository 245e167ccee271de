import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { storeState } from '#database/store-state'
import { readDb, txDb } from '#database/transactions'
import { type Actor, type ActorRole, systemActor } from '#shared/actor'
import { createId, createReference } from '#shared/ids'
import type { TransferFacts } from './decide-payout'
import type { PaymentRow } from '../payment-queries'
import {
  type HeldReason,
  openDisputes,
  payoutMachine,
  type PayoutState,
  refundsUnderWay,
  returnedRefunds,
  type TransferKind,
  transferMachine,
  type TransferState,
} from '../payment-states'
import { epoch } from '#shared/time'

/** Money between the platform and a consultant; amount in minor units, instants in epoch milliseconds. */
export type TransferRow = TransferFacts & {
  reference: string
  paymentId: string
  sessionId: string
  consultantId: string
  currency: string
  /** The account at Stripe that a payout goes to. */
  destinationAccountId: string | null
  stripeObjectId: string | null
  idempotencyKey: string | null
  requestedAt: number
}

const selectTransfer = sql.raw(`
  SELECT id, reference, kind, status, payment_id AS "paymentId", scheduled_session_id AS "sessionId",
    consultant_id AS "consultantId", amount::float8, currency, against_id AS "againstId",
    destination_account_id AS "destinationAccountId", stripe_object_id AS "stripeObjectId",
    idempotency_key AS "idempotencyKey", ${epoch('requested_at')} AS "requestedAt", ${epoch('settled_at')} AS "settledAt"
  FROM transfers`)

const findMany = async (req: PayloadRequest, rest: SQL): Promise<TransferRow[]> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectTransfer} ${rest}`)
  return rows as TransferRow[]
}

export const findTransfer = async (req: PayloadRequest, id: string): Promise<TransferRow | undefined> =>
  (await findMany(req, sql`WHERE id = ${id}`))[0]

export const findTransferByStripeId = async (
  req: PayloadRequest,
  stripeObjectId: string,
): Promise<TransferRow | undefined> => (await findMany(req, sql`WHERE stripe_object_id = ${stripeObjectId}`))[0]

/**
 * Everything that moved, or is to move, between the platform and the consultant for one payment, the oldest first. The
 * lock on the payment keeps it as it is; what of a debt is recovered is under the lock of the consultant's payouts.
 */
export const listTransfers = (req: PayloadRequest, paymentId: string): Promise<TransferRow[]> =>
  findMany(req, sql`WHERE payment_id = ${paymentId} ORDER BY id`)

/**
 * Waits until no other payout of the consultant is being decided. Taken before any row is locked: a debt of one payment is
 * set off against the payout of another, and two of those at once would wait for each other's rows.
 */
export const lockPayouts = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  await (await txDb(req)).execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`payouts:${consultantId}`}, 0))`)
}

/** A debt of a consultant, and what of it is not set off yet; minor units. */
export type OpenDebt = { id: string; paymentId: string; left: number }

const findOpenDebts = async (
  req: PayloadRequest,
  { consultantId, currency }: { consultantId: string; currency: string },
  lock: SQL,
): Promise<OpenDebt[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id, payment_id AS "paymentId", (amount - recovered_amount)::float8 AS left FROM transfers
    WHERE consultant_id = ${consultantId} AND currency = ${currency} AND kind = 'receivable' AND recovered_amount < amount
    ORDER BY id ${lock}`)
  return rows as OpenDebt[]
}

/** The debts of a consultant in one currency that are not wholly set off yet, the oldest first. */
export const listOpenDebts = (req: PayloadRequest, of: { consultantId: string; currency: string }) =>
  findOpenDebts(req, of, sql``)
/** The same, so that nobody else sets them off; under the lock of the consultant's payouts. */
export const lockOpenDebts = (req: PayloadRequest, of: { consultantId: string; currency: string }) =>
  findOpenDebts(req, of, sql`FOR UPDATE`)

/** Counts a part of a debt as recovered. */
export const recoverDebt = async (req: PayloadRequest, id: string, amount: number): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE transfers SET recovered_amount = recovered_amount + ${amount}, updated_at = now() WHERE id = ${id}`)
}

export type NewTransfer = {
  payment: Pick<PaymentRow, 'id' | 'sessionId' | 'consultantId' | 'currency'>
  kind: TransferKind
  status: TransferState
  amount: number
  reason: string
  againstId?: string | null
  destinationAccountId?: string | null
  stripeObjectId?: string | null
  refundId?: string | null
  disputeId?: string | null
  by?: Actor
}

/** Writes an operation down; what Stripe has to do for it, the worker asks for under the key that stands in the row. */
export const insertTransfer = async (req: PayloadRequest, transfer: NewTransfer): Promise<string> => {
  const { payment, by = systemActor } = transfer
  const id = createId()
  await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO transfers (id, reference, kind, status, payment_id, scheduled_session_id, consultant_id, amount, currency,
      recovered_amount, reason, against_id, refund_id, dispute_id, requested_at, requested_by, requested_by_role, settled_at,
      destination_account_id, stripe_object_id, attempt, idempotency_key, updated_at, created_at)
    VALUES (${id}, ${createReference('TR')}, ${transfer.kind}, ${transfer.status}, ${payment.id}, ${payment.sessionId},
      ${payment.consultantId}, ${transfer.amount}, ${payment.currency}, 0, ${transfer.reason}, ${transfer.againstId ?? null},
      ${transfer.refundId ?? null}, ${transfer.disputeId ?? null}, now(), ${by.id}, ${by.role},
      ${transfer.status === 'requested' ? null : sql`now()`}, ${transfer.destinationAccountId ?? null},
      ${transfer.stripeObjectId ?? null}, 1, ${transfer.status === 'requested' ? `${id}:1` : null}, now(), now())`)
  return id
}

/**
 * Stores how an operation that was under way ended.
 * @throws IllegalTransition when it is over already.
 */
export const storeTransferOutcome = async (
  req: PayloadRequest,
  id: string,
  outcome:
    | { status: 'succeeded'; stripeObjectId: string }
    | { status: 'failed'; failureCode: string | null; failureReason: string },
): Promise<void> => {
  const [stripeObjectId, code, reason] =
    outcome.status === 'succeeded'
      ? [outcome.stripeObjectId, null, null]
      : [null, outcome.failureCode, outcome.failureReason.slice(0, 1_000)]
  await storeState(req, transferMachine, {
    at: { table: 'transfers', column: 'status' },
    id,
    to: outcome.status,
    role: 'payment',
    set: sql`stripe_object_id = coalesce(${stripeObjectId}, stripe_object_id), failure_code = ${code}, failure_reason = ${reason},
      settled_at = now(),`,
  })
}

/** What a payment says of the consultant's share. */
export type PayoutRow = {
  status: PayoutState
  dueAt: number | null
  paidAt: number | null
  heldReason: HeldReason | null
  heldNote: string | null
  isHeldByOperations: boolean
  /** Operations have still to decide whether the session was missed. */
  hasOpenClaim: boolean
  /** Another one after each write of its payment. */
  version: string
}

export const findPayout = async (req: PayloadRequest, paymentId: string): Promise<PayoutRow | undefined> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT payout_status AS status, ${sql.raw(epoch('payout_due_at'))} AS "dueAt", ${sql.raw(epoch('payout_paid_at'))} AS "paidAt",
      payout_held_reason AS "heldReason", payout_held_note AS "heldNote",
      coalesce(payout_is_held_by_operations, false) AS "isHeldByOperations", coalesce(payout_has_open_claim, false) AS "hasOpenClaim",
      updated_at::text AS version
    FROM payments WHERE id = ${paymentId}`)
  return rows[0] as PayoutRow | undefined
}

/** Stores from when on the consultant's share may be paid out. */
export const storePayoutDue = async (req: PayloadRequest, paymentId: string, dueAt: number): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE payments SET payout_due_at = to_timestamp(${dueAt}::float8 / 1000), updated_at = now() WHERE id = ${paymentId}`)
}

/** Whether operations keep a payout back. */
export const storePayoutHold = async (
  req: PayloadRequest,
  paymentId: string,
  { isHeld, note }: { isHeld: boolean; note: string | null },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE payments SET payout_is_held_by_operations = ${isHeld}, payout_held_note = ${note}, updated_at = now()
    WHERE id = ${paymentId}`)
}

/** Whether it is claimed that the session of a payment was missed. */
export const storePayoutClaim = async (
  req: PayloadRequest,
  paymentId: string,
  hasOpenClaim: boolean,
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(
    sql`UPDATE payments SET payout_has_open_claim = ${hasOpenClaim}, updated_at = now() WHERE id = ${paymentId}`,
  )
}

/**
 * Stores how a payout stands, and the sums of its transfers, which are taken from the transfers themselves, so that the two never
 * differ. A payout that stands as it stood is not written.
 * @throws IllegalTransition when the table of states has no such way.
 */
export const storePayout = async (
  req: PayloadRequest,
  paymentId: string,
  { status, heldReason, heldNote }: Pick<PayoutRow, 'status' | 'heldReason' | 'heldNote'>,
  role: ActorRole,
): Promise<void> => {
  if (await standsSo(req, paymentId, { status, heldReason, heldNote })) return
  await storeState(req, payoutMachine, {
    at: { table: 'payments', column: 'payout_status' },
    id: paymentId,
    to: status,
    role,
    mayStay: true,
    set: sql`payout_held_reason = ${heldReason}, payout_held_note = ${heldNote},
      (payout_paid_amount, payout_reversed_amount, payout_netted_amount, payout_paid_at, stripe_transfer_id, stripe_connect_account_id)
        = (SELECT t.paid, t.reversed, t.netted, t.paid_at, coalesce(t.transfer_id, payments.stripe_transfer_id),
            coalesce(t.account_id, payments.stripe_connect_account_id) FROM (${sumsOf(paymentId)}) t),`,
  })
}

const sumsOf = (paymentId: string) => sql`
  SELECT coalesce(sum(amount) FILTER (WHERE kind = 'transfer'), 0) AS paid,
    coalesce(sum(amount) FILTER (WHERE kind = 'reversal'), 0) AS reversed,
    coalesce(sum(amount) FILTER (WHERE kind = 'netting'), 0) AS netted,
    max(settled_at) FILTER (WHERE kind IN ('transfer', 'netting')) AS paid_at,
    (array_agg(stripe_object_id ORDER BY id DESC) FILTER (WHERE kind = 'transfer'))[1] AS transfer_id,
    (array_agg(destination_account_id ORDER BY id DESC) FILTER (WHERE kind = 'transfer'))[1] AS account_id
  FROM transfers WHERE payment_id = ${paymentId} AND status = 'succeeded'`

const standsSo = async (
  req: PayloadRequest,
  paymentId: string,
  { status, heldReason, heldNote }: Pick<PayoutRow, 'status' | 'heldReason' | 'heldNote'>,
): Promise<boolean> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT FROM payments p, (${sumsOf(paymentId)}) t
    WHERE p.id = ${paymentId} AND (p.payout_status::text, p.payout_held_reason::text, p.payout_held_note, p.payout_paid_amount,
        p.payout_reversed_amount, p.payout_netted_amount)
      IS NOT DISTINCT FROM (${status}, ${heldReason}, ${heldNote}, t.paid, t.reversed, t.netted)`)
  return rows.length > 0
}

/** What came back of a payment, or is about to; minor units. */
export type ReturnedSums = { returned: number; returning: number; hasOpenDispute: boolean }

export const sumReturned = async (req: PayloadRequest, paymentId: string): Promise<ReturnedSums> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT (r.succeeded + d.lost)::float8 AS returned, r.under_way::float8 AS returning, d.open AS "hasOpenDispute"
    FROM (
      SELECT coalesce(sum(amount) FILTER (WHERE status IN ${sqlStates(returnedRefunds)}), 0) AS succeeded,
        coalesce(sum(amount) FILTER (WHERE status IN ${sqlStates(refundsUnderWay)}), 0) AS under_way
      FROM refunds WHERE payment_id = ${paymentId}
    ) r, (
      SELECT coalesce(sum(withdrawn_amount) FILTER (WHERE status = 'lost'), 0) AS lost,
        coalesce(bool_or(status IN ${sqlStates(openDisputes)}), false) AS open
      FROM disputes WHERE payment_id = ${paymentId}
    ) d`)
  return rows[0] as ReturnedSums
}

/** The refund or the lost dispute that is the latest reason to take something back. */
export const findLatestReturn = async (
  req: PayloadRequest,
  paymentId: string,
): Promise<{ refundId: string | null; disputeId: string | null }> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT "refundId", "disputeId" FROM (
      SELECT id AS "refundId", NULL::uuid AS "disputeId", refunded_at AS at FROM refunds
      WHERE payment_id = ${paymentId} AND status IN ${sqlStates(returnedRefunds)}
      UNION ALL
      SELECT NULL, id, closed_at FROM disputes WHERE payment_id = ${paymentId} AND status = 'lost'
    ) found ORDER BY at DESC NULLS LAST LIMIT 1`)
  return (
    (rows[0] as { refundId: string | null; disputeId: string | null } | undefined) ?? {
      refundId: null,
      disputeId: null,
    }
  )
}
