import { postponeAnywhere } from './count-anywhere'
import type { Turn } from './turn'

/** How long the latest calls of a limit took from their turn to their answer, seconds. */
const delays = new Map<string, number[]>()

const kept = 100

/** With fewer known, the least of them may be a long one. */
const enough = 20

/** What is less is not worth a statement. */
const leastSeconds = 0.001

/**
 * So long a call is under way at least: as much less than the quickest of the latest ones as that one was quicker than half of them. Where they differ much,
 * none can be relied upon.
 */
const quickestOf = (known: readonly number[]): number => {
  if (known.length < enough) return 0
  const sorted = known.toSorted((a, b) => a - b)
  const [least = 0, median = 0] = [sorted[0], sorted[Math.floor(sorted.length / 2)]]
  return Math.max(0, 2 * least - median)
}

/**
 * A call was answered. Two calls that are a window apart when they are sent are as far apart when they arrive, if both are under way for equally long;
 * what one takes longer than the quickest may have passed before it arrived, and whoever takes its room waits for so much longer.
 * @param answeredAt milliseconds of this process' own clock.
 */
export const noteArrival = ({ dueAt, rooms }: Turn, answeredAt: number): void => {
  for (const turn of rooms) {
    const seconds = (answeredAt - dueAt) / 1_000
    const known = delays.get(turn.bucket) ?? []
    const late = seconds - quickestOf(known)
    delays.set(turn.bucket, [...known, seconds].slice(-kept))
    if (late >= leastSeconds) void postponeAnywhere(turn, late)
  }
}
