import { afterEach, describe, expect, it, vi } from 'vitest'
import { asWorker } from '#providers/caller'
import { callProvider } from '#providers/call-provider'
import { countHere, holdHere } from '#providers/count-here'
import { onProviderCall, type ProviderCallReport, type ProviderVerdict } from '#providers/provider-call'
import { bucketsOf, declareProviderLimits } from '#providers/provider-limits'
import { findProviderLimited, ProviderLimited } from '#providers/provider-limited'
import { createCallWindow } from '#sandbox/resend/call-window'
import { parseSettings } from '#settings'

let stop: () => void = () => undefined
afterEach(() => stop())

const heard = (): ProviderCallReport[] => {
  const reports: ProviderCallReport[] = []
  stop = onProviderCall((report) => reports.push(report))
  return reports
}
const call = (provider: string, verdicts: ProviderVerdict[], run = () => Promise.resolve('answer')) =>
  callProvider<string>({ provider, operation: 'ask', judge: () => verdicts.shift() ?? { outcome: 'ok' } }, run)

describe('a call to a provider', () => {
  it('is told of with its outcome, whatever the listeners do', async () => {
    const reports = heard()
    const stopFaulty = onProviderCall(() => {
      throw new Error('A listener at fault')
    })
    expect(await call('unit', [{ outcome: 'refused' }])).toBe('answer')
    await expect(
      call('unit', [{ outcome: 'failed', reason: 'Down' }], () => Promise.reject(new Error('x'))),
    ).rejects.toThrow('x')
    stopFaulty()
    expect(reports.map(({ provider, operation, outcome }) => [provider, operation, outcome])).toEqual([
      ['unit', 'ask', 'refused'],
      ['unit', 'ask', 'failed'],
    ])
  })

  it('whose end is not understood counts as failed', async () => {
    const reports = heard()
    const judge = (): ProviderVerdict => {
      throw new TypeError('undefined is no answer')
    }
    await callProvider<undefined>({ provider: 'unit', operation: 'ask', judge }, () => Promise.resolve(undefined))
    expect(reports.map(({ outcome }) => outcome)).toEqual(['failed'])
  })

  it('that was answered "not now" is made again once it may be, and for a worker alone', async () => {
    declareProviderLimits('unit-limited', { all: { perSecond: 1_000 } })
    const limited = (): ProviderVerdict[] => [{ outcome: 'limited', retryAfterSeconds: 0.6 }]
    const run = vi.fn(() => Promise.resolve('answer'))
    await asWorker(() => call('unit-limited', limited(), run))
    expect(run).toHaveBeenCalledTimes(2)
    await call('unit-limited', limited(), run)
    expect(run).toHaveBeenCalledTimes(3)
  })

  it('that cannot be made in time is not made', async () => {
    declareProviderLimits('unit-held', { all: { perSecond: 1 } })
    const [bucket] = bucketsOf('unit-held', undefined)
    if (!bucket) throw new Error('There is no limit.')
    holdHere(bucket, 60)
    const run = vi.fn(() => Promise.resolve('answer'))
    await expect(asWorker(() => call('unit-held', [], run))).rejects.toThrow('takes no more calls for 60 seconds')
    expect(run).not.toHaveBeenCalled()
  })
})

