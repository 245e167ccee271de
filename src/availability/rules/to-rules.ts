import type { AvailabilitySchedule, AvailabilitySlot, ConsultantProfile } from '#payload-types'
import { findRecurrenceFault } from './compute-recurrence-days'
import { longestRecurringMs } from './compute-recurring-blocks'
import { type AvailabilityRules, type RecurringBlock, type Schedule, type Weekday, weekdays } from '../types'

/** A date field holds an instant; the calendar date meant is its UTC date. */
const dateOf = (value: string): string => value.slice(0, 10)
const maybeDateOf = (value: string | null | undefined): string | null => (value ? dateOf(value) : null)

/** More blocks that come back than anybody has: each is walked through with every list of times. */
export const maxRecurringBlocks = 100

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

/** What is asked of a block that may come back. */
export type BlockRow = Pick<AvailabilitySlot, 'startsAt' | 'endsAt' | 'isRecurring' | 'recurrenceRule'> & {
  /** That its times were written in, which the profile may have left since. */
  timeZone?: string | null | undefined
}

/** A block that comes back; undefined for one that does not, also where nobody can read its rule, as such were stored once. */
export const toRecurringBlock = ({
  startsAt,
  endsAt,
  isRecurring,
  recurrenceRule,
  timeZone,
}: BlockRow): RecurringBlock | undefined => {
  if (!isRecurring || !recurrenceRule || findRecurrenceFault(recurrenceRule) !== undefined) return undefined
  const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)]
  if (end <= start || end - start > longestRecurringMs) return undefined
  return { start, end, rrule: recurrenceRule, ...(timeZone ? { timeZone } : {}) }
}

/** The stored profile, its schedules and the blocks that come back, as the engine takes them. */
export const toRules = (
  { availability }: Pick<ConsultantProfile, 'availability'>,
  schedules: readonly AvailabilitySchedule[],
  blocks: readonly BlockRow[],
): AvailabilityRules => {
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
    unavailableDates: (availability?.unavailableDates ?? []).map(({ date, lastDate }) => ({
      firstDate: dateOf(date),
      lastDate: dateOf(lastDate ?? date),
    })),
    recurringBlocks: blocks.flatMap((block) => toRecurringBlock(block) ?? []),
    schedules: schedules.map(toSchedule),
  }
}
