import { computePutOffSeconds } from '#outbox/compute-put-off'
import { hourMs } from '#shared/time'

/** After this long nobody waits for a mail any more; milliseconds. */
const worthTryingMs = 72 * hourMs
/** Not longer, so that mails arrive soon after an outage. */
const longestPauseSeconds = 600

export type RetryDecision = { retry: true; delaySeconds: number } | { retry: false }

/**
 * When a mail that did not go out is tried again: soon at first, then every ten minutes, not before the provider wants to hear of us, and
 * for three days in all.
 * @param mail.attempts how often it was tried, this time included.
 * @param mail.isPostponed it was not even tried, as too many were: then it waits for its turn alone.
 * @param mail.priority of its job: what the provider has put off comes again in this order.
 * @param mail.random from 0 to 1.
 * @param mail.createdAt epoch milliseconds, like `now`.
 */
export const decideRetry = ({
  attempts,
  createdAt,
  now,
  retryAfterSeconds,
  isPostponed = false,
  priority = 0,
  random,
}: {
  attempts: number
  createdAt: number
  now: number
  retryAfterSeconds: number | null
  isPostponed?: boolean
  priority?: number
  random: number
}): RetryDecision => {
  if (now - createdAt >= worthTryingMs) return { retry: false }
  const pause = Math.min(10 * 2 ** Math.max(0, attempts - 1), longestPauseSeconds)
  // What failed together does not come again together.
  const spread = isPostponed ? 0 : pause * (0.75 + random / 2)
  const asked = retryAfterSeconds === null ? 0 : computePutOffSeconds({ seconds: retryAfterSeconds, priority, random })
  return { retry: true, delaySeconds: Math.round(Math.max(spread, asked)) }
}
