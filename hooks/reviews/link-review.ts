import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterChangeHook } from 'payload'
import { relatedId } from '#access/related-id'
import { txDb } from '#database/transactions'

/** A session knows its review; one statement, as `payload.update` would write the whole session back from an earlier read. */
export const linkReview: CollectionAfterChangeHook = async ({ data, doc, operation, req }) => {
  const sessionId = relatedId(data.scheduledSession)
  if (operation !== 'create' || sessionId === undefined) return doc
  const db = await txDb(req)
  await db.execute(sql`UPDATE scheduled_sessions SET review_id = ${String(doc.id)} WHERE id = ${sessionId}`)
  return doc
}
