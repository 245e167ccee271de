import type { CollectionAfterChangeHook } from 'payload'
import { relatedId } from '#access/related-id'
import { storeSessionReview } from '#reviews/review-queries'

/** A session knows its review. */
export const linkReview: CollectionAfterChangeHook = async ({ data, doc, operation, req }) => {
  const sessionId = relatedId(data.scheduledSession)
  if (operation !== 'create' || sessionId === undefined) return doc
  await storeSessionReview(req, { sessionId, reviewId: String(doc.id) })
  return doc
}
