import { describe, expect, it } from 'vitest'
import { decideRetry } from '#notifications/deliver/decide-retry'
import { priorities } from '#outbox/task-traits'

const decide = (attempts: number, age = 0, retryAfterSeconds: number | null = null, random = 0.5) =>
  decideRetry({ attempts, createdAt: 0, now: age, retryAfterSeconds, random })

describe('decideRetry', () => {
  it('tries soon, then every ten minutes', () => {
    const delays = [1, 2, 3, 7, 100, 2_000].map((attempts) => decide(attempts))
    expect(delays).toEqual([10, 20, 40, 600, 600, 600].map((delaySeconds) => ({ retry: true, delaySeconds })))
  })

  it('waits as long as the provider wants', () => {
    expect(decide(1, 0, 3)).toEqual({ retry: true, delaySeconds: 10 })
    expect(decide(1, 0, 90, 0)).toEqual({ retry: true, delaySeconds: 90 })
  })

  it('does not try at one moment what failed at one moment, and never before the provider wants it', () => {
    const ends = [0, 1].map((random) => [decide(2, 0, null, random), decide(1, 0, 90, random)])
    expect(ends).toEqual([
      [15, 90].map((delaySeconds) => ({ retry: true, delaySeconds })),
      [25, 92].map((delaySeconds) => ({ retry: true, delaySeconds })),
    ])
  })

  it('lets what was not even tried wait for its turn alone', () => {
    const turn = { createdAt: 0, now: 0, retryAfterSeconds: 3, isPostponed: true, random: 0.5 }
    expect(decideRetry({ ...turn, attempts: 9 })).toEqual({ retry: true, delaySeconds: 4 })
  })

  it('lets what somebody waits for come before reminders, and these before the rest, however long the provider holds all of them', () => {
    const turn = { attempts: 1, createdAt: 0, now: 0, retryAfterSeconds: 900, isPostponed: true }
    const at = ({ usual, later, bulk } = priorities, random = 0) =>
      [usual, later, bulk].map((priority) => decideRetry({ ...turn, priority, random }))
    expect(at()).toEqual([900, 903, 906].map((delaySeconds) => ({ retry: true, delaySeconds })))
    expect(at(priorities, 1)).toEqual([902, 905, 908].map((delaySeconds) => ({ retry: true, delaySeconds })))
  })

  it('gives up after three days', () => {
    expect(decide(9, 72 * 3_600_000 - 1)).toMatchObject({ retry: true })
    expect(decide(9, 72 * 3_600_000)).toEqual({ retry: false })
  })
})
