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
 * @param mail.createdAt epoch milliseconds, like `now`.
 */
export const decideRetry = ({
  attempts,
  createdAt,
  now,
  retryAfterSeconds,
}: {
  attempts: number
  createdAt: number
  now: number
  retryAfterSeconds: number | null
}): RetryDecision => {
  if (now - createdAt >= worthTryingMs) return { retry: false }
  const pause = Math.min(10 * 2 ** Math.max(0, attempts - 1), longestPauseSeconds)
  return { retry: true, delaySeconds: Math.max(pause, retryAfterSeconds ?? 0) }
}
