import type { Challenge } from '#shared/errors'
import type { ChallengeNews } from './challenge-worker'

let share: number | null = null
const listeners = new Set<() => void>()

const tell = (now: number | null): void => {
  share = now
  for (const listener of listeners) listener()
}

/** How much of a challenge was tried so far, 0 to 1; null: there is none at the moment. */
export const challengeProgress = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: (): number | null => share,
}

const findInWorker = (challenge: Challenge): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./challenge-worker.ts', import.meta.url), { type: 'module' })
    const end = (): void => {
      worker.terminate()
      tell(null)
    }
    tell(0)
    worker.addEventListener('message', ({ data }: MessageEvent<ChallengeNews>) => {
      if ('share' in data) return tell(data.share)
      end()
      resolve(data.number)
    })
    worker.addEventListener('error', (event) => {
      end()
      reject(new Error('The challenge could not be solved.', { cause: event.error }))
    })
    worker.postMessage(challenge)
  })

/** What goes into the header `Parley-Challenge`; undefined when nothing was found. The page stays usable meanwhile. */
export const solveChallenge = async (challenge: Challenge): Promise<string | undefined> => {
  const { algorithm, salt, signature } = challenge
  const number = await findInWorker(challenge)
  return number === null
    ? undefined
    : btoa(JSON.stringify({ algorithm, challenge: challenge.challenge, number, salt, signature }))
}
