import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { announce } from '#events/announce'
import { preparedStatement } from '#database/prepared-statement'
import { sqlStates } from '#database/state-lists'
import { storeState } from '#database/store-state'
import { readDb, txDb } from '#database/transactions'
import type { Actor, ActorRole } from '#shared/actor'
import { createId, createReference } from '#shared/ids'
import type { Money } from '#shared/money'
import type { LedgerKind } from './ledger/ledger-kinds'
import { computePaymentEvent } from './payment-events'
import { paymentMachine, type PaymentState, returnedRefunds } from './payment-states'

/** A payment; amounts in minor units, instants in epoch milliseconds. */
export type PaymentRow = {
  id: string
  reference: string
  status: PaymentState
  sessionId: string
  consultantId: string
  customerId: string
  amount: number
  currency: string
  platformFeeAmount: number
  consultantPayoutAmount: number
  /** The customer at Stripe who pays; null for guests, and until one is known. */
  stripeCustomerId: string | null
  checkoutSessionId: string | null
  paymentIntentId: string | null
  chargeId: string | null
  checkoutUrl: string | null
  /** When the page of paying closes, and where it leads; null where none was ever meant to be made. */
  checkoutExpiresAt: number | null
  successUrl: string | null
  cancelUrl: string | null
  attempt: number
  /** Until when an authorised amount can be captured; epoch ms. */
  captureBefore: number | null
  /** What Stripe kept of the charge; null while it is not known. */
  stripeFeeAmount: number | null
  /** The money came to the platform outside of Stripe; so do its refunds go back. */
  isPaidElsewhere: boolean
  /** What the customer reads on the payment page, as it was when the session was booked: a repeated request must be equal. */
  page: {
    title: string
    customerEmail: string
    language: string
    /** Booked with a login: they pay as their customer at Stripe, with the cards that they saved. */
    isLogin: boolean
  }
}

const selectPaymentText = `
  SELECT id, reference, status, scheduled_session_id AS "sessionId", consultant_id AS "consultantId",
    customer_id AS "customerId", amount::float8, currency,
    platform_fee_amount::float8 AS "platformFeeAmount", consultant_payout_amount::float8 AS "consultantPayoutAmount",
    stripe_customer_id AS "stripeCustomerId", stripe_checkout_session_id AS "checkoutSessionId", stripe_payment_intent_id AS "paymentIntentId",
    stripe_charge_id AS "chargeId", checkout_url AS "checkoutUrl", attempt::int,
    (extract(epoch FROM checkout_expires_at) * 1000)::float8 AS "checkoutExpiresAt",
    (extract(epoch FROM checkout_capture_before) * 1000)::float8 AS "captureBefore", stripe_fee_amount::float8 AS "stripeFeeAmount",
    coalesce(payment_method = 'elsewhere', false) AS "isPaidElsewhere",
    checkout_success_url AS "successUrl", checkout_cancel_url AS "cancelUrl",
    json_build_object('title', metadata->>'title', 'customerEmail', metadata->>'customerEmail', 'language', metadata->>'language',
      'isLogin', coalesce((metadata->>'isLogin')::boolean, false)) AS page
  FROM payments`
const selectPayment = sql.raw(selectPaymentText)

const findOne = async (req: PayloadRequest, rest: SQL): Promise<PaymentRow | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`${selectPayment} ${rest}`)
  return rows[0] as PaymentRow | undefined
}

const selectByCheckout = preparedStatement<PaymentRow>(
  'payment-by-checkout',
  `${selectPaymentText} WHERE stripe_checkout_session_id = $1`,
)
const selectForUpdate = preparedStatement<PaymentRow>('lock-payment', `${selectPaymentText} WHERE id = $1 FOR UPDATE`)

export const findPayment = (req: PayloadRequest, id: string) => findOne(req, sql`WHERE id = ${id}`)
export const findPaymentByCheckout = async (
  req: PayloadRequest,
  checkoutSessionId: string,
): Promise<PaymentRow | undefined> => (await selectByCheckout(req, [checkoutSessionId]))[0]
export const findPaymentByIntent = (req: PayloadRequest, paymentIntentId: string) =>
  findOne(req, sql`WHERE stripe_payment_intent_id = ${paymentIntentId}`)
export const findPaymentByCharge = (req: PayloadRequest, chargeId: string) =>
  findOne(req, sql`WHERE stripe_charge_id = ${chargeId}`)
export const findPaymentOfSession = (req: PayloadRequest, sessionId: string) =>
  findOne(req, sql`WHERE scheduled_session_id = ${sessionId} ORDER BY created_at DESC LIMIT 1`)
/**
 * A payment, locked until the transaction ends. Its session is held first, as by everything that moves both: refunds and entries refer to
 * it, and would otherwise wait for whoever changes the session and waits for the payment.
 */
export const lockPayment = async (req: PayloadRequest, id: string): Promise<PaymentRow | undefined> => {
  await (
    await txDb(req)
  ).execute(sql`
    SELECT FROM scheduled_sessions WHERE id = (SELECT scheduled_session_id FROM payments WHERE id = ${id}) FOR KEY SHARE`)
  return lockPaymentOfLockedSession(req, id)
}

