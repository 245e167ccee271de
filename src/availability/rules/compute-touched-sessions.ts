import { computeRecurringBlocks } from './compute-recurring-blocks'
import { computeClosedIntervals, computeOpenIntervals } from './compute-open-intervals'
import { subtractIntervals, uniteIntervals } from './intervals'
import type { AvailabilityRules, Interval } from '../types'

/**
 * Which of the booked sessions a change of a consultant's rules touches: those that lay in open time and do not any more, and those whose time is
 * closed by what did not close it before (an absence reaches a session outside of the hours as well). Nothing happens to them; whoever makes the change
 * has to know of them. `isAvailable` does not matter: it is about new bookings alone.
 * @throws RangeError for rules that are malformed.
 */
export const computeTouchedSessions = <Session extends Interval>(
  { before, after }: { before: AvailabilityRules; after: AvailabilityRules },
  sessions: readonly Session[],
): Session[] => {
  if (!sessions.length) return []
  const from = Math.min(...sessions.map(({ start }) => start))
  const to = Math.max(...sessions.map(({ end }) => end))
  const [was, is] = [before, after].map((rules) => timeOf({ ...rules, isAvailable: true }, { from, to }))
  if (!was || !is) return []
  return sessions.filter((session) => {
    if (isWithin(session, is.free)) return false
    return isWithin(session, was.free) || overlapOf(session, is.closed).some((part) => !isWithin(part, was.closed))
  })
}

type Time = { free: Interval[]; closed: Interval[] }

const timeOf = (rules: AvailabilityRules, window: { from: number; to: number }): Time => {
  const blocked = computeRecurringBlocks(rules, window)
  const open = uniteIntervals(computeOpenIntervals(rules, window))
  return {
    free: open.flatMap((interval) => subtractIntervals(interval, blocked)),
    closed: uniteIntervals([...computeClosedIntervals(rules, window), ...blocked]),
  }
}

const isWithin = (interval: Interval, united: readonly Interval[]): boolean =>
  subtractIntervals(interval, united).length === 0

const overlapOf = (interval: Interval, united: readonly Interval[]): Interval[] =>
  united
    .map(({ start, end }) => ({ start: Math.max(start, interval.start), end: Math.min(end, interval.end) }))
    .filter(({ start, end }) => start < end)
