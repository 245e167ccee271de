import type { PayloadRequest } from 'payload'
import { afterRollback, resumeTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { limitStoring } from './limit-storing'
import { MediaStoreError } from './media-store'
import { presentMediaStore } from './present-media-store'

export type NewFile = { name: string; content: Buffer; contentType: string }

/**
 * Stores the files of a picture while no transaction is open, and then begins the one that writes the picture: when one of them cannot be stored, or
 * that transaction does not commit, none is kept. What cannot be removed then, or a killed process leaves, is left to the daily tidying.
 * @throws DomainError `unavailable`: nothing was kept.
 */
export const storeMediaFiles = async (req: PayloadRequest, files: readonly NewFile[]): Promise<void> => {
  if (!files.length) return resumeTransaction(req)
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
    // All of them have ended when one has failed: none is stored after it was removed.
    const ends = await Promise.allSettled(
      files.map(({ name, content, contentType }) => store.put(name, content, contentType)),
    )
    const failed = ends.find((end) => end.status === 'rejected')
    if (!failed) return
    await remove()
    const error: unknown = failed.reason
    if (!(error instanceof MediaStoreError)) throw error
    req.payload.logger.error({ err: error, msg: 'A picture could not be stored' })
    const message = 'The picture could not be stored, and nothing of it was kept. Try again later.'
    throw new DomainError('unavailable', message, { retryAfter: 30, cause: error })
  })
  try {
    await resumeTransaction(req)
  } catch (error) {
    await remove()
    throw error
  }
  await afterRollback(req, remove)
}
