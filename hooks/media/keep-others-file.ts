import type { CollectionBeforeChangeHook } from 'payload'
import { withTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { lockMediaFilename } from '#media/media-queries'
import type { Media } from '#payload-types'

/**
 * Refuses a change of a picture that has got another file, or is gone, since it was read: it would name the files of before again, which are being
 * removed.
 */
export const keepOthersFile: CollectionBeforeChangeHook<Media> = async ({ data, operation, originalDoc, req }) => {
  if (operation !== 'update' || !originalDoc) return data
  const filename = await withTransaction(req, (open) => lockMediaFilename(open, originalDoc.id))
  if (filename === undefined) throw new DomainError('not_found', 'The picture is gone.')
  if (filename !== (originalDoc.filename ?? null)) {
    throw new DomainError('conflict', 'Somebody has given the picture another file meanwhile. Load it again.')
  }
  return data
}
