import { hashLimitKey } from './hash-limit-key'
import { rateLimited } from './rate-limits'

type Bound = { most: number; seconds: number }

/** Counts exactly: nothing is taken in advance, and nothing is refused from memory, as what was counted may be forgiven elsewhere. */
export type GuardStore = {
  /** Takes one of what there is under `key`. @returns undefined, or in how many milliseconds there is one again. */
  take: (key: string, bound: Bound) => Promise<number | undefined>
  giveBack: (key: string) => Promise<void>
  forget: (key: string) => Promise<void>
  /** Forgets all whose keys begin so. */
  forgetAll: (beginning: string) => Promise<void>
}

/**
 * Failed logins of one account. Whoever fails too often is told to wait; nobody else is kept out by it, but browsers that have never been logged in to
 * this account are when many of them fail together. These bounds do not go by `RATE_LIMIT_FACTOR`: they are about passwords, not about load.
 */
export const loginGuards = {
  /** By one network, or by one browser that was logged in to the account before. */
  own: { most: 10, seconds: 600 },
  /** By all browsers together that were not. */
  unknown: { most: 100, seconds: 3_600 },
} as const satisfies Record<string, Bound>

/** `device`: a browser that was logged in to this account before. The account is what was typed, whether or not there is one. */
export type LoginAttempt = { account: string; network: string; device: string | undefined }

/**
 * Counts a try before it is known how it ends, so that many at once do not get past.
 * @returns whether it may succeed: too many browsers that the account does not know have failed otherwise.
 * @throws DomainError `rate_limited` about what this caller alone has done.
 */
export const countLoginAttempt = async (attempt: LoginAttempt): Promise<boolean> => {
  const waitMs = await withGuardStore((store) => store.take(ownKey(attempt), loginGuards.own))
  if (waitMs !== undefined) throw rateLimited(waitMs)
  // Only what was not refused above counts against others: one caller alone cannot use it all up.
  if (attempt.device !== undefined) return true
  return (await withGuardStore((store) => store.take(unknownKey(attempt.account), loginGuards.unknown))) === undefined
}

/** It was no failure: what this caller did before is forgiven, and of what all did this one try. */
export const forgiveLoginAttempt = async (attempt: LoginAttempt): Promise<void> => {
  await withGuardStore((store) => store.forget(ownKey(attempt)))
  if (attempt.device === undefined) await withGuardStore((store) => store.giveBack(unknownKey(attempt.account)))
}

/** Forgives everybody all that was counted for an account. */
export const forgiveAccount = (account: string): Promise<void> =>
  withGuardStore((store) => store.forgetAll(accountKey(account)))

/**
 * Counts with all other processes from now on; without it a process counts alone.
 * @param noteFailure is told once when the store fails, until it answers again. Meanwhile this process counts alone.
 */
export const shareLoginGuards = (store: GuardStore, noteFailure: (error: unknown) => void): void => {
  shared = store
  onFailure = noteFailure
  aloneUntil = -Infinity
}

const accountKey = (account: string): string => hashLimitKey(`login-account:${account}`, 11)
const keyOf = (account: string, by: string): string =>
  accountKey(account) + hashLimitKey(`login-by:${account}:${by}`, 11)
const ownKey = ({ account, network, device }: LoginAttempt): string =>
  keyOf(account, device === undefined ? `network:${network}` : `device:${device}`)
const unknownKey = (account: string): string => keyOf(account, 'unknown')

/** How long nobody is asked after a failure. */
const pauseMs = 5_000
/** Beyond these the oldest are forgotten. */
const mostAlone = 50_000

let shared: GuardStore | undefined
let onFailure: (error: unknown) => void = () => undefined
let isFailing = false
let aloneUntil = -Infinity

/** Asks the shared store, or this process's own while that does not answer. */
export const withGuardStore = async <T>(act: (store: GuardStore) => Promise<T>): Promise<T> => {
  if (shared && performance.now() >= aloneUntil) {
    try {
      const result = await act(shared)
      isFailing = false
      return result
    } catch (error) {
      if (!isFailing) onFailure(error)
      isFailing = true
      aloneUntil = performance.now() + pauseMs
    }
  }
  return act(alone)
}

const taken = new Map<string, { count: number; endsAt: number }>()

/** What a process counts by itself. */
const alone: GuardStore = {
  take: (key, { most, seconds }) => {
    const now = performance.now()
    const held = taken.get(key)
    const open = held && held.endsAt > now ? held : { count: 0, endsAt: now + seconds * 1_000 }
    if (open.count >= most) return Promise.resolve(open.endsAt - now)
    open.count++
    taken.delete(key)
    taken.set(key, open)
    for (const oldest of taken.keys()) {
      if (taken.size <= mostAlone) break
      taken.delete(oldest)
    }
    return Promise.resolve(undefined)
  },
  giveBack: (key) => {
    const held = taken.get(key)
    if (held && held.count > 0) held.count--
    return Promise.resolve()
  },
  forget: (key) => {
    taken.delete(key)
    return Promise.resolve()
  },
  forgetAll: (beginning) => {
    for (const key of taken.keys()) if (key.startsWith(beginning)) taken.delete(key)
    return Promise.resolve()
  },
}
