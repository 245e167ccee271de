import { toCalendarDay } from './calendar-day'
import { bySpecificity } from './compile-day-windows'
import type { Schedule } from '../types'

/**
 * Which schedule decides about a calendar day (days since 1970-01-01), by the same order as the engine; undefined when only the
 * working hours do.
 */
export const scheduleOfDay = (
  schedules: readonly Pick<Schedule, 'id' | 'appliedFrom' | 'appliedTo'>[],
): ((day: number) => string | undefined) => {
  const spans = schedules
    .map(({ id, appliedFrom, appliedTo }) => ({
      id,
      firstDay: appliedFrom === null ? -Infinity : toCalendarDay(appliedFrom),
      lastDay: appliedTo === null ? Infinity : toCalendarDay(appliedTo),
    }))
    .sort(bySpecificity)
  return (day) => spans.find(({ firstDay, lastDay }) => day >= firstDay && day <= lastDay)?.id
}
