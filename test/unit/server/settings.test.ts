import { describe, expect, it } from 'vitest'
import { parseSettings } from '#settings'

describe('a setting that is there and empty', () => {
  it.each(['', ' '])('counts as one that is not there: "%s" switches no limit off', (empty) => {
    const names = ['RATE_LIMIT_FACTOR', 'RESEND_PER_SECOND', 'STRIPE_PER_SECOND', 'PORT', 'DATABASE_POOL_SIZE']
    const env = Object.fromEntries(
      [...names, 'METRICS_PORT', 'LOG_LEVEL', 'PARLEY_DEMO', 'HOST'].map((name) => [name, empty]),
    )
    expect(parseSettings(env)).toEqual(parseSettings({}))
    expect(parseSettings({}).rateLimitFactor).toBe(1)
  })

  it('is no number either where it is none', () => {
    expect(() => parseSettings({ RATE_LIMIT_FACTOR: 'off' })).toThrow('RATE_LIMIT_FACTOR')
    expect(() => parseSettings({ RESEND_PER_SECOND: '-1' })).toThrow('RESEND_PER_SECOND')
    expect(parseSettings({ RESEND_PER_SECOND: '0.5', RATE_LIMIT_FACTOR: '0' })).toMatchObject({
      providerRates: { resend: 0.5 },
      rateLimitFactor: 0,
    })
  })
})
