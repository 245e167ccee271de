import { toCalendarDay } from './calendar-day'
import type { AvailabilityRules } from '../types'

type Days = { firstDay: number; lastDay: number }

/**
 * The unavailable days of some rules, as ranges of days counted from 1970-01-01, as far as they lie between `firstDay` and `lastDay` (all
 * included): a range may last for years, and nobody walks through it.
 * @throws RangeError for a date that does not exist.
 */
export const computeUnavailableDays = (
  { unavailableDates }: Pick<AvailabilityRules, 'unavailableDates'>,
  { firstDay, lastDay }: Days,
): Days[] =>
  unavailableDates
    .map((range) => ({
      firstDay: Math.max(firstDay, toCalendarDay(range.firstDate)),
      lastDay: Math.min(lastDay, toCalendarDay(range.lastDate)),
    }))
    .filter((days) => days.firstDay <= days.lastDay)
