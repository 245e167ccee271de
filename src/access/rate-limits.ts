import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'

/**
 * Requests per address (or per user, when logged in) within a number of seconds, for each process. What limits harm to
 * other people (claims) is bounded in PostgreSQL as well; these keep a single client from taking the machine for itself.
 */
export const limits = {
  browse: { points: 6_000, seconds: 60 },
  holds: { points: 600, seconds: 60 },
  book: { points: 240, seconds: 60 },
  change: { points: 240, seconds: 60 },
  /** Wrong manage tokens and unknown references. */
  guess: { points: 60, seconds: 60 },
  login: { points: 60, seconds: 60 },
  /** Passwords tried on one account, from wherever. */
  account: { points: 30, seconds: 60 },
  /** Mails that anybody can cause: registration, forgotten passwords. */
  mail: { points: 60, seconds: 600 },
  /** What an installation or a plugin adds and does not limit itself. */
  added: { points: 240, seconds: 60 },
} as const satisfies Record<string, { points: number; seconds: number }>

export type LimitName = keyof typeof limits

const limiters = new Map<LimitName, RateLimiterMemory>()

const limiterFor = (name: LimitName): RateLimiterMemory => {
  let limiter = limiters.get(name)
  if (!limiter) {
    const { points, seconds } = limits[name]
    limiter = new RateLimiterMemory({
      points: Math.max(1, Math.round(points * settings.rateLimitFactor)),
      duration: seconds,
    })
    limiters.set(name, limiter)
  }
  return limiter
}

/** @throws DomainError `rate_limited` with the seconds to wait. */
export const enforceLimit = async (
  name: LimitName,
  caller: { user: { id: string | number } | null; address: string },
): Promise<void> => {
  if (settings.rateLimitFactor === 0) return
  try {
    await limiterFor(name).consume(caller.user ? `user:${caller.user.id}` : `address:${caller.address}`)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw new DomainError('rate_limited', `Too many requests. Try again in ${retryAfter} s.`, { retryAfter })
  }
}
