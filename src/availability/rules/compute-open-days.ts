import { formatCalendarDay, toCalendarDay } from './calendar-day'
import { compileDayWindows, type DayRule } from './compile-day-windows'
import { computeOpenIntervals } from './compute-open-intervals'
import { uniteIntervals } from './intervals'
import type { AvailabilityRules, Interval } from '../types'
import { zoneOffsets } from './zone-offsets'

/** A day as the rules have it: the time that is open (epoch milliseconds), by its start, and what decided about it. */
export type OpenDay = { date: string; open: Interval[]; rule: DayRule; isUnavailable: boolean }

/**
 * What the rules open on each of some days, the first at the instant `from`: the answer of the engine itself
 * (`computeOpenIntervals`), told by day. Time over midnight stands at the day on which it starts.
 * @throws RangeError for rules that are malformed.
 */
export const computeOpenDays = (
  rules: AvailabilityRules,
  { from, days }: { from: number; days: number },
): OpenDay[] => {
  const zone = zoneOffsets(rules.timeZone)
  const firstDay = zone.dayAt(from)
  const end = firstDay + days
  const byDay = new Map<number, Interval[]>()
  for (const interval of computeOpenIntervals(rules, { from: zone.startOfDay(firstDay), to: zone.startOfDay(end) })) {
    const day = zone.dayAt(interval.start)
    byDay.set(day, [...(byDay.get(day) ?? []), interval])
  }
  const ruledDayOf = compileDayWindows(rules, { firstDay, lastDay: end - 1 })
  const unavailable = new Set(rules.unavailableDates.map(toCalendarDay))
  return Array.from({ length: days }, (_, index) => firstDay + index).map((day) => ({
    date: formatCalendarDay(day),
    open: uniteIntervals(byDay.get(day) ?? []),
    rule: ruledDayOf(day).rule,
    isUnavailable: unavailable.has(day),
  }))
}
