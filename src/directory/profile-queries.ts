import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb, txDb } from '#database/transactions'

/** Takes back the free time of a consultant who is not shown, or not to be booked. */
export const hideUnshownSlots = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    DELETE FROM availability_slots s USING consultant_profiles c
    WHERE s.consultant_id = ${consultantId} AND s.status = 'available' AND c.id = s.consultant_id
      AND NOT (c._status = 'published' AND c.is_public AND c.availability_is_available)`)
  await db.execute(sql`
    WITH hidden AS (
      SELECT id FROM consultant_profiles WHERE id = ${consultantId}
        AND NOT (_status = 'published' AND is_public AND availability_is_available)
    ), gone AS (
      DELETE FROM parley.free_days f USING hidden WHERE f.consultant_id = hidden.id
    )
    UPDATE parley.directory d SET next_start = NULL, last_start = NULL FROM hidden WHERE d.consultant_id = hidden.id`)
}

/** Whether the live row is published; the latest version may be a draft. */
export const isProfileLive = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`SELECT _status AS status FROM consultant_profiles WHERE id = ${id}`)
  return rows[0]?.status === 'published'
}

/** Whether everybody sees it: the live row is published and public. */
export const isProfileShown = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT FROM consultant_profiles WHERE id = ${id} AND _status = 'published' AND is_public`)
  return rows.length > 0
}

/** Of these, the ones that everybody sees. */
export const findShownConsultants = async (
  req: PayloadRequest,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT id FROM consultant_profiles
    WHERE id = ANY(${sql.param(ids)}::uuid[]) AND _status = 'published' AND is_public`)
  return new Set(rows.map(({ id }) => String(id)))
}

/** Whether everybody sees a profile of this address: a slug or an id. */
export const isAddressShown = async (req: PayloadRequest, slugOrId: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT FROM consultant_profiles
    WHERE (slug = ${slugOrId} OR id::text = ${slugOrId}) AND _status = 'published' AND is_public`)
  return rows.length > 0
}

/** What our own SQL writes into the live row of a profile, as PostgreSQL answers it. */
export type LiveFacts = {
  rulesVersion: string | null
  totalBookings: string | null
  totalEarnings: unknown
  averageRating: string | null
  reviewCount: string | null
  responseTimeHours: string | null
  feedTokenHash: string | null
  stripeAccountId: string | null
  payoutsEnabled: boolean | null
  detailsSubmitted: boolean | null
  disabledReason: string | null
  /** Published, and public. */
  isShown: boolean
}

/** Locks the live row: a schedule that is saved at the same time raises the version of the rules as well. */
export const lockLiveFacts = async (req: PayloadRequest, id: string): Promise<LiveFacts | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT rules_version AS "rulesVersion", statistics_total_bookings AS "totalBookings",
      statistics_total_earnings AS "totalEarnings", statistics_average_rating AS "averageRating",
      statistics_review_count AS "reviewCount", statistics_response_time_hours AS "responseTimeHours",
      feed_token_hash AS "feedTokenHash", payment_settings_stripe_account_id AS "stripeAccountId",
      payment_settings_payouts_enabled AS "payoutsEnabled",
      payment_settings_details_submitted AS "detailsSubmitted", payment_settings_disabled_reason AS "disabledReason",
      coalesce(_status = 'published' AND is_public, false) AS "isShown"
    FROM consultant_profiles WHERE id = ${id} FOR NO KEY UPDATE`)
  return rows[0] as LiveFacts | undefined
}
