import { formatCalendarDay } from './calendar-day'
import { compileDayWindows, type DayRule } from './compile-day-windows'
import { computeOpenIntervals } from './compute-open-intervals'
import { computeUnavailableDays } from './compute-unavailable-days'
import { computeRecurringBlocks } from './compute-recurring-blocks'
import { subtractIntervals, uniteIntervals } from './intervals'
import type { AvailabilityRules, Interval } from '../types'
import { zoneOffsets } from './zone-offsets'
import { dayMs } from '#shared/time'

/**
 * A day as the rules have it: the time that is open (epoch milliseconds), by its start, less blocks that come back, and what decided about it.
 */
export type OpenDay = { date: string; open: Interval[]; rule: DayRule; isUnavailable: boolean }

/**
 * What the rules open on each of some days, the first `skipDays` after the one at the instant `from`: the answer of the engine itself
 * (`computeOpenIntervals`), told by day. Time over midnight stands at the day on which it starts.
 * @throws RangeError for rules that are malformed.
 */
export const computeOpenDays = (
  rules: AvailabilityRules,
  { from, days, skipDays = 0 }: { from: number; days: number; skipDays?: number },
): OpenDay[] => {
  const zone = zoneOffsets(rules.timeZone)
  // Days of the calendar, not of 24 hours: over a change of the clock late in the evening one would be left out, or told twice.
  const firstDay = zone.dayAt(from) + skipDays
  const end = firstDay + days
  const byDay = new Map<number, Interval[]>()
  const asked = { from: zone.startOfDay(firstDay), to: zone.startOfDay(end) }
  const blocked = computeRecurringBlocks(rules, { ...asked, to: asked.to + 2 * dayMs })
  for (const interval of computeOpenIntervals(rules, asked)) {
    const day = zone.dayAt(interval.start)
    byDay.set(day, [...(byDay.get(day) ?? []), interval])
  }
  const ruledDayOf = compileDayWindows(rules, { firstDay, lastDay: end - 1 })
  const unavailable = computeUnavailableDays(rules, { firstDay, lastDay: end - 1 })
  return Array.from({ length: days }, (_, index) => firstDay + index).map((day) => ({
    date: formatCalendarDay(day),
    open: uniteIntervals(byDay.get(day) ?? []).flatMap((interval) => subtractIntervals(interval, blocked)),
    rule: ruledDayOf(day).rule,
    isUnavailable: unavailable.some((days) => day >= days.firstDay && day <= days.lastDay),
  }))
}
