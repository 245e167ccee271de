import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { dayMs } from '#shared/time'
import { findNamesInUse } from './find-media-of-files'
import type { StoredFile } from './media-store'
import { presentMediaStore } from './present-media-store'

/** What else lies in the folder is none of ours. `.part`: what was being written when a process was killed. */
const isOurs = ({ name }: StoredFile): boolean => /\.(?:jpe?g|png|webp|avif|part)$/i.test(name)

/** A file is stored before its picture is, within the same request; nothing takes as long as that. */
const oldEnoughMs = dayMs

/** So many pages of files are looked at before other jobs have their turn. */
const pagesOfJob = 10

/**
 * Removes files that belong to no picture: what a killed process, a lost answer or a store that was away has left. They are at least a day
 * old. A database without any picture removes nothing: it is more likely the wrong one than a reason to empty a store.
 * @param from.after where an earlier job has stopped.
 * @throws MediaStoreError when the store fails.
 */
export const tidyMedia = async (
  payload: Payload,
  { after, now = Date.now() }: { after?: string | undefined; now?: number } = {},
): Promise<void> => {
  const { totalDocs } = await payload.count({ collection: 'media', overrideAccess: true })
  if (!totalDocs) return
  const store = await presentMediaStore()
  let removed = 0
  let from = after
  for (let page = 0; page < pagesOfJob; page++) {
    const { files, next } = await store.list(from)
    const old = files.filter((file) => isOurs(file) && file.modifiedAt < now - oldEnoughMs)
    const names = old.map(({ name }) => name)
    const used = await findNamesInUse(payload, names)
    for (const name of names) {
      if (used.has(name)) continue
      await store.remove(name)
      removed++
    }
    from = next
    if (from === undefined) break
  }
  if (removed) payload.logger.info({ msg: 'Files without a picture were removed', removed, store: store.kind })
  if (from === undefined) return
  const goesOnAfter = from
  await withTransaction(payload, (req) =>
    enqueue(req, { task: 'tidy-media', payload: { after: goesOnAfter }, key: 'tidy-media:next' }),
  )
}
