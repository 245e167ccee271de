import { buffer } from 'node:stream/consumers'
import type { Payload } from 'payload'
import type { Media } from '#payload-types'
import { tellsMore } from './draw-picture'
import type { MediaStore } from './media-store'

export type CleanedMedia = {
  /** Drawn anew. */
  cleaned: number
  /** They tell nothing more than what can be seen in them. */
  clean: number
  /** Their file is missing, or cannot be read as a picture. */
  unreadable: string[]
}

const docsOfPage = 50

/**
 * Draws pictures anew that were stored before what cameras write into them was taken out. Those that tell nothing more are left, so it goes on where it was
 * when it is run again. The record stays, and its files have new names; those of before are removed by the worker.
 * @param report is told after each page.
 * @throws MediaStoreError when the store fails.
 */
export const cleanMedia = async (
  payload: Payload,
  store: MediaStore,
  report: (soFar: CleanedMedia & { pictures: number; of: number }) => void = () => undefined,
): Promise<CleanedMedia> => {
  const result: CleanedMedia = { cleaned: 0, clean: 0, unreadable: [] }
  const { totalDocs } = await payload.count({ collection: 'media', overrideAccess: true })
  let pictures = 0
  for (let after: string | undefined; ;) {
    const { docs } = await payload.find({
      collection: 'media',
      where: after === undefined ? {} : { id: { greater_than: after } },
      ...{ sort: 'id', limit: docsOfPage, depth: 0, pagination: false, overrideAccess: true },
    })
    for (const media of docs) await cleanOne(payload, { store, media, result })
    pictures += docs.length
    if (docs.length) report({ ...result, pictures, of: totalDocs })
    after = docs.at(-1)?.id
    if (docs.length < docsOfPage) return result
  }
}

const cleanOne = async (
  payload: Payload,
  { store, media, result }: { store: MediaStore; media: Media; result: CleanedMedia },
): Promise<void> => {
  const { id, filename, mimeType } = media
  if (!filename || !mimeType) return
  const content = await store.open(filename)
  if (!content) return void result.unreadable.push(filename)
  const data = await buffer(content)
  const isTelling = await tellsMore(data).catch(() => undefined)
  if (isTelling === undefined) return void result.unreadable.push(filename)
  if (!isTelling) return void result.clean++
  await payload.update({
    ...{ collection: 'media', id, data: {}, depth: 0, overrideAccess: true },
    // It comes in as any other does, and is drawn anew on the way.
    file: { name: filename, data, mimetype: mimeType, size: data.length },
  })
  result.cleaned++
}