/** The same for whoever holds its session already. */
export const lockPaymentOfLockedSession = async (req: PayloadRequest, id: string): Promise<PaymentRow | undefined> => {
  await txDb(req)
  return (await selectForUpdate(req, [id]))[0]
}

export type NewPayment = {
  id: string
  sessionId: string
  consultantId: string
  customerId: string
  price: Money
  platformFeeAmount: number
  consultantPayoutAmount: number
  platformFeeBps: number
  /** The page of paying at Stripe; null: it is paid elsewhere. */
  checkout: { expiresAt: number; successUrl: string; cancelUrl: string } | null
  metadata: Record<string, string | number | boolean>
}

export const insertPayment = async (req: PayloadRequest, payment: NewPayment): Promise<void> => {
  const db = await txDb(req)
  const { id } = payment
  const { expiresAt = null, successUrl = null, cancelUrl = null } = payment.checkout ?? {}
  await db.execute(sql`
    INSERT INTO payments (id, reference, status, scheduled_session_id, consultant_id, customer_id, amount, currency,
      platform_fee_amount, platform_fee_percentage, consultant_payout_amount, initiated_at, metadata, idempotency_key,
      checkout_expires_at, checkout_success_url, checkout_cancel_url, attempt, updated_at, created_at)
    VALUES (${id}, ${createReference('PM')}, 'pending', ${payment.sessionId}, ${payment.consultantId}, ${payment.customerId},
      ${payment.price.amount}, ${payment.price.currency}, ${payment.platformFeeAmount}, ${payment.platformFeeBps / 100},
      ${payment.consultantPayoutAmount}, now(), ${JSON.stringify(payment.metadata)}::jsonb, ${id},
      to_timestamp(${expiresAt}::float8 / 1000), ${successUrl}, ${cancelUrl}, 1,
      now(), now())`)
}

/** Remembers who pays at Stripe, before Stripe is asked for a page. Does nothing when another request has done so already. */
export const storePayingCustomer = async (
  req: PayloadRequest,
  payment: Pick<PaymentRow, 'id' | 'attempt'>,
  stripeCustomerId: string,
): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`
    UPDATE payments SET stripe_customer_id = ${stripeCustomerId}, updated_at = now()
    WHERE id = ${payment.id} AND attempt = ${payment.attempt} AND stripe_customer_id IS NULL AND stripe_checkout_session_id IS NULL`)
}

/**
 * Prepares another try after Stripe refused one for good: a new idempotency key, and a time of closing that Stripe takes now.
 * Who pays is asked for again: the customer may have been deleted at Stripe. Does nothing when another request has done so already.
 */
export const renewCheckout = async (req: PayloadRequest, payment: PaymentRow, expiresAt: number): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`
    UPDATE payments SET attempt = attempt + 1, stripe_customer_id = NULL, checkout_expires_at = to_timestamp(${expiresAt}::float8 / 1000), updated_at = now()
    WHERE id = ${payment.id} AND attempt = ${payment.attempt} AND stripe_checkout_session_id IS NULL`)
}

/** Remembers the checkout that Stripe made for a payment. */
export const storeCheckout = async (
  req: PayloadRequest,
  paymentId: string,
  checkout: { id: string; url: string | null; customerId: string | null },
): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`
    UPDATE payments SET stripe_checkout_session_id = ${checkout.id}, checkout_url = ${checkout.url},
      stripe_customer_id = ${checkout.customerId}, updated_at = now()
    WHERE id = ${paymentId}`)
}

type Outcome = {
  status: PaymentState
  paymentIntentId?: string | null
  chargeId?: string | null
  paymentMethod?: 'card' | 'bank_transfer' | 'wallet' | 'elsewhere' | null
  receiptUrl?: string | null
  receiptNumber?: string | null
  /** Epoch ms. */
  captureBefore?: number | null
  failure?: { code: string; message: string } | null
  /** What Stripe kept of the charge, in the currency of the platform's balance. */
  stripeFee?: Money
}

const stampOf: Partial<Record<PaymentState, SQL>> = {
  authorized: sql`authorized_at = coalesce(authorized_at, now()),`,
  succeeded: sql`succeeded_at = coalesce(succeeded_at, now()),`,
  failed: sql`failed_at = now(),`,
}

const at = { table: 'payments', column: 'status' }

/**
 * Stores what Stripe says of a payment, or that we have given it up. The caller holds the lock on it.
 * @throws IllegalTransition when the table of states has no such way.
 */
