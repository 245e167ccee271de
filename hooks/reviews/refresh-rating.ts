import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { relatedId } from '#access/related-id'
import { txDb } from '#database/transactions'

/**
 * Counts the shown reviews of a consultant, under a lock, so that of two at once both are counted in the end. The latest version
 * gets the figures too: it is what the admin shows.
 */
const refresh = async (req: PayloadRequest, consultant: unknown): Promise<void> => {
  const id = relatedId(consultant)
  if (id === undefined) return
  const db = await txDb(req)
  await db.execute(sql`SELECT 1 FROM consultant_profiles WHERE id = ${id} FOR NO KEY UPDATE`)
  await db.execute(sql`
    WITH r AS (
      SELECT count(*) AS count, round(avg(rating), 2) AS average FROM reviews
      WHERE consultant_id = ${id} AND is_public AND moderation_status = 'approved'
    ), live AS (
      UPDATE consultant_profiles SET statistics_review_count = r.count, statistics_average_rating = r.average
      FROM r WHERE id = ${id}
    )
    UPDATE _consultant_profiles_v
    SET version_statistics_review_count = r.count, version_statistics_average_rating = r.average
    FROM r WHERE parent_id = ${id} AND latest`)
}

export const refreshRating: CollectionAfterChangeHook = async ({ data, doc, req }) => {
  await refresh(req, data.consultant)
  return doc
}

export const refreshRatingAfterDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await refresh(req, doc.consultant)
  return doc
}
