import type { CollectionAfterDeleteHook } from 'payload'
import { withTransaction } from '#database/transactions'
import { namesOfMedia } from '#media/compute-media-names'
import { enqueue } from '#outbox/enqueue'
import type { Media } from '#payload-types'

/** Has the files of a picture removed once it is gone for good: not before, or it would be a picture without files if it stayed. */
export const removeFiles: CollectionAfterDeleteHook<Media> = async ({ doc, req }) => {
  const names = namesOfMedia(doc)
  if (names.length) {
    await withTransaction(req, (open) => enqueue(open, { task: 'remove-media-files', payload: { names } }))
  }
}
