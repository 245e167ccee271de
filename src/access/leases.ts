/** What is counted: so many `points` of `most` are asked for `key`, which has `most` of them within `seconds`. */
export type LeaseRequest = { key: string; points: number; most: number; seconds: number }

/** What was given. `isLast`: nobody gets more of them before the window is over. */
export type Lease = { points: number; isLast: boolean; endsInMs: number }

/** Gives leases, one for each request and in their order. No key occurs twice. */
export type LeaseStore = (requests: readonly LeaseRequest[]) => Promise<readonly Lease[]>

/** When so many points (usually one) are taken: undefined, or in how many milliseconds there is something again. */
export type LeaseCounter = (
  key: string,
  limit: { most: number; seconds: number; points?: number },
) => Promise<number | undefined>

type Window = { left: number; isLast: boolean; endsAt: number }
/** `points`: how many wait for it. */
type Waiting = LeaseRequest & { given: PromiseWithResolvers<undefined> }

/** A process holds at most such a share of a limit that it has not used: so much less can be used elsewhere. */
const share = 1 / 60
/** Beyond these the oldest leases are forgotten, which costs their callers what was left of them. */
const mostWindows = 50_000
const mostAtOnce = 500
/** How long nobody is asked after a failure. */
const pauseMs = 5_000

/**
 * Counts what several processes take together, without asking for each of it: points are leased in batches and used up here, and who has used
 * up all is refused here until their window ends. While one answer is awaited, whatever else is asked for waits for the next question.
 * When the store fails, this process counts alone.
 */
export const createLeaseCounter = (
  store: LeaseStore,
  { now, noteFailure }: { now: () => number; noteFailure: (error: unknown) => void },
): LeaseCounter => {
  const windows = new Map<string, Window>()
  /** Asked for with the next question, and with the one that is under way. */
  const waiting = new Map<string, Waiting>()
  let asked: ReadonlyMap<string, Waiting> = new Map()
  let isFailing = false
  let aloneUntil = -Infinity

  const lease = async (requests: readonly LeaseRequest[]): Promise<readonly Lease[]> => {
    if (now() >= aloneUntil) {
      try {
        const leases = await store(requests)
        isFailing = false
        return leases
      } catch (error) {
        if (!isFailing) noteFailure(error)
        isFailing = true
        aloneUntil = now() + pauseMs
      }
    }
    return requests.map(({ most, seconds }) => ({ points: most, isLast: true, endsInMs: seconds * 1_000 }))
  }

  const openWindow = (key: string): Window | undefined => {
    const window = windows.get(key)
    return window && window.endsAt > now() ? window : undefined
  }

  const keep = (key: string, window: Window): void => {
    windows.delete(key)
    windows.set(key, window)
    for (const [oldest, { endsAt }] of windows) {
      if (endsAt > now() && windows.size <= mostWindows) break
      windows.delete(oldest)
    }
  }

  const ask = async (): Promise<void> => {
    if (asked.size) return
    while (waiting.size) {
      asked = new Map([...waiting].slice(0, mostAtOnce))
      for (const key of asked.keys()) waiting.delete(key)
      // The window is over so long after the answer at the latest: a lease does not outlive it.
      const askedAt = now()
      const leases = await lease([...asked.values()].map((one) => ({ ...one, points: batchOf(one) })))
      for (const [index, { key, given }] of [...asked.values()].entries()) {
        const { points, isLast, endsInMs } = leases[index] ?? { points: 0, isLast: true, endsInMs: 0 }
        keep(key, { left: points + (openWindow(key)?.left ?? 0), isLast, endsAt: askedAt + endsInMs })
        given.resolve(undefined)
      }
    }
    asked = new Map()
  }

  return async (key, { most, seconds, points = 1 }) => {
    // More than there ever is would be waited for in vain.
    const taken = Math.min(points, most)
    for (;;) {
      const window = openWindow(key)
      if (window && window.left >= taken) {
        window.left -= taken
        return undefined
      }
      if (window?.isLast) return window.endsAt - now()
      const request = asked.get(key) ?? waiting.get(key) ?? { key, points: 0, most, seconds, given: defer() }
      request.points += taken
      if (!asked.has(key)) waiting.set(key, request)
      void ask()
      await request.given.promise
    }
  }
}

const defer = (): Waiting['given'] => Promise.withResolvers()

/** What wait for it, and some more where the limit has room for many. */
const batchOf = ({ points, most }: LeaseRequest): number => Math.min(most, Math.max(points, Math.floor(most * share)))
