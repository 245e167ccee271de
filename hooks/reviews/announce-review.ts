import type { CollectionAfterChangeHook } from 'payload'
import type { Review } from '#payload-types'
import { announce } from '#events/announce'
import { isReviewShown } from '#reviews/review-events'

export const announceReview: CollectionAfterChangeHook<Review> = async ({ doc, operation, previousDoc, req }) => {
  const about = { reviewId: doc.id }
  if (operation === 'create') await announce(req, 'review.created', about)
  const wasShown = operation === 'update' && isReviewShown(previousDoc)
  if (isReviewShown(doc) && !wasShown) await announce(req, 'review.published', about, doc.updatedAt)
  return doc
}
