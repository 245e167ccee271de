import { DomainError } from '#shared/errors'
import { createTurns } from '#shared/turns'

/** A picture of some megabytes takes hundreds of them while it is drawn. */
const mostAtOnce = 2

const turns = createTurns({ waitMs: 15_000, mostWaiting: 20 })

/**
 * Draws when it is its turn: others of this process may be drawing theirs.
 * @throws DomainError `unavailable`.
 */
export const limitDrawing = async <T>(draw: () => Promise<T>): Promise<T> => {
  const giveBack = await turns.take('drawing', mostAtOnce)
  if (!giveBack) {
    throw new DomainError('unavailable', 'Many pictures are being read at this moment. Try again.', { retryAfter: 10 })
  }
  try {
    return await draw()
  } finally {
    giveBack()
  }
}
