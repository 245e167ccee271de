import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Payload, PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { poolDb, readDb, txDb } from '#database/transactions'
import { createId, isUuid } from '#shared/ids'
import type { Money } from '#shared/money'
import type { AccountRequirements } from './compute-missing-details'
import { accountHeldReasons } from './decide-account-state'
import { ledgerKindNames, ledgerKinds } from '../ledger/ledger-kinds'
import { payableAccounts, type PayoutAccountState } from './payout-account-states'
import { epoch } from '#shared/time'

/** A consultant's account to be paid to; instants in epoch milliseconds. */
export type PayoutAccountRow = {
  id: string
  consultantId: string
  /** null until Stripe has answered. One that was disconnected stays until another one is opened. */
  stripeAccountId: string | null
  /** As Stripe said when it was last asked; `payoutAccountStates` says whether transfers arrive. */
  status: PayoutAccountState
  country: string | null
  defaultCurrency: string | null
  email: string | null
  requirements: AccountRequirements | null
  payoutsEnabled: boolean
  detailsSubmitted: boolean
  transfersCapability: string | null
  disabledReason: string | null
  deadline: number | null
  /** Grows with every reading that is stored, so it also says which of two readings is the newer one. */
  syncedAt: number | null
  disconnectedAt: number | null
  attempt: number
  createdAt: number
}

const selectAccount = sql.raw(`
  SELECT id, consultant_id AS "consultantId", stripe_account_id AS "stripeAccountId", status, country,
    default_currency AS "defaultCurrency", email, requirements, coalesce(payouts_enabled, false) AS "payoutsEnabled",
    coalesce(details_submitted, false) AS "detailsSubmitted", transfers_capability AS "transfersCapability",
    disabled_reason AS "disabledReason", ${epoch('deadline')} AS deadline, ${epoch('synced_at')} AS "syncedAt",
    ${epoch('disconnected_at')} AS "disconnectedAt", coalesce(attempt, 1)::int AS attempt,
    ${epoch('created_at')} AS "createdAt"
  FROM payout_accounts`)

const findOne = async (db: Awaited<ReturnType<typeof readDb>>, rest: SQL): Promise<PayoutAccountRow | undefined> => {
  const { rows } = await db.execute(sql`${selectAccount} ${rest}`)
  return rows[0] as PayoutAccountRow | undefined
}

/** The account of a consultant; undefined when they never began with it. In the transaction of `req` if it has one. */
export const findPayoutAccount = async (req: PayloadRequest, consultantId: string) =>
  findOne(await readDb(req), sql`WHERE consultant_id = ${consultantId}`)
export const findPayoutAccountById = async (req: PayloadRequest, id: string) =>
  findOne(await readDb(req), sql`WHERE id = ${id}`)
export const findPayoutAccountByStripeId = async (req: PayloadRequest, stripeAccountId: string) =>
  findOne(await readDb(req), sql`WHERE stripe_account_id = ${stripeAccountId}`)
export const lockPayoutAccount = async (req: PayloadRequest, id: string) =>
  findOne(await txDb(req), sql`WHERE id = ${id} FOR UPDATE`)

/** The consultant with that slug or id, published or not. */
export const findConsultantId = async (req: PayloadRequest, slugOrId: string): Promise<string | undefined> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id FROM consultant_profiles WHERE ${isUuid(slugOrId) ? sql`id = ${slugOrId}` : sql`slug = ${slugOrId}`} LIMIT 1`)
  return rows[0]?.id as string | undefined
}

/** Under which address Stripe knows a consultant: that of the login where there is one, because it is verified. */
export const findConsultantEmail = async (req: PayloadRequest, consultantId: string): Promise<string | null> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT coalesce(u.email, c.email) AS email FROM consultant_profiles c LEFT JOIN users u ON u.id = c.user_id
    WHERE c.id = ${consultantId}`)
  return (rows[0]?.email as string | null | undefined) ?? null
}

/**
 * Writes down that a consultant is to have an account, with everything that Stripe will be asked with; does nothing when that
 * was done before. Of two at once, the second waits for the first and finds its row.
 */
