import type { Payload, PayloadRequest, Where } from 'payload'
import type { Media } from '#payload-types'
import { namesOfMedia } from './compute-media-names'

const whereFiles = ({ collections }: Payload, names: readonly string[]): Where => {
  const { upload } = collections.media.config
  const sizes = upload.imageSizes ?? []
  return {
    or: ['filename', ...sizes.map(({ name }) => `sizes.${name}.filename`)].map((path) => ({ [path]: { in: names } })),
  }
}

/** The picture that a file belongs to, as itself or as one of its sizes; whoever asks. */
export const findMediaOfFile = async (req: PayloadRequest, name: string): Promise<Media | undefined> => {
  const { docs } = await req.payload.find({
    collection: 'media',
    where: whereFiles(req.payload, [name]),
    ...{ limit: 1, depth: 0, pagination: false, overrideAccess: true, req },
  })
  return docs[0]
}

/** Those of the names that belong to a picture. */
export const findNamesInUse = async (payload: Payload, names: readonly string[]): Promise<ReadonlySet<string>> => {
  if (!names.length) return new Set()
  const { docs } = await payload.find({
    collection: 'media',
    where: whereFiles(payload, names),
    ...{ limit: 0, depth: 0, pagination: false, overrideAccess: true },
  })
  return new Set(docs.flatMap(namesOfMedia))
}
