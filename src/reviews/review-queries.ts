import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'

/**
 * Counts the shown reviews of a consultant, under a lock, so that of two at once both are counted in the end. The latest version
 * gets the figures too: it is what the admin shows.
 */
export const recountReviews = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`SELECT 1 FROM consultant_profiles WHERE id = ${consultantId} FOR NO KEY UPDATE`)
  await db.execute(sql`
    WITH r AS (
      SELECT count(*) AS count, round(avg(rating), 2) AS average FROM reviews
      WHERE consultant_id = ${consultantId} AND is_public AND moderation_status = 'approved'
    ), live AS (
      UPDATE consultant_profiles SET statistics_review_count = r.count, statistics_average_rating = r.average
      FROM r WHERE id = ${consultantId}
    )
    UPDATE _consultant_profiles_v
    SET version_statistics_review_count = r.count, version_statistics_average_rating = r.average
    FROM r WHERE parent_id = ${consultantId} AND latest`)
}

/** A session knows its review; one statement, as `payload.update` would write the whole session back from an earlier read. */
export const storeSessionReview = async (
  req: PayloadRequest,
  { sessionId, reviewId }: { sessionId: string; reviewId: string },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`UPDATE scheduled_sessions SET review_id = ${reviewId} WHERE id = ${sessionId}`)
}
