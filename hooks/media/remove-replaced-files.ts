import type { CollectionAfterChangeHook } from 'payload'
import { withTransaction } from '#database/transactions'
import { namesOfMedia } from '#media/compute-media-names'
import { enqueue } from '#outbox/enqueue'
import type { Media } from '#payload-types'

/** Has the files removed that a picture had before, once it is committed that it has others. */
export const removeReplacedFiles: CollectionAfterChangeHook<Media> = async ({ doc, operation, previousDoc, req }) => {
  const now = namesOfMedia(doc)
  const names = operation === 'update' ? namesOfMedia(previousDoc).filter((name) => !now.includes(name)) : []
  if (names.length) {
    await withTransaction(req, (open) => enqueue(open, { task: 'remove-media-files', payload: { names } }))
  }
  return doc
}
