import { describe, expect, it } from 'vitest'
import { decideRetry } from '#notifications/deliver/decide-retry'

const decide = (attempts: number, age = 0, retryAfterSeconds: number | null = null) =>
  decideRetry({ attempts, createdAt: 0, now: age, retryAfterSeconds })

describe('decideRetry', () => {
  it('tries soon, then every ten minutes', () => {
    const delays = [1, 2, 3, 7, 100, 2_000].map((attempts) => decide(attempts))
    expect(delays).toEqual([10, 20, 40, 600, 600, 600].map((delaySeconds) => ({ retry: true, delaySeconds })))
  })

  it('waits as long as the provider wants', () => {
    expect(decide(1, 0, 3)).toEqual({ retry: true, delaySeconds: 10 })
    expect(decide(1, 0, 90)).toEqual({ retry: true, delaySeconds: 90 })
  })

  it('gives up after three days', () => {
    expect(decide(9, 72 * 3_600_000 - 1)).toMatchObject({ retry: true })
    expect(decide(9, 72 * 3_600_000)).toEqual({ retry: false })
  })
})
