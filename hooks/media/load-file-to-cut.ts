import type { CollectionBeforeOperationHook } from 'payload'
import { buffer } from 'node:stream/consumers'
import { DomainError } from '#shared/errors'
import { asksToCut } from '#media/asks-to-cut'
import { MediaStoreError } from '#media/media-store'
import { presentMediaStore } from '#media/present-media-store'

/**
 * Takes the file of a picture that is to be cut anew from the store. Payload would ask this server for it, over the network and at the
 * address that the record has.
 */
export const loadFileToCut: CollectionBeforeOperationHook = async ({ args, operation, overrideAccess, req }) => {
  if (operation !== 'update' || req.file || !asksToCut(req.query)) return args
  if (!('id' in args) || (typeof args.id !== 'string' && typeof args.id !== 'number')) return args
  const picture = await req.payload.findByID({
    ...{ collection: 'media', id: args.id, depth: 0, overrideAccess: overrideAccess ?? false, req },
  })
  const { filename, mimeType } = picture
  if (!filename || !mimeType) return args
  try {
    const content = await (await presentMediaStore()).open(filename)
    if (!content) throw new MediaStoreError('The file of the picture is missing.')
    const data = await buffer(content)
    req.file = { name: filename, mimetype: mimeType, data, size: data.length }
    return args
  } catch (error) {
    if (!(error instanceof MediaStoreError)) throw error
    const message = 'The file of the picture cannot be read at this moment, so it was not cut. Try again later.'
    throw new DomainError('unavailable', message, { retryAfter: 10, cause: error })
  }
}
