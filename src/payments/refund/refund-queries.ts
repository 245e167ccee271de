import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { announce } from '#events/announce'
import { sqlStates } from '#database/state-lists'
import { storeState } from '#database/store-state'
import { readDb, txDb } from '#database/transactions'
import type { Actor, ActorRole } from '#shared/actor'
import { createId, createReference } from '#shared/ids'
import { isOneOf } from '#shared/state-table'
import type { PaymentRow } from '../payment-queries'
import { countedRefunds, refundMachine, type RefundState, refundStates, returnedRefunds } from '../payment-states'
import { epoch } from '#shared/time'

/** A refund; amounts in minor units, instants in epoch milliseconds. */
export type RefundRow = {
  id: string
  reference: string
  status: RefundState
  paymentId: string
  amount: number
  currency: string
  /** An estimate until it succeeds, exact from then on. */
  platformFeeAmount: number
  reason: string
  attempt: number
  stripeRefundId: string | null
  requestedAt: number
  requestedBy: string | null
  requestedByRole: ActorRole | null
  /** When Stripe was first asked for it; from then on it may have been made. */
  askedAt: number | null
  refundedAt: number | null
  failureReason: string | null
}

const selectRefund = sql.raw(`
  SELECT id, reference, status, payment_id AS "paymentId", amount::float8, currency, coalesce(reason, '') AS reason, attempt::int,
    coalesce(platform_fee_amount, 0)::float8 AS "platformFeeAmount", stripe_refund_id AS "stripeRefundId",
    ${epoch('requested_at')} AS "requestedAt", requested_by AS "requestedBy", requested_by_role AS "requestedByRole",
    ${epoch('asked_at')} AS "askedAt", ${epoch('refunded_at')} AS "refundedAt", failure_reason AS "failureReason"
  FROM refunds`)

const findOne = async (req: PayloadRequest, rest: SQL): Promise<RefundRow | undefined> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectRefund} ${rest}`)
  return rows[0] as RefundRow | undefined
}

export const findRefund = (req: PayloadRequest, id: string) => findOne(req, sql`WHERE id = ${id}`)
export const findRefundByReference = (req: PayloadRequest, reference: string) =>
  findOne(req, sql`WHERE reference = ${reference}`)
export const findRefundByStripeId = (req: PayloadRequest, stripeRefundId: string) =>
  findOne(req, sql`WHERE stripe_refund_id = ${stripeRefundId}`)
/** The refund that was made in place of one that failed. */
export const findRetryOf = (req: PayloadRequest, refundId: string) => findOne(req, sql`WHERE retry_of_id = ${refundId}`)
/** Take the lock on its payment first. */
export const lockRefund = (req: PayloadRequest, id: string) => findOne(req, sql`WHERE id = ${id} FOR UPDATE`)

const sumOf = async (req: PayloadRequest, query: SQL): Promise<number> => {
  const { rows } = await (await readDb(req)).execute(query)
  return (rows[0] as { sum: number }).sum
}

/** What of a payment is returned or on its way back, in minor units; failed and cancelled refunds do not count. */
export const sumRefunds = (req: PayloadRequest, paymentId: string): Promise<number> =>
  sumOf(
    req,
    sql`SELECT coalesce(sum(amount), 0)::float8 AS sum FROM refunds
      WHERE payment_id = ${paymentId} AND status IN ${sqlStates(countedRefunds)}`,
  )

/** What somebody wanted to return of a payment, whatever became of it, in minor units; a retry counts beside what it retries. */
export const sumRefundsEverAsked = (req: PayloadRequest, paymentId: string): Promise<number> =>
  sumOf(req, sql`SELECT coalesce(sum(amount), 0)::float8 AS sum FROM refunds WHERE payment_id = ${paymentId}`)

/** What of a payment really went back, in minor units. */
export const sumSucceededRefunds = (req: PayloadRequest, paymentId: string): Promise<number> =>
  sumOf(
    req,
    sql`SELECT coalesce(sum(amount), 0)::float8 AS sum FROM refunds
      WHERE payment_id = ${paymentId} AND status IN ${sqlStates(returnedRefunds)}`,
  )

/** What the platform bore of it, as the ledger has it; minor units. */
export const sumFeesBack = (req: PayloadRequest, paymentId: string): Promise<number> =>
  sumOf(
    req,
    sql`SELECT -coalesce(sum(amount), 0)::float8 AS sum FROM ledger_entries
      WHERE payment_id = ${paymentId} AND kind IN ('platform_fee_refund', 'platform_fee_refund_failed')`,
  )

/** Where it can be looked up that a refund was returned outside of Stripe. */
export const findElsewhereReference = async (req: PayloadRequest, refundId: string): Promise<string | undefined> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT external_reference AS reference FROM ledger_entries WHERE refund_id = ${refundId} AND kind = 'refund_elsewhere'`)
  return (rows[0] as { reference: string } | undefined)?.reference
}