export const insertPayoutAccount = async (
  req: PayloadRequest,
  account: { consultantId: string; country: string | null; email: string | null },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO payout_accounts (id, consultant_id, status, country, email, attempt, updated_at, created_at)
    VALUES (${createId()}, ${account.consultantId}, 'onboarding', ${account.country}, ${account.email}, 1, now(), now())
    ON CONFLICT (consultant_id) DO NOTHING`)
}

/** Grows with every store, even within one millisecond and when the clock is set back: readings are told apart by it. */
const nextSyncedAt = sql`greatest(clock_timestamp(), synced_at + interval '1 millisecond')`

/**
 * Prepares another account: Stripe refused the last request for good, or its account was disconnected. A new idempotency key,
 * and what Stripe is asked with as it is now. Does nothing when another request has done so already.
 */
export const renewPayoutAccount = async (
  req: PayloadRequest,
  account: Pick<PayoutAccountRow, 'id' | 'attempt'>,
  wish: { country: string | null; email: string | null },
): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`
    UPDATE payout_accounts SET attempt = attempt + 1, stripe_account_id = NULL, status = 'onboarding', country = ${wish.country},
      email = ${wish.email}, default_currency = NULL, transfers_capability = NULL, payouts_enabled = false,
      details_submitted = false, requirements = NULL, disabled_reason = NULL, deadline = NULL, disconnected_at = NULL,
      synced_at = ${nextSyncedAt}, updated_at = now()
    WHERE id = ${account.id} AND attempt = ${account.attempt}`)
}

/** What a reading of Stripe says. */
export type AccountReading = {
  stripeAccountId: string
  status: PayoutAccountState
  country: string | null
  defaultCurrency: string | null
  email: string | null
  transfersCapability: string | null
  payoutsEnabled: boolean
  detailsSubmitted: boolean
  requirements: AccountRequirements | null
  disabledReason: string | null
  /** Epoch ms. */
  deadline: number | null
}

/** Stores a reading. The row is locked, and whoever calls this knows that the reading is the newest one. */
export const storeAccountReading = async (req: PayloadRequest, id: string, reading: AccountReading): Promise<void> => {
  const db = await txDb(req)
  const isGone = reading.status === 'disconnected'
  await db.execute(sql`
    UPDATE payout_accounts SET stripe_account_id = ${reading.stripeAccountId}, status = ${reading.status},
      country = coalesce(${reading.country}, country), default_currency = coalesce(${reading.defaultCurrency}, default_currency),
      email = coalesce(${reading.email}, email), transfers_capability = ${reading.transfersCapability},
      payouts_enabled = ${reading.payoutsEnabled}, details_submitted = ${reading.detailsSubmitted},
      requirements = ${reading.requirements && JSON.stringify(reading.requirements)}::jsonb,
      disabled_reason = ${reading.disabledReason}, deadline = to_timestamp(${reading.deadline}::float8 / 1000),
      disconnected_at = ${isGone ? sql`coalesce(disconnected_at, now())` : sql`NULL`},
      synced_at = ${nextSyncedAt}, updated_at = now()
    WHERE id = ${id}`)
}

/**
 * Copies what the profile shows of the account, into the live row and its newest version, which is the one that the admin
 * shows.
 */
export const mirrorPayoutAccount = async (req: PayloadRequest, id: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE consultant_profiles c SET payment_settings_stripe_account_id = a.stripe_account_id,
      payment_settings_payouts_enabled = a.payouts_enabled, payment_settings_details_submitted = a.details_submitted,
      payment_settings_disabled_reason = a.disabled_reason
    FROM payout_accounts a WHERE a.id = ${id} AND c.id = a.consultant_id`)
  await db.execute(sql`
    UPDATE _consultant_profiles_v v SET version_payment_settings_stripe_account_id = a.stripe_account_id,
      version_payment_settings_payouts_enabled = a.payouts_enabled,
      version_payment_settings_details_submitted = a.details_submitted,
      version_payment_settings_disabled_reason = a.disabled_reason
    FROM payout_accounts a WHERE a.id = ${id} AND v.parent_id = a.consultant_id AND v.latest`)
}

const accountReasons = sql`${sql.param([...accountHeldReasons])}::text[]`

/** Payments whose payout waits for the consultant's account, or was refused by Stripe: another account may make a difference. */
export const listPaymentsHeldForAccount = async (req: PayloadRequest, consultantId: string): Promise<string[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id FROM payments WHERE consultant_id = ${consultantId} AND payout_status = 'held'
      AND (payout_held_reason::text = ANY (${accountReasons}) OR payout_held_reason = 'refused') ORDER BY payout_due_at, id`)
  return rows.map(({ id }) => String(id))
}

const consultantMoves = sql`(VALUES ${sql.join(
  ledgerKindNames.map((kind) => sql`(${kind}, ${ledgerKinds[kind].moves.consultant}::int)`),
  sql`, `,
)}) AS m (kind, factor)`

/** How many payouts wait for the account, and what the books say is owed to the consultant of those payments, per currency. */
export const sumHeldForAccount = async (
  req: PayloadRequest,
  consultantId: string,
): Promise<{ count: number; amounts: Money[] }> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT p.currency, count(*)::int AS count, coalesce(sum(owed.amount), 0)::float8 AS amount FROM payments p
    CROSS JOIN LATERAL (
      SELECT sum(l.amount * m.factor) AS amount FROM ledger_entries l JOIN ${consultantMoves} ON m.kind = l.kind::text
      WHERE l.payment_id = p.id) owed
    WHERE p.consultant_id = ${consultantId} AND p.payout_status = 'held' AND p.payout_held_reason::text = ANY (${accountReasons})
    GROUP BY p.currency ORDER BY p.currency::text`)
  const held = rows as { currency: string; count: number; amount: number }[]
  return {
    count: held.reduce((sum, { count }) => sum + count, 0),
    amounts: held.map(({ currency, amount }) => ({ currency, amount })),
  }
}

/**
 * Accounts that were not looked at for a while: a day when they cannot be paid or something waits for them, else a week.
 * Whatever their events missed is found by reading them.
 */
export const listStaleAccounts = async (payload: Payload): Promise<string[]> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT id FROM payout_accounts a
    WHERE stripe_account_id IS NOT NULL
      AND (synced_at IS NULL OR synced_at < now() - interval '7 days'
        OR synced_at < now() - interval '20 hours' AND (status NOT IN ${sqlStates(payableAccounts)} OR EXISTS (SELECT FROM payments p
          WHERE p.consultant_id = a.consultant_id AND p.payout_status = 'held'
            AND p.payout_held_reason::text = ANY (${accountReasons}))))
    ORDER BY synced_at NULLS FIRST`)
  return rows.map(({ id }) => String(id))
}
