import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { repetitions } from '../../support/repetitions'

/** Milliseconds that something takes: at least `least`, and up to `more` beyond that. */
type Range = { least: number; more: number }

/** What lies between a call's turn and its answer. */
type Weather = {
  /** How late the process wakes up. */
  wake: Range
  /** Until the provider has the call. */
  there: Range
  /** Until its answer is back. */
  back: Range
}

const perSecond = 2
let providers = 0

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** How much later than it wants to a process wakes up. */
let lateMs: () => number = () => 0

const load = async () => {
  vi.resetModules()
  vi.doMock('node:timers/promises', () => ({ setTimeout: (ms: number) => sleep(ms + lateMs()) }))
  const [{ callProvider }, { declareProviderLimits }, { asWorker }] = await Promise.all([
    import('#providers/call-provider'),
    import('#providers/provider-limits'),
    import('#providers/caller'),
  ])
  return { callProvider, declareProviderLimits, asWorker }
}

let product: Awaited<ReturnType<typeof load>>

beforeAll(async () => {
  product = await load()
})
afterAll(() => {
  vi.doUnmock('node:timers/promises')
  vi.resetModules()
})
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Some are much later than most, as on a machine with other things to do. */
const taking = ({ least, more }: Range, random: () => number): number => least + more * random() ** 3

const numbersOf = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Refuses the first call too many within any second, whenever it begins: no provider is stricter. */
const createSlidingWindow = () => {
  let taken: number[] = []
  return (now: number): boolean => {
    taken = taken.filter((at) => now - at < 1_000)
    if (taken.length >= perSecond) return false
    taken.push(now)
    return true
  }
}

/** Eight callers send calls until there are none left. → how many were refused, and the seconds until the last was sent. */
const send = async (calls: number, { wake, there, back }: Weather, seed: number) => {
  const { callProvider, declareProviderLimits, asWorker } = product
  const random = numbersOf(seed)
  lateMs = () => taking(wake, random)
  const provider = `exact-${++providers}`
  declareProviderLimits(provider, { all: { perSecond, isExact: true } })
  const isTaken = createSlidingWindow()
  const begun = performance.now()
  let [left, refused, last] = [calls, 0, 0]
  const once = async (): Promise<boolean> => {
    await sleep(taking(there, random))
    last = performance.now()
    const isFree = isTaken(last)
    if (!isFree) refused++
    await sleep(taking(back, random))
    return isFree
  }
  const caller = async () => {
    while (left-- > 0) {
      await callProvider<boolean>(
        {
          provider,
          operation: 'send',
          judge: (settled) =>
            'value' in settled && settled.value ? { outcome: 'ok' } : { outcome: 'limited', retryAfterSeconds: 1 },
        },
        once,
      )
    }
  }
  const all = asWorker(() => Promise.all(Array.from({ length: 8 }, caller)))
  await vi.runAllTimersAsync()
  await all
  return { refused, seconds: (last - begun) / 1_000 }
}

describe('calls at all that a provider takes', () => {
  it('are refused none, however late they leave and however long they are under way', async () => {
    const range = (most: number) =>
      fc.record({ least: fc.integer({ max: most, min: 0 }), more: fc.integer({ min: 0, max: most }) })
    await fc.assert(
      fc.asyncProperty(
        fc.record({ wake: range(80), there: range(150), back: range(150) }),
        fc.integer({ min: 1, max: 1e9 }),
        async (weather, seed) => {
          const { refused } = await send(80, weather, seed)
          expect(refused).toBe(0)
        },
      ),
      { numRuns: repetitions({ usual: 25, long: 1_000 }), seed: 20_262 },
    )
  })

  it('lose no time where all are under way for equally long: 600 mails are out in 305 seconds', async () => {
    const near = { wake: { least: 0, more: 6 }, there: { least: 2, more: 4 }, back: { least: 3, more: 5 } }
    const far = { wake: { least: 0, more: 6 }, there: { least: 60, more: 4 }, back: { least: 90, more: 5 } }
    for (const weather of [near, far]) {
      const { refused, seconds } = await send(600, weather, 7)
      expect(refused).toBe(0)
      expect(seconds).toBeGreaterThan(299)
      expect(seconds).toBeLessThan(305)
    }
  })
})
