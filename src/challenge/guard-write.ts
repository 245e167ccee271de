import type { PayloadRequest } from 'payload'
import { withGuardStore } from '#access/login-guards'
import { callerKey, rateLimited } from '#access/rate-limits'
import { hashLimitKey } from '#access/hash-limit-key'
import { isStaff } from '#access/roles'
import { requireChallenge } from './require-challenge'

/**
 * What anybody may write that takes no time of a consultant, and is a mail or work for somebody: so many within the seconds for one caller, `free` of them
 * without a challenge. Counted exactly, over all processes; `RATE_LIMIT_FACTOR` does not change them, as they are for the sake of others. Holds and sessions
 * are bounded by what is claimed (`boundClaim`).
 */
export const guardedWrites = {
  createRequest: { free: 120, most: 180, seconds: 3_600 },
  register: { free: 90, most: 120, seconds: 3_600 },
  forgotPassword: { free: 90, most: 120, seconds: 3_600 },
} as const satisfies Record<string, { free: number; most: number; seconds: number }>

/**
 * Counts one, and asks for a challenge when the caller has had most of what there is.
 * @throws DomainError `challenge_required`, `rate_limited`.
 */
export const guardWrite = async (
  req: PayloadRequest,
  name: keyof typeof guardedWrites,
  caller: Parameters<typeof callerKey>[0],
): Promise<void> => {
  if (isStaff(req)) return
  const { free, most, seconds } = guardedWrites[name]
  const take = (part: string, points: number) =>
    withGuardStore((store) =>
      store.take(hashLimitKey(`write:${part}:${name}:${callerKey(caller)}`), { most: points, seconds }),
    )
  if ((await take('free', free)) === undefined) return
  await requireChallenge(req)
  const waitMs = await take('challenged', most - free)
  if (waitMs !== undefined) throw rateLimited(waitMs)
}