describe('limits', () => {
  it('are those of the subject and of the provider, none where nothing is said', () => {
    declareProviderLimits('unit-both', { all: { perSecond: 10 }, perSubject: { perSecond: 2, burst: 3 } })
    expect(bucketsOf('unit-both', 'jo').map(({ name }) => name)).toEqual(['unit-both:jo', 'unit-both'])
    expect(bucketsOf('unit-both', undefined).map(({ name }) => name)).toEqual(['unit-both'])
    expect(bucketsOf('nobody', 'jo')).toEqual([])
    const [subject, all] = bucketsOf('unit-both', 'jo')
    expect(all).toEqual({ name: 'unit-both', spacing: 0.101, tolerance: 0 })
    expect(subject?.tolerance).toBeCloseTo(1.01)
  })

  it('that are exact are windows of a second, or one call in longer than that', () => {
    const windowOf = (perSecond: number) => {
      declareProviderLimits('unit-exact', { all: { perSecond, isExact: true } })
      return bucketsOf('unit-exact', undefined)[0]?.window
    }
    expect(windowOf(2)).toEqual({ calls: 2, seconds: 1.002 })
    expect(windowOf(0.5)).toEqual({ calls: 1, seconds: 2.004 })
    expect(windowOf(1_000)).toBeUndefined()
  })

  it('count on from where they stand', () => {
    const bucket = { name: 'unit-count', spacing: 10, tolerance: 0 }
    const ahead = () => {
      const counted = countHere({ buckets: [bucket], calls: 2, mostSeconds: 30, furthestSeconds: 1e8 })
      return counted.isTaken ? Math.round(counted.ahead.get('unit-count') ?? 0) : 'none'
    }
    expect([ahead(), ahead(), ahead()]).toEqual([20, 40, 'none'])
  })

  it('are refused where they are none', () => {
    const declare = (perSecond: number, burst?: number) => () => {
      declareProviderLimits('unit-odd', { perSubject: { perSecond, ...(burst === undefined ? {} : { burst }) } })
    }
    for (const odd of [declare(NaN), declare(-1), declare(Infinity), declare(1, 0), declare(1, NaN)])
      expect(odd).toThrow('The limits of unit-odd: perSecond must be')
    expect(declare(0)).not.toThrow()
  })

  it('let no more calls wait together than have a turn in time', async () => {
    declareProviderLimits('unit-slow', { all: { perSecond: 2 } })
    let refused = 0
    for (let n = 0; n < 60; n++) void asWorker(() => call('unit-slow', [])).catch(() => refused++)
    // The first one goes, twenty wait for ten seconds at most.
    await vi.waitFor(() => {
      expect(refused).toBe(39)
    })
  })

  it('are found as the cause of an error', () => {
    const limited = new ProviderLimited('unit', 3)
    expect(findProviderLimited(new Error('outer', { cause: new Error('inner', { cause: limited }) }))).toBe(limited)
    expect(findProviderLimited(new Error('outer'))).toBeUndefined()
  })

  it('of Stripe go by the key, unless they are set', () => {
    const rate = (env: Record<string, string>) =>
      parseSettings({ STRIPE_WEBHOOK_SECRET: 'whsec_x', ...env }).providerRates.stripe
    expect(rate({ STRIPE_SECRET_KEY: 'sk_live_x' })).toBe(80)
    expect(rate({ STRIPE_SECRET_KEY: 'sk_test_x' })).toBe(20)
    expect(rate({ STRIPE_SECRET_KEY: 'sk_live_x', STRIPE_PER_SECOND: '5' })).toBe(5)
  })
})

describe('the places of a worker', () => {
  it('are set lane by lane', () => {
    const { workerPlaces } = parseSettings({ WORKER_PLACES: 'stripe:8, mail:1' })
    expect(workerPlaces).toMatchObject({ core: 4, stripe: 8, mail: 1, feeds: 2 })
  })

  it.each(['post:2', 'mail:0', 'mail'])('refuse %s', (WORKER_PLACES) => {
    expect(() => parseSettings({ WORKER_PLACES })).toThrow(
      `WORKER_PLACES: "${WORKER_PLACES}" must be a lane and a number`,
    )
  })
})

it('the sandbox of Resend takes so many calls in a second that begins with the first', () => {
  const take = createCallWindow(2)
  const taken = [0, 100, 900, 999, 1_000, 1_500, 1_999, 2_000].map((now) => take(now).isOpen)
  expect(taken).toEqual([true, true, false, false, true, true, false, true])
})
