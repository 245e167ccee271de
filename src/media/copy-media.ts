import { buffer } from 'node:stream/consumers'
import type { Payload } from 'payload'
import type { Media } from '#payload-types'
import { namesOfMedia } from './compute-media-names'
import type { MediaStore } from './media-store'

export type CopiedMedia = {
  copied: number
  /** They were there already, with the same length. */
  present: number
  /** Neither store has them. */
  missing: string[]
}

const docsOfPage = 100
const copiesAtOnce = 4

const typesOf = (media: Media): ReadonlyMap<string, string> =>
  new Map(
    [media, ...Object.values(media.sizes ?? {})].flatMap(({ filename, mimeType }) =>
      filename && mimeType ? [[filename, mimeType]] : [],
    ),
  )

/**
 * Copies the files of all pictures from one store into another, and leaves those that it has: run again, it goes on where it was. What is
 * copied is checked by its length.
 * @param report is told now and then, and at the end.
 * @throws MediaStoreError when a store fails.
 */
export const copyMedia = async (
  payload: Payload,
  { from, to }: { from: MediaStore; to: MediaStore },
  report: (soFar: CopiedMedia & { pictures: number; of: number }) => void = () => undefined,
): Promise<CopiedMedia> => {
  const result: CopiedMedia = { copied: 0, present: 0, missing: [] }
  const { totalDocs } = await payload.count({ collection: 'media', overrideAccess: true })

  const copy = async (name: string, contentType: string): Promise<void> => {
    const [here, there] = await Promise.all([from.sizeOf(name), to.sizeOf(name)])
    if (there !== undefined && (here === undefined || here === there)) {
      result.present++
      return
    }
    const content = await from.open(name)
    if (!content) {
      result.missing.push(name)
      return
    }
    const bytes = await buffer(content)
    await to.put(name, bytes, contentType)
    const stored = await to.sizeOf(name)
    if (stored !== bytes.length) {
      throw new Error(
        `${name} has ${bytes.length} bytes, and ${stored ?? 'none'} after it was copied. Where a server of its own speaks the protocol of S3, S3_REQUEST_CHECKSUMS=when_required may be needed.`,
      )
    }
    result.copied++
  }

  let after: string | undefined
  for (let pictures = 0; ;) {
    const { docs } = await payload.find({
      collection: 'media',
      where: after === undefined ? {} : { id: { greater_than: after } },
      ...{ sort: 'id', limit: docsOfPage, depth: 0, pagination: false, overrideAccess: true },
    })
    const files = docs.flatMap((media) => {
      const types = typesOf(media)
      return namesOfMedia(media).map((name) => ({ name, type: types.get(name) ?? 'application/octet-stream' }))
    })
    const next = files.values()
    let isOver = false
    const ends = await Promise.allSettled(
      Array.from({ length: copiesAtOnce }, async () => {
        try {
          for (const { name, type } of next) if (!isOver) await copy(name, type)
        } catch (error) {
          isOver = true
          throw error
        }
      }),
    )
    // When one copy fails the others that run come to their end, and no more begin.
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    pictures += docs.length
    after = docs.at(-1)?.id
    report({ ...result, pictures, of: Math.max(totalDocs, pictures) })
    if (docs.length < docsOfPage) return result
  }
}