/** The reasons of all that went back, and who asked for each. */
export const listSucceededRefunds = async (
  req: PayloadRequest,
  paymentId: string,
): Promise<Pick<RefundRow, 'reason' | 'requestedByRole'>[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT coalesce(reason, '') AS reason, requested_by_role AS "requestedByRole" FROM refunds
    WHERE payment_id = ${paymentId} AND status IN ${sqlStates(returnedRefunds)}`)
  return rows as Pick<RefundRow, 'reason' | 'requestedByRole'>[]
}

export type NewRefund = {
  payment: Pick<PaymentRow, 'id' | 'sessionId' | 'customerId' | 'consultantId' | 'currency'>
  amount: number
  reason: string
  /** Who wants it; the system's own roles have no id. */
  by: Actor
  platformFeeAmount: number
  /** The failed one in whose place it is made. */
  retryOf?: string | undefined
  /** Of one that was made at Stripe before we heard of it. */
  stripeRefundId?: string | undefined
}

/**
 * Writes down that something is to be returned (Stripe hears of it from the worker), or that Stripe has it already: then it is
 * `pending` until `applyRefund` says more.
 */
export const insertRefund = async (req: PayloadRequest, refund: NewRefund): Promise<string> => {
  const id = createId()
  const { payment, stripeRefundId } = refund
  await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO refunds (id, reference, payment_id, scheduled_session_id, customer_id, consultant_id, amount, currency,
      platform_fee_amount, consultant_payout_amount, reason, status, attempt, requested_at, requested_by, requested_by_role,
      idempotency_key, retry_of_id, stripe_refund_id, updated_at, created_at)
    VALUES (${id}, ${createReference('RF')}, ${payment.id}, ${payment.sessionId}, ${payment.customerId},
      ${payment.consultantId}, ${refund.amount}, ${payment.currency}, ${refund.platformFeeAmount},
      ${refund.amount - refund.platformFeeAmount}, ${refund.reason}, ${stripeRefundId === undefined ? 'requested' : 'pending'}, 1,
      now(), ${refund.by.id}, ${refund.by.role}, ${id}, ${refund.retryOf ?? null}, ${stripeRefundId ?? null}, now(), now())`)
  return id
}

/** Notes that Stripe is about to be asked; the first time counts. */
export const storeRefundAsked = async (req: PayloadRequest, id: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`UPDATE refunds SET asked_at = coalesce(asked_at, now()), updated_at = now() WHERE id = ${id}`)
}

export type RefundOutcome = {
  status: RefundState
  stripeRefundId?: string
  failureReason?: string
  /** Its exact part, once it has succeeded; minor units. */
  platformFeeAmount?: number
}

/**
 * Stores what became of a refund.
 * @param role who says so: Stripe, or whoever takes back what Stripe has not heard of.
 * @throws IllegalTransition when the table of states has no such way.
 */
export const storeRefundOutcome = async (
  req: PayloadRequest,
  { id, reference, paymentId }: Pick<RefundRow, 'id' | 'reference' | 'paymentId'>,
  outcome: RefundOutcome,
  role: ActorRole = 'payment',
): Promise<void> => {
  const fee = outcome.platformFeeAmount ?? null
  await storeState(req, refundMachine, {
    at: { table: 'refunds', column: 'status' },
    id,
    to: outcome.status,
    role,
    set: sql`
      stripe_refund_id = coalesce(${outcome.stripeRefundId ?? null}, stripe_refund_id),
      failure_reason = ${outcome.failureReason ?? null},
      platform_fee_amount = coalesce(${fee}::numeric, platform_fee_amount),
      consultant_payout_amount = amount - coalesce(${fee}::numeric, platform_fee_amount),
      ${isOneOf(returnedRefunds, outcome.status) ? sql`refunded_at = coalesce(refunded_at, now()),` : sql``}`,
  })
  const { event } = refundStates[outcome.status]
  if (event !== null) await announce(req, event, { paymentId, refundId: id, refundReference: reference })
}
