import type { AvailabilitySchedule, ConsultantProfile } from '#payload-types'
import { type AvailabilityRules, type Schedule, type Weekday, weekdays } from '../types'

/** A date field holds an instant; the calendar date meant is its UTC date. */
const dateOf = (value: string): string => value.slice(0, 10)
const maybeDateOf = (value: string | null | undefined): string | null => (value ? dateOf(value) : null)

const perWeekday = <T>(make: (weekday: Weekday) => T): Record<Weekday, T> =>
  Object.fromEntries(weekdays.map((weekday) => [weekday, make(weekday)])) as Record<Weekday, T>

type Window = { startTime: string; endTime: string; slotDurationMinutes?: number | null; isAvailable?: boolean | null }

const toWindows = (windows: Window[] | null | undefined) =>
  (windows ?? []).map(({ startTime, endTime, slotDurationMinutes, isAvailable }) => ({
    startTime,
    endTime,
    slotDurationMinutes: slotDurationMinutes ?? null,
    isAvailable: isAvailable ?? true,
  }))

const toSchedule = (schedule: AvailabilitySchedule): Schedule => ({
  id: schedule.id,
  type: schedule.type,
  appliedFrom: maybeDateOf(schedule.appliedFrom),
  appliedTo: maybeDateOf(schedule.appliedTo),
  weeklyPattern: perWeekday((weekday) => {
    const day = schedule.weeklyPattern?.[weekday]
    return { enabled: day?.enabled ?? false, windows: toWindows(day?.slots) }
  }),
  recurrences: (schedule.recurrences ?? []).map(({ rrule, slots }) => ({ rrule, windows: toWindows(slots) })),
  dateExceptions: (schedule.dateExceptions ?? []).map(({ date, isAvailable, slots }) => ({
    date: dateOf(date),
    isAvailable: isAvailable ?? false,
    windows: toWindows(slots),
  })),
})

/** The stored profile and schedules as the engine takes them. */
export const toRules = (profile: ConsultantProfile, schedules: AvailabilitySchedule[]): AvailabilityRules => {
  const { availability } = profile
  return {
    timeZone: availability?.timeZone ?? 'UTC',
    isAvailable: availability?.isAvailable ?? true,
    workingHours: perWeekday((weekday) => {
      const day = availability?.workingHours?.[weekday]
      return { enabled: day?.enabled ?? false, startTime: day?.startTime ?? '09:00', endTime: day?.endTime ?? '17:00' }
    }),
    breaks: (availability?.breakTimes ?? []).map(({ day, startTime, endTime, recurring, date }) => ({
      weekday: day ?? null,
      date: maybeDateOf(date),
      startTime,
      endTime,
      recurring: recurring ?? true,
    })),
    unavailableDates: (availability?.unavailableDates ?? []).map(({ date }) => dateOf(date)),
    schedules: schedules.map(toSchedule),
  }
}
