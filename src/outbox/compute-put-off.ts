/** All of one rank come within so many seconds of each other, and before all of the next. */
const spreadSeconds = 2
const rankSeconds = 3

/** Priorities (`task-traits.ts`) are ten apart; nothing comes before what somebody waits for. */
const rankOf = (priority: number): number => Math.max(0, Math.ceil(priority / 10))

/**
 * When work comes again that its provider has put off, seconds from now: none at the same moment as another, and what somebody waits for first,
 * however long the pause was and whenever it was met. No longer than it takes to tell them apart: how many go then is up to the provider's limits.
 * @param random from 0 to 1.
 */
export const computePutOffSeconds = ({
  seconds,
  priority,
  random,
}: {
  seconds: number
  priority: number
  random: number
}): number => seconds + rankOf(priority) * rankSeconds + random * spreadSeconds
