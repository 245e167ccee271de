import { isWallTime } from '#shared/validation'
import { parseCalendarDay } from './calendar-day'
import { findRecurrenceFault } from './compute-recurrence-days'
import type { Schedule, ScheduleWindow, Weekday } from '../types'

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

const recordOf = (value: unknown): Written => (isRecord(value) ? value : {})

const rowsOf = (value: unknown): Written[] => (Array.isArray(value) ? value.map(recordOf) : [])

const dateOf = (value: unknown): string | undefined => {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value
  if (typeof text !== 'string') return undefined
  const date = text.slice(0, 10)
  return parseCalendarDay(date) === undefined ? undefined : date
}

const stepOf = (minutes: unknown): number | null =>
  typeof minutes === 'number' && Number.isInteger(minutes) && minutes > 0 ? minutes : null

const windowsOf = (value: unknown): ScheduleWindow[] =>
  rowsOf(value).flatMap(({ startTime, endTime, slotDurationMinutes, isAvailable }) => {
    if (typeof startTime !== 'string' || typeof endTime !== 'string') return []
    if (!isWallTime(startTime) || !isWallTime(endTime)) return []
    return [
      { startTime, endTime, slotDurationMinutes: stepOf(slotDurationMinutes), isAvailable: isAvailable !== false },
    ]
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
