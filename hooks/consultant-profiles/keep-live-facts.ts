import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeChangeHook } from 'payload'
import { txDb } from '#database/transactions'

type LiveFacts = {
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
}

const maybeNumber = (value: string | null) => (value === null ? null : Number(value))

/**
 * What our own SQL writes into the live row comes from the live row. Payload starts an update from the latest version, which
 * may be an old draft: publishing it would bring back old statistics, or a calendar feed's token that was changed since.
 *
 * The rules' version is raised by every save, so that what other processes remember of the rules is recognised as old. The
 * row is locked: a schedule that is saved at the same time raises it as well.
 */
export const keepLiveFacts: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  if (operation === 'create') return { ...data, rulesVersion: 1 }
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT rules_version AS "rulesVersion", statistics_total_bookings AS "totalBookings",
      statistics_total_earnings AS "totalEarnings", statistics_average_rating AS "averageRating",
      statistics_review_count AS "reviewCount", statistics_response_time_hours AS "responseTimeHours",
      feed_token_hash AS "feedTokenHash", payment_settings_stripe_account_id AS "stripeAccountId",
      payment_settings_payouts_enabled AS "payoutsEnabled",
      payment_settings_details_submitted AS "detailsSubmitted", payment_settings_disabled_reason AS "disabledReason"
    FROM consultant_profiles WHERE id = ${originalDoc?.id} FOR NO KEY UPDATE`)
  const live = rows[0] as LiveFacts | undefined
  if (!live) return data
  const { stripeAccountId, payoutsEnabled, detailsSubmitted, disabledReason } = live
  return {
    ...data,
    rulesVersion: Number(live.rulesVersion ?? 0) + 1,
    feedTokenHash: live.feedTokenHash,
    statistics: {
      totalBookings: maybeNumber(live.totalBookings),
      totalEarnings: live.totalEarnings,
      averageRating: maybeNumber(live.averageRating),
      reviewCount: maybeNumber(live.reviewCount),
      responseTimeHours: maybeNumber(live.responseTimeHours),
    },
    // Our own code may set these by an update; a person's save only carries them along.
    ...(req.user
      ? {
          paymentSettings: {
            ...data.paymentSettings,
            stripeAccountId,
            payoutsEnabled,
            detailsSubmitted,
            disabledReason,
          },
        }
      : {}),
  }
}
