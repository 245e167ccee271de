import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { readDb, txDb } from '../database/transactions'
import type { PayoutAccountState } from './payout-account-states'

/** A consultant's account to be paid to; instants in epoch milliseconds. */
export type PayoutAccountRow = {
  id: string
  consultantId: string
  /** null until Stripe has answered, and again after the account was disconnected. */
  stripeAccountId: string | null
  /** As Stripe said when it was last asked; `payoutAccountStates` says whether transfers arrive. */
  status: PayoutAccountState
  country: string | null
  defaultCurrency: string | null
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

const epochMs = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

const selectAccount = sql.raw(`
  SELECT id, consultant_id AS "consultantId", stripe_account_id AS "stripeAccountId", status, country,
    default_currency AS "defaultCurrency", coalesce(payouts_enabled, false) AS "payoutsEnabled",
    coalesce(details_submitted, false) AS "detailsSubmitted", transfers_capability AS "transfersCapability",
    disabled_reason AS "disabledReason", ${epochMs('deadline')} AS deadline, ${epochMs('synced_at')} AS "syncedAt",
    ${epochMs('disconnected_at')} AS "disconnectedAt", coalesce(attempt, 1)::int AS attempt,
    ${epochMs('created_at')} AS "createdAt"
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
