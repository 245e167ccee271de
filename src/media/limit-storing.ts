import { DomainError } from '#shared/errors'

/** Each keeps its picture in memory until the store has answered. */
const mostAtOnce = 20

let running = 0

/**
 * Runs `store` unless too many pictures of this process are being stored already.
 * @throws DomainError `unavailable`.
 */
export const limitStoring = async <T>(store: () => Promise<T>): Promise<T> => {
  if (running >= mostAtOnce) {
    throw new DomainError('unavailable', 'Many pictures are being stored at this moment. Try again.', { retryAfter: 3 })
  }
  running++
  try {
    return await store()
  } finally {
    running--
  }
}