export const storePaymentOutcome = async (
  req: PayloadRequest,
  { id, reference, status }: Pick<PaymentRow, 'id' | 'reference' | 'status'>,
  outcome: Outcome,
  role: ActorRole = 'payment',
): Promise<void> => {
  const { stripeFee } = outcome
  await storeState(req, paymentMachine, {
    at,
    id,
    to: outcome.status,
    role,
    set: sql`${stampOf[outcome.status] ?? sql``}
      stripe_payment_intent_id = coalesce(${outcome.paymentIntentId ?? null}, stripe_payment_intent_id),
      stripe_charge_id = coalesce(${outcome.chargeId ?? null}, stripe_charge_id),
      payment_method = coalesce(${outcome.paymentMethod ?? null}::enum_payments_payment_method, payment_method),
      receipt_url = coalesce(${outcome.receiptUrl ?? null}, receipt_url),
      receipt_number = coalesce(${outcome.receiptNumber ?? null}, receipt_number),
      checkout_capture_before = coalesce(to_timestamp(${outcome.captureBefore ?? null}::float8 / 1000), checkout_capture_before),
      ${stripeFee ? sql`stripe_fee_amount = ${stripeFee.amount}, stripe_fee_currency = ${stripeFee.currency},` : sql``}
      failure_code = ${outcome.failure?.code ?? null}, failure_message = ${outcome.failure?.message ?? null},`,
  })
  const event = computePaymentEvent(status, outcome.status)
  if (event !== null) await announce(req, event, { paymentId: id, reference })
}

/** What is known of money that moved outside of Stripe: where it can be looked up, and who says so. */
export type MovedElsewhere = { reference: string; by: Actor }

export type LedgerEntry = {
  kind: LedgerKind
  amount: number
  stripeObjectId: string
  refundId?: string
  /** ISO 4217; that of the payment unless it is named. */
  currency?: string
  elsewhere?: MovedElsewhere
}

/**
 * Brings a payment to what its refunds say: how much is returned, since when, and its state as long as that follows the
 * refunds (a disputed one follows its dispute). The payment is locked.
 * @throws IllegalTransition when the table of states has no such way.
 */
export const storeRefundedAmount = (
  req: PayloadRequest,
  id: string,
  { refundedAmount, status }: { refundedAmount: number; status: PaymentState },
): Promise<void> =>
  storeState(req, paymentMachine, {
    at,
    id,
    to: status,
    role: 'payment',
    mayStay: true,
    set: sql`refunded_amount = ${refundedAmount},
      refunded_at = (SELECT max(refunded_at) FROM refunds WHERE payment_id = ${id} AND status IN ${sqlStates(returnedRefunds)}),`,
  })

/** Notes what Stripe kept of the charge, in the currency of the platform's balance. */
export const storeStripeFee = async (req: PayloadRequest, id: string, fee: Money): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE payments SET stripe_fee_amount = ${fee.amount}, stripe_fee_currency = ${fee.currency}, updated_at = now() WHERE id = ${id}`)
}

/** Notes that a payment was just looked at, so that the sweep leaves it alone for a while. */
export const touchPayment = async (req: PayloadRequest, id: string): Promise<void> => {
  await (await txDb(req)).execute(sql`UPDATE payments SET updated_at = now() WHERE id = ${id}`)
}

/** Raises the attempt after Stripe refused an operation on the payment for good; another one's doing is left alone. */
export const raiseAttempt = async (req: PayloadRequest, payment: Pick<PaymentRow, 'id' | 'attempt'>): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE payments SET attempt = attempt + 1, updated_at = now() WHERE id = ${payment.id} AND attempt = ${payment.attempt}`)
}

const insertEntries = preparedStatement(
  'book-ledger-entries',
  `INSERT INTO ledger_entries (id, kind, amount, currency, stripe_object_id, payment_id, refund_id, scheduled_session_id,
    consultant_id, customer_id, external_reference, recorded_by, recorded_by_role, occurred_at, updated_at, created_at)
  SELECT e.id, e.kind::enum_ledger_entries_kind, e.amount, e.currency::enum_ledger_entries_currency, e."stripeObjectId", $2, e."refundId", $3, $4, $5, e.reference,
    e."recordedBy", e."recordedByRole"::enum_ledger_entries_recorded_by_role, now(), now(), now()
  FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, kind text, amount numeric, currency text, "stripeObjectId" text, "refundId" uuid,
    reference text, "recordedBy" text, "recordedByRole" text)
  ON CONFLICT (stripe_object_id, kind) DO NOTHING`,
)

/**
 * Books movements of one payment. An entry that is there already (same Stripe object and kind) is left alone, so booking the
 * same news twice does nothing.
 */
export const bookLedgerEntries = async (
  req: PayloadRequest,
  payment: Pick<PaymentRow, 'id' | 'sessionId' | 'consultantId' | 'customerId' | 'currency'>,
  entries: LedgerEntry[],
): Promise<void> => {
  const rows = entries
    .filter(({ amount }) => amount !== 0)
    .map(({ kind, amount, stripeObjectId, refundId, currency = payment.currency, elsewhere }) => ({
      id: createId(),
      kind,
      amount,
      currency,
      stripeObjectId,
      refundId,
      reference: elsewhere?.reference,
      recordedBy: elsewhere?.by.id,
      recordedByRole: elsewhere?.by.role,
    }))
  if (!rows.length) return
  await txDb(req)
  await insertEntries(req, [
    JSON.stringify(rows),
    payment.id,
    payment.sessionId,
    payment.consultantId,
    payment.customerId,
  ])
}
