import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { inboxOf } from '#shared/inbox-of'
import { networkOf } from '#shared/network-address'
import { hashLimitKey } from './hash-limit-key'
import { createLeaseCounter, type LeaseCounter, type LeaseStore } from './leases'

/**
 * Requests per address (or per user, when logged in) within a number of seconds, over all processes together. What limits harm to
 * other people (claims) is bounded in PostgreSQL as well; these keep a single client from taking the machines for itself.
 */
export const limits = {
  browse: { points: 6_000, seconds: 60 },
  holds: { points: 600, seconds: 60 },
  book: { points: 240, seconds: 60 },
  /** Bookings and requests for one address, by whoever may type it. The answer is the same whether or not it is known. */
  recipient: { points: 60, seconds: 3_600 },
  change: { points: 240, seconds: 60 },
  /** Wrong manage tokens and unknown references. */
  guess: { points: 60, seconds: 60 },
  login: { points: 60, seconds: 60 },
  /** Mails that anybody can cause: registration, forgotten passwords. */
  mail: { points: 60, seconds: 600 },
  /** Reading records over the generated REST and GraphQL: by what it costs (`costOfPoint` of the bounds of queries). */
  records: { points: 6_000, seconds: 60 },
  /** Creating, changing and deleting them there: one for each record, at least. */
  recordChanges: { points: 1_200, seconds: 60 },
  /** Files that a login which is not staff sends in a day, and how many thousands of bytes these have. */
  uploads: { points: 60, seconds: 86_400 },
  uploadedKilobytes: { points: 100_000, seconds: 86_400 },
  /** What an installation or a plugin adds and does not limit itself. */
  added: { points: 240, seconds: 60 },
} as const satisfies Record<string, { points: number; seconds: number }>

export type LimitName = keyof typeof limits

const createCounter = (store: LeaseStore, noteFailure: (error: unknown) => void): LeaseCounter =>
  createLeaseCounter(store, { now: () => performance.now(), noteFailure })

const alone: LeaseStore = () => Promise.reject(new Error('Nothing is shared.'))

let take = createCounter(alone, () => undefined)

/**
 * Counts with all other processes from now on; without it a process counts alone.
 * @param noteFailure is told once when the store fails, until it answers again. Meanwhile this process counts alone.
 */
export const shareLimits = (store: LeaseStore, noteFailure: (error: unknown) => void): void => {
  const withHashedKeys: LeaseStore = (requests) =>
    store(requests.map((request) => ({ ...request, key: hashLimitKey(request.key) })))
  take = createCounter(withHashedKeys, noteFailure)
}

/** Who a limit counts: a login, else a network. */
type CountedCaller = { user: { id: string | number } | null; address: string }

/** The name under which a caller is counted. */
export const callerKey = ({ user, address }: CountedCaller): string =>
  user ? `user:${user.id}` : `address:${networkOf(address)}`

/**
 * @param points how much of the limit it takes; 1 unless it costs more than usual.
 * @throws DomainError `rate_limited` with the seconds to wait.
 */
export const enforceLimit = (name: LimitName, caller: CountedCaller, points = 1): Promise<void> =>
  enforce(name, callerKey(caller), points)

/**
 * Bounds what is begun for one e-mail address, from wherever it comes.
 * @throws DomainError `rate_limited` with the seconds to wait.
 */
export const enforceRecipientLimit = (email: string): Promise<void> =>
  enforce('recipient', `inbox:${inboxOf(email)}`, 1)

const enforce = async (name: LimitName, who: string, points: number): Promise<void> => {
  if (settings.rateLimitFactor === 0) return
  const limit = limits[name]
  const most = Math.max(1, Math.round(limit.points * settings.rateLimitFactor))
  const waitMs = await take(`${name}:${who}`, { most, seconds: limit.seconds, points })
  if (waitMs === undefined) return
  throw rateLimited(waitMs)
}

export const rateLimited = (waitMs: number): DomainError => {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1_000))
  return new DomainError('rate_limited', `Too many requests. Try again in ${retryAfter} s.`, { retryAfter })
}
