import { uniteIntervals } from '../rules/intervals'
import type { Interval, OpenInterval } from '../types'
import { minuteMs } from '#shared/time'

export type SlotQuestion = {
  /** As from `computeOpenIntervals` for a window that contains [`from`, `to`): sorted by start. */
  open: readonly OpenInterval[]
  /** Claims' occupied intervals (with their buffers) and busy times, in any order. */
  taken: readonly Interval[]
  durationMinutes: number
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  /** Both included, epoch milliseconds; see `computeBookingWindow`. */
  earliestStart: number
  latestStart: number
  /**
   * A slot belongs to [`from`, `to`) by its start, so the answers for two halves are together the answer for the whole.
   */
  from: number
  to: number
}

const requireMinutes = (name: string, minutes: number, min: number): number => {
  if (!Number.isInteger(minutes) || minutes < min) throw new RangeError(`${name} cannot be ${minutes} minutes.`)
  return minutes * minuteMs
}

/** The index of the first of the (disjoint, sorted) intervals that ends after an instant. */
const firstEndingAfter = (intervals: readonly Interval[], instant: number): number => {
  let low = 0
  let high = intervals.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((intervals[middle]?.end ?? Infinity) > instant) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * The sessions that are offered, in order, epoch milliseconds. A start is offered when
 * - it is an open interval's start or a multiple of its step (else of the session's length) after it, in elapsed time,
 * - the session lies inside the union of all open intervals (buffers may stick out),
 * - the session with its buffers overlaps nothing that is taken,
 * - `earliestStart` ≤ start ≤ `latestStart` and `from` ≤ start < `to`.
 *
 * This one function decides for listing, holding, booking and publishing. What is taken removes slots and never moves
 * the others.
 * @throws RangeError for lengths that are not whole minutes.
 */
export const computeSlots = (question: SlotQuestion): Interval[] => {
  const duration = requireMinutes('A session', question.durationMinutes, 1)
  const before = requireMinutes('A buffer', question.bufferBeforeMinutes, 0)
  const after = requireMinutes('A buffer', question.bufferAfterMinutes, 0)
  const first = Math.max(question.from, question.earliestStart)
  // Starts are whole milliseconds, so "before `to`" is "not after the millisecond before".
  const last = Math.min(question.to - 1, question.latestStart)
  if (!(first <= last)) return []

  const open = question.open.filter(({ start, end }) => end > first && start < last + duration)
  const coverage = uniteIntervals(open)
  const taken = uniteIntervals(
    question.taken.filter(({ start, end }) => end > first - before && start < last + duration + after),
  )

  const slots: Interval[] = []
  let isOrdered = true
  let newest = -Infinity
  let run = 0
  for (const interval of open) {
    while ((coverage[run]?.end ?? Infinity) <= interval.start) run++
    const coveredUntil = coverage[run]?.end ?? interval.start
    const step = interval.stepMinutes === null ? duration : requireMinutes('A step', interval.stepMinutes, 1)
    const skipped = Math.max(0, Math.ceil((first - interval.start) / step))
    const limit = Math.min(last, interval.end - 1, coveredUntil - duration)
    let next = firstEndingAfter(taken, interval.start + skipped * step - before)
    for (let start = interval.start + skipped * step; start <= limit; start += step) {
      while ((taken[next]?.end ?? Infinity) <= start - before) next++
      const end = start + duration
      if ((taken[next]?.start ?? Infinity) < end + after) continue
      if (start <= newest) isOrdered = false
      else newest = start
      slots.push({ start, end })
    }
  }
  if (isOrdered) return slots
  // Intervals that overlap can offer the same start twice.
  return slots.sort((a, b) => a.start - b.start).filter(({ start }, index) => start !== slots[index - 1]?.start)
}

/** Whether a session may start at exactly this instant (epoch milliseconds); the same decision as `computeSlots`. */
export const isOffered = ({ start, ...question }: Omit<SlotQuestion, 'from' | 'to'> & { start: number }): boolean =>
  computeSlots({ ...question, from: start, to: start + 1 }).length > 0
