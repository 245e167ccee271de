import { isWallTime } from '#shared/validation'
import { parseCalendarDay } from './calendar-day'
import { findRecurrenceFault } from './compute-recurrence-days'
import type { Schedule, ScheduleWindow, TimeRange, Weekday } from '../types'

/** Something that is being written: anything may stand anywhere, or be missing still. */
type Written = Readonly<Record<string, unknown>>

/**
 * A schedule as far as it is written, by the names of the collection's fields: rows that are not complete, and what nobody can read,
 * are left out, so that the engine can be asked what it would mean.
 */
export const readWrittenSchedule = (id: string, written: Written): Schedule => {
  const pattern = recordOf(written.weeklyPattern)
  return {
    id,
    type: written.type === 'monthly' || written.type === 'custom' ? written.type : 'weekly',
    appliedFrom: dateOf(written.appliedFrom) ?? null,
    appliedTo: dateOf(written.appliedTo) ?? null,
    weeklyPattern: perWeekday((weekday) => {
      const day = recordOf(pattern[weekday])
      return { enabled: day.enabled === true, windows: windowsOf(day.slots) }
    }),
    recurrences: rowsOf(written.recurrences).flatMap(({ rrule, slots }) =>
      typeof rrule === 'string' && rrule !== '' && findRecurrenceFault(rrule) === undefined
        ? [{ rrule, windows: windowsOf(slots) }]
        : [],
    ),
    dateExceptions: rowsOf(written.dateExceptions).flatMap(({ date, isAvailable, slots }) => {
      const day = dateOf(date)
      return day === undefined ? [] : [{ date: day, isAvailable: isAvailable === true, windows: windowsOf(slots) }]
    }),
  }
}

const isRecord = (value: unknown): value is Written => typeof value === 'object' && value !== null

/** What stands at a place of a form that is being written, if it is a record at all. */
export const recordOf = (value: unknown): Written => (isRecord(value) ? value : {})

/** The rows of a list that is being written. */
export const rowsOf = (value: unknown): Written[] => (Array.isArray(value) ? value.map(recordOf) : [])

/** YYYY-MM-DD, if that is a date by now. */
export const dateOf = (value: unknown): string | undefined => {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value
  if (typeof text !== 'string') return undefined
  const date = text.slice(0, 10)
  return parseCalendarDay(date) === undefined ? undefined : date
}

const stepOf = (minutes: unknown): number | null =>
  typeof minutes === 'number' && Number.isInteger(minutes) && minutes > 0 ? minutes : null

/** A time from one to another, as soon as both are complete. */
export const rangeOf = ({ startTime, endTime }: Written): TimeRange | undefined => {
  if (typeof startTime !== 'string' || typeof endTime !== 'string') return undefined
  return isWallTime(startTime) && isWallTime(endTime) ? { startTime, endTime } : undefined
}

const windowsOf = (value: unknown): ScheduleWindow[] =>
  rowsOf(value).flatMap(({ slotDurationMinutes, isAvailable, ...times }) => {
    const range = rangeOf(times)
    if (!range) return []
    return [{ ...range, slotDurationMinutes: stepOf(slotDurationMinutes), isAvailable: isAvailable !== false }]
  })

const perWeekday = <T>(make: (weekday: Weekday) => T): Record<Weekday, T> => ({
  monday: make('monday'),
  tuesday: make('tuesday'),
  wednesday: make('wednesday'),
  thursday: make('thursday'),
  friday: make('friday'),
  saturday: make('saturday'),
  sunday: make('sunday'),
})
