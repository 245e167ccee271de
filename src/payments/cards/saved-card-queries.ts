import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import type { SavedCards } from './decide-saved-cards'

/** A customer as Stripe has to know them. */
export type PayerRow = {
  customerId: string
  name: string
  email: string
  language: string | null
  stripeCustomerId: string | null
  attempt: number
  /** Epoch ms; grows with every reading that is stored. */
  syncedAt: number | null
}

const selectPayer = sql.raw(`
  SELECT id AS "customerId", name, email, language, stripe_customer_id AS "stripeCustomerId",
    coalesce(stripe_customer_attempt, 1)::int AS attempt,
    (extract(epoch FROM payment_methods_synced_at) * 1000)::float8 AS "syncedAt"
  FROM customers`)

const findOne = async (db: Awaited<ReturnType<typeof readDb>>, rest: SQL): Promise<PayerRow | undefined> => {
  const { rows } = await db.execute(sql`${selectPayer} ${rest}`)
  return rows[0] as PayerRow | undefined
}

export const findPayer = async (req: PayloadRequest, customerId: string) =>
  findOne(await readDb(req), sql`WHERE id = ${customerId}`)
export const findPayerByStripeId = async (req: PayloadRequest, stripeCustomerId: string) =>
  findOne(await readDb(req), sql`WHERE stripe_customer_id = ${stripeCustomerId}`)
export const findPayerByCard = async (req: PayloadRequest, paymentMethodId: string) =>
  findOne(
    await readDb(req),
    sql`WHERE id = (SELECT _parent_id FROM customers_saved_payment_methods WHERE stripe_payment_method_id = ${paymentMethodId} LIMIT 1)`,
  )
export const lockPayer = async (req: PayloadRequest, customerId: string) =>
  findOne(await txDb(req), sql`WHERE id = ${customerId} FOR UPDATE`)

/** Remembers which customer at Stripe somebody is; does nothing when another request has done so, or another attempt has begun. */
export const storeStripeCustomer = async (
  req: PayloadRequest,
  { customerId, attempt }: Pick<PayerRow, 'customerId' | 'attempt'>,
  stripeCustomerId: string,
): Promise<void> => {
  await (
    await readDb(req)
  ).execute(sql`
    UPDATE customers SET stripe_customer_id = ${stripeCustomerId}
    WHERE id = ${customerId} AND stripe_customer_id IS NULL AND coalesce(stripe_customer_attempt, 1) = ${attempt}`)
}

/** Grows with every store, even within one millisecond and when the clock is set back: readings are told apart by it. */
const nextSyncedAt = sql`greatest(clock_timestamp(), payment_methods_synced_at + interval '1 millisecond')`

/** A card as it is shown; `id` is our own and stays while the card does. */
export type SavedCardRow = {
  id: string
  paymentMethodId: string
  brand: string
  last4: string
  expMonth: number
  expYear: number
  isDefault: boolean
}

/** The saved cards of a customer, in the order in which they are shown. */
export const listSavedCards = async (req: PayloadRequest, customerId: string): Promise<SavedCardRow[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id, stripe_payment_method_id AS "paymentMethodId", card_brand AS brand, card_last4 AS last4,
      card_exp_month::int AS "expMonth", card_exp_year::int AS "expYear", coalesce(is_default, false) AS "isDefault"
    FROM customers_saved_payment_methods WHERE _parent_id = ${customerId} ORDER BY _order`)
  return rows as SavedCardRow[]
}

const replaceCards = async (req: PayloadRequest, customerId: string, cards: SavedCards['cards']): Promise<void> => {
  const db = await txDb(req)
  const known = new Map((await listSavedCards(req, customerId)).map(({ id, paymentMethodId }) => [paymentMethodId, id]))
  await db.execute(sql`DELETE FROM customers_saved_payment_methods WHERE _parent_id = ${customerId}`)
  const rows = cards.map((card, index) => ({
    order: index + 1,
    id: known.get(card.id) ?? createId(),
    method: card.id,
    isDefault: card.isDefault,
    last4: card.last4,
    brand: card.brand,
    month: card.expMonth,
    year: card.expYear,
  }))
  await db.execute(sql`
    INSERT INTO customers_saved_payment_methods (_order, _parent_id, id, stripe_payment_method_id, is_default, card_last4,
      card_brand, card_exp_month, card_exp_year)
    SELECT "order", ${customerId}, id, method, "isDefault", last4, brand, month, year
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("order" int, id text, method text, "isDefault" boolean,
      last4 text, brand text, month int, year int)`)
}

/** Stores the cards of a customer. The row is locked, and whoever calls this knows that the reading is the newest one. */
export const storeSavedCards = async (
  req: PayloadRequest,
  customerId: string,
  cards: SavedCards['cards'],
): Promise<void> => {
  await replaceCards(req, customerId, cards)
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE customers SET default_payment_method_id = ${cards.find(({ isDefault }) => isDefault)?.id ?? null},
      payment_methods_synced_at = ${nextSyncedAt}
    WHERE id = ${customerId}`)
}

/** The customer was deleted at Stripe, with all cards: another one is made when it is needed. The row is locked. */
export const forgetStripeCustomer = async (req: PayloadRequest, customerId: string): Promise<void> => {
  await replaceCards(req, customerId, [])
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE customers SET stripe_customer_id = NULL, stripe_customer_attempt = coalesce(stripe_customer_attempt, 1) + 1,
      default_payment_method_id = NULL, payment_methods_synced_at = ${nextSyncedAt}
    WHERE id = ${customerId}`)
}
