import { priorities } from './task-traits'

/** All of one rank come within so many seconds of each other, and before all of the next. */
const spreadSeconds = 2
const rankSeconds = 3

const rankOf = (priority: number): number => {
  if (priority <= priorities.usual) return 0
  return priority <= priorities.later ? 1 : 2
}

/**
 * When work comes again that its provider has put off, seconds from now: none at the same moment as another, and what somebody waits for first,
 * however long the pause was and whenever it was met. No longer than it takes to tell them apart: how many go then is up to the provider's limits.
 * @param random from 0 to 1.
 */
export const putOffSeconds = ({
  seconds,
  priority,
  random,
}: {
  seconds: number
  priority: number
  random: number
}): number => seconds + rankOf(priority) * rankSeconds + random * spreadSeconds
