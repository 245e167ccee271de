import type { RoomProvider } from './room-provider'
import { RoomError } from './room-error'

/** Shorter than a worker has a room to itself. */
const workerPatienceMs = 90_000

/**
 * Calls a provider of rooms. @throws RoomError alone: what a provider throws otherwise says nothing of what it did, and one that does not
 * answer may still be at it.
 * @param patienceMs how long to wait.
 */
export const askProvider = async <T>(
  { label }: RoomProvider,
  call: () => Promise<T>,
  patienceMs: number = workerPatienceMs,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const noAnswer = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new RoomError(`${label} did not answer within ${patienceMs / 1_000} seconds.`, { outcome: 'unknown' }))
    }, patienceMs)
  })
  try {
    return await Promise.race([call(), noAnswer])
  } catch (error) {
    if (error instanceof RoomError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new RoomError(`${label} failed: ${why}`, { outcome: 'unknown', cause: error })
  } finally {
    clearTimeout(timer)
  }
}
