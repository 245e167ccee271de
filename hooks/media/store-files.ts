import type { CollectionBeforeChangeHook } from 'payload'
import type { Media } from '#payload-types'
import { namesOfMedia } from '#media/compute-media-names'
import { type NewFile, storeMediaFiles } from '#media/store-media-files'

/** Stores the files that come with a write, before it is written. */
export const storeFiles: CollectionBeforeChangeHook<Media> = async ({ data, operation, originalDoc, req }) => {
  const before = operation === 'update' && originalDoc ? namesOfMedia(originalDoc) : []
  const { file, payloadUploadSizes = {} } = req
  const files: NewFile[] = []
  const add = (
    name: string | null | undefined,
    content: Buffer | undefined,
    contentType: string | null | undefined,
  ) => {
    if (name && content && contentType && !before.includes(name)) files.push({ name, content, contentType })
  }
  add(data.filename, file?.data, data.mimeType)
  for (const [size, made] of Object.entries(data.sizes ?? {})) {
    add(made.filename, payloadUploadSizes[size], made.mimeType)
  }
  await storeMediaFiles(req, files)
  return data
}
