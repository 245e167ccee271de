import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { relatedId } from '#access/related-id'
import { recountReviews } from '#reviews/review-queries'

export const refreshRating: CollectionAfterChangeHook = async ({ data, doc, req }) => {
  await refresh(req, data.consultant)
  return doc
}

export const refreshRatingAfterDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await refresh(req, doc.consultant)
  return doc
}

const refresh = async (req: PayloadRequest, consultant: unknown): Promise<void> => {
  const id = relatedId(consultant)
  if (id !== undefined) await recountReviews(req, id)
}
