import type { PayloadRequest } from 'payload'
import { afterRollback } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { limitStoring } from './limit-storing'
import { MediaStoreError } from './media-store'
import { presentMediaStore } from './present-media-store'

export type NewFile = { name: string; content: Buffer; contentType: string }

/**
 * Stores the files of a picture within the transaction that writes it, so that there is neither without the other: when one of them
 * cannot be stored, or the transaction does not commit, none is kept. What cannot be removed then is left to the daily tidying.
 * @throws DomainError `unavailable`: nothing was kept.
 */
export const storeMediaFiles = async (req: PayloadRequest, files: readonly NewFile[]): Promise<void> => {
  const store = await presentMediaStore()
  const remove = async (): Promise<void> => {
    await Promise.all(
      files.map(({ name }) =>
        store.remove(name).catch((err: unknown) => {
          req.payload.logger.warn({ err, msg: 'A file without a picture is left to the tidying of media', file: name })
        }),
      ),
    )
  }
  await limitStoring(async () => {
    const isWatched = await afterRollback(req, remove)
    // All of them have ended when one has failed: none is stored after it was removed.
    const ends = await Promise.allSettled(
      files.map(({ name, content, contentType }) => store.put(name, content, contentType)),
    )
    const failed = ends.find((end) => end.status === 'rejected')
    if (!failed) return
    if (!isWatched) await remove()
    const error: unknown = failed.reason
    if (!(error instanceof MediaStoreError)) throw error
    req.payload.logger.error({ err: error, msg: 'A picture could not be stored' })
    const message = 'The picture could not be stored, and nothing of it was kept. Try again later.'
    throw new DomainError('unavailable', message, { retryAfter: 30, cause: error })
  })
}
