import { settings } from '#settings'
import { DomainError } from '#shared/errors'

/** Each holds a connection of the pool until the store has answered; bookings need the others. */
const mostAtOnce = Math.max(1, Math.floor(settings.databasePoolSize / 3))

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
