import { toCalendarDay, weekdayOf } from './calendar-day'
import { computeRecurrenceDays } from './compute-recurrence-days'
import { type AvailabilityRules, type Schedule, type ScheduleWindow, type Weekday, weekdays } from '../types'
import { toWallMinutes, type WallMinutes } from './wall-time'

export type DayWindow = WallMinutes & { stepMinutes: number | null }

/** Wall-clock time of one day: what its rules open, and what they close for every window that reaches into it. */
export type DayWindows = { open: DayWindow[]; closed: WallMinutes[] }

const wholeDay: WallMinutes = { from: 0, to: 1440 }
const nothing: DayWindows = { open: [], closed: [] }

const requireStep = (stepMinutes: number | null): number | null => {
  if (stepMinutes !== null && !(Number.isInteger(stepMinutes) && stepMinutes > 0)) {
    throw new RangeError(`A slot lasts a whole number of minutes, not ${stepMinutes}.`)
  }
  return stepMinutes
}

const compileWindows = (windows: ScheduleWindow[]): DayWindows => ({
  open: windows
    .filter(({ isAvailable }) => isAvailable)
    .map((window) => ({ ...toWallMinutes(window), stepMinutes: requireStep(window.slotDurationMinutes) })),
  closed: windows.filter(({ isAvailable }) => !isAvailable).map(toWallMinutes),
})

const joinWindows = (all: DayWindows[]): DayWindows => ({
  open: all.flatMap(({ open }) => open),
  closed: all.flatMap(({ closed }) => closed),
})

type CompiledSchedule = {
  id: string
  firstDay: number
  lastDay: number
  patternOf: (day: number, weekday: Weekday) => DayWindows
  exceptions: Map<number, { isAvailable: boolean; windows: ScheduleWindow[] }[]>
}

type Span = { firstDay: number; lastDay: number }

const compilePattern = (
  schedule: Schedule,
  { timeZone, firstDay, lastDay }: Span & { timeZone: string },
): CompiledSchedule['patternOf'] => {
  switch (schedule.type) {
    case 'weekly': {
      const patterns = new Map(
        weekdays.map((weekday) => {
          const { enabled, windows } = schedule.weeklyPattern[weekday]
          return [weekday, enabled ? compileWindows(windows) : nothing]
        }),
      )
      return (_, weekday) => patterns.get(weekday) ?? nothing
    }
    case 'monthly': {
      const byDay = new Map<number, DayWindows>()
      for (const { rrule, windows } of schedule.recurrences) {
        const compiled = compileWindows(windows)
        const days = computeRecurrenceDays({ rrule, startDate: schedule.appliedFrom, timeZone, firstDay, lastDay })
        for (const day of days) byDay.set(day, joinWindows([byDay.get(day) ?? nothing, compiled]))
      }
      return (day) => byDay.get(day) ?? nothing
    }
    case 'custom':
      return () => nothing
  }
}

const compileSchedule = (schedule: Schedule, span: Span & { timeZone: string }): CompiledSchedule => {
  const exceptions: CompiledSchedule['exceptions'] = new Map()
  for (const { date, isAvailable, windows } of schedule.dateExceptions) {
    const day = toCalendarDay(date)
    exceptions.set(day, [...(exceptions.get(day) ?? []), { isAvailable, windows }])
  }
  return {
    id: schedule.id,
    firstDay: schedule.appliedFrom === null ? -Infinity : toCalendarDay(schedule.appliedFrom),
    lastDay: schedule.appliedTo === null ? Infinity : toCalendarDay(schedule.appliedTo),
    patternOf: compilePattern(schedule, span),
    exceptions,
  }
}

/** Sorts the more specific first: the one that began last, then the one made last (ids are ordered by time). */
export const bySpecificity = (a: { firstDay: number; id: string }, b: { firstDay: number; id: string }): number => {
  if (a.firstDay !== b.firstDay) return a.firstDay < b.firstDay ? 1 : -1
  return a.id < b.id ? 1 : -1
}

const applyExceptions = (
  usual: DayWindows,
  exceptions: { isAvailable: boolean; windows: ScheduleWindow[] }[],
): DayWindows => {
  const closesAll = exceptions.some(({ isAvailable, windows }) => !isAvailable && windows.length === 0)
  if (closesAll) return { open: [], closed: [wholeDay] }
  const opening = joinWindows(
    exceptions.filter(({ isAvailable }) => isAvailable).map(({ windows }) => compileWindows(windows)),
  )
  const closing = exceptions.filter(({ isAvailable }) => !isAvailable).flatMap(({ windows }) => windows)
  const base = opening.open.length > 0 ? nothing : usual
  return {
    open: [...base.open, ...opening.open],
    closed: [...base.closed, ...opening.closed, ...closing.map(toWallMinutes)],
  }
}

/**
 * Decides which windows the rules open and close on a date; breaks and unavailable dates come later.
 *
 * - Of the schedules that apply to the date one decides: the one with the latest first date, of two such the newer one.
 *   Only when none applies do the profile's working hours count.
 * - A weekly schedule opens its weekday's windows, a monthly one those of every rule that chooses the date, a custom
 *   one nothing.
 * - An exception of that schedule which is available replaces the pattern by its windows, and keeps it when it opens
 *   none (a custom schedule then takes the working hours, as it has no pattern); one that is not available closes its
 *   windows, without windows the whole day.
 * - What is closed is closed for every window, also for one of the day before that reaches over midnight.
 *
 * @throws RangeError for times, dates, steps or rules that are malformed.
 */
export const compileDayWindows = (rules: AvailabilityRules, span: Span): ((day: number) => DayWindows) => {
  const schedules = rules.schedules
    .map((schedule) => ({ type: schedule.type, ...compileSchedule(schedule, { ...span, timeZone: rules.timeZone }) }))
    .sort(bySpecificity)
  const workingHours = new Map(
    weekdays.map((weekday) => {
      const { enabled, ...range } = rules.workingHours[weekday]
      return [weekday, enabled ? { open: [{ ...toWallMinutes(range), stepMinutes: null }], closed: [] } : nothing]
    }),
  )
  return (day) => {
    const weekday = weekdayOf(day)
    const hours = workingHours.get(weekday) ?? nothing
    const schedule = schedules.find(({ firstDay, lastDay }) => day >= firstDay && day <= lastDay)
    if (!schedule) return hours
    const exceptions = schedule.exceptions.get(day)
    if (!exceptions) return schedule.patternOf(day, weekday)
    return applyExceptions(schedule.type === 'custom' ? hours : schedule.patternOf(day, weekday), exceptions)
  }
}
