import { type Weekday, weekdays } from '../types'
import { dayMs } from '#shared/time'

/**
 * Calendar dates as integers: days since 1970-01-01. A date knows no zone, so this is exact, and a loop over days costs
 * additions instead of date objects.
 */

/** The day number of a YYYY-MM-DD, or undefined when there is no such date (2026-02-30). */
export const parseCalendarDay = (date: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined
  const [month, dayOfMonth] = [Number(date.slice(5, 7)) - 1, Number(date.slice(8))]
  const found = new Date(0)
  // Not Date.UTC: it takes the years before 100 for others.
  found.setUTCFullYear(Number(date.slice(0, 4)), month, dayOfMonth)
  // A date that does not exist was moved into another month.
  if (found.getUTCMonth() !== month || found.getUTCDate() !== dayOfMonth) return undefined
  return found.getTime() / dayMs
}

/** @throws RangeError when there is no such date. */
export const toCalendarDay = (date: string): number => {
  const day = parseCalendarDay(date)
  if (day === undefined) throw new RangeError(`There is no date ${date}.`)
  return day
}

/** YYYY-MM-DD. */
export const formatCalendarDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

export const weekdayOf = (day: number): Weekday => {
  // 1970-01-01 was a Thursday, which is number 3 counted from Monday.
  const weekday = weekdays[(((day + 3) % 7) + 7) % 7]
  if (weekday === undefined) throw new RangeError(`Not a day: ${day}.`)
  return weekday
}
