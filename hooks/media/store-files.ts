import type { CollectionAfterChangeHook } from 'payload'
import { withTransaction } from '#database/transactions'
import { namesOfMedia } from '#media/compute-media-names'
import { type NewFile, storeMediaFiles } from '#media/store-media-files'
import { enqueue } from '#outbox/enqueue'
import type { Media } from '#payload-types'

/** Stores the files that came with the write, and has those removed that they replace, once it is committed. */
export const storeFiles: CollectionAfterChangeHook<Media> = async ({ doc, operation, previousDoc, req }) => {
  const before = operation === 'update' ? namesOfMedia(previousDoc) : []
  const isNew = (name: string) => !before.includes(name)
  const { file, payloadUploadSizes = {} } = req
  const files: NewFile[] = []
  const add = (
    name: string | null | undefined,
    content: Buffer | undefined,
    contentType: string | null | undefined,
  ) => {
    if (name && content && contentType && isNew(name)) files.push({ name, content, contentType })
  }
  add(doc.filename, file?.data, doc.mimeType)
  for (const [size, made] of Object.entries(doc.sizes ?? {})) {
    add(made.filename, payloadUploadSizes[size], made.mimeType)
  }
  if (files.length) await storeMediaFiles(req, files)
  const names = namesOfMedia(doc)
  const replaced = before.filter((name) => !names.includes(name))
  if (replaced.length) {
    await withTransaction(req, (open) => enqueue(open, { task: 'remove-media-files', payload: { names: replaced } }))
  }
  return doc
}
