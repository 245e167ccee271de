import { toCalendarDay, weekdayOf } from './calendar-day'
import { computeRecurrenceDays } from './compute-recurrence-days'
import { type AvailabilityRules, type Schedule, type ScheduleWindow, type Weekday, weekdays } from '../types'
import { toWallMinutes, type WallMinutes } from './wall-time'

export type DayWindow = WallMinutes & { stepMinutes: number | null }

/** Wall-clock time of one day: what its rules open, and what they close for every window that reaches into it. */
export type DayWindows = { open: DayWindow[]; closed: WallMinutes[] }

/** What decides about a day: an exception or the pattern of a schedule, or the profile's working hours. */
export type DayRule = { part: 'exception' | 'pattern'; scheduleId: string } | { part: 'workingHours'; scheduleId: null }

/** A day's windows, and where they come from. */
export type RuledDay = DayWindows & { rule: DayRule }

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
  /** Undefined on a day of which the pattern says nothing. */
  patternOf: (day: number, weekday: Weekday) => DayWindows | undefined
  exceptions: Map<number, DayException[]>
}

type DayException = { scheduleId: string; isAvailable: boolean; windows: ScheduleWindow[] }

type Span = { firstDay: number; lastDay: number }

const compilePattern = (
  schedule: Schedule,
  { timeZone, firstDay, lastDay }: Span & { timeZone: string },
): CompiledSchedule['patternOf'] => {
  switch (schedule.type) {
    case 'weekly': {
      // A week in which nothing is ticked was never filled in; it does not say that everything is closed.
      if (!weekdays.some((weekday) => schedule.weeklyPattern[weekday].enabled)) return () => undefined
      const patterns = new Map(
        weekdays.map((weekday) => {
          const { enabled, windows } = schedule.weeklyPattern[weekday]
          return [weekday, enabled ? compileWindows(windows) : nothing]
        }),
      )
      return (_, weekday) => patterns.get(weekday)
    }
    case 'monthly': {
      const byDay = new Map<number, DayWindows>()
      for (const { rrule, windows } of schedule.recurrences) {
        const compiled = compileWindows(windows)
        const days = computeRecurrenceDays({ rrule, startDate: schedule.appliedFrom, timeZone, firstDay, lastDay })
        for (const day of days) byDay.set(day, joinWindows([byDay.get(day) ?? nothing, compiled]))
      }
      return (day) => byDay.get(day)
    }
    case 'custom':
      return () => undefined
  }
}

const compileSchedule = (schedule: Schedule, span: Span & { timeZone: string }): CompiledSchedule => {
  const exceptions: CompiledSchedule['exceptions'] = new Map()
  for (const { date, isAvailable, windows } of schedule.dateExceptions) {
    const day = toCalendarDay(date)
    exceptions.set(day, [...(exceptions.get(day) ?? []), { scheduleId: schedule.id, isAvailable, windows }])
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
const bySpecificity = (a: { firstDay: number; id: string }, b: { firstDay: number; id: string }): number => {
  if (a.firstDay !== b.firstDay) return a.firstDay < b.firstDay ? 1 : -1
  return a.id < b.id ? 1 : -1
}

const ruleOfException = ({ scheduleId }: DayException): DayRule => ({ part: 'exception', scheduleId })

/** The order of the schedules does not matter here: what one of them closes is closed. */
const applyExceptions = (usual: RuledDay, exceptions: DayException[]): RuledDay => {
  const wholeClosing = exceptions.find(({ isAvailable, windows }) => !isAvailable && windows.length === 0)
  if (wholeClosing) return { open: [], closed: [wholeDay], rule: ruleOfException(wholeClosing) }
  const opening = exceptions
    .filter(({ isAvailable }) => isAvailable)
    .map((exception) => ({ exception, compiled: compileWindows(exception.windows) }))
  const own = joinWindows(opening.map(({ compiled }) => compiled))
  const first = opening.find(({ compiled }) => compiled.open.length > 0)
  const base = first ? { ...nothing, rule: ruleOfException(first.exception) } : usual
  const closing = exceptions.filter(({ isAvailable }) => !isAvailable).flatMap(({ windows }) => windows)
  return {
    open: [...base.open, ...own.open],
    closed: [...base.closed, ...own.closed, ...closing.map(toWallMinutes)],
    rule: base.rule,
  }
}

/**
 * Decides which windows the rules open and close on a date; breaks and unavailable dates come later. The table of ADR 0062:
 *
 * - Heard are the schedules in whose period the date lies, and each only about the days that it speaks of: a weekly one with a
 *   ticked weekday about every day (one that is not ticked is closed), a monthly one about the days that its rules choose, and
 *   every one about the dates of its exceptions.
 * - Exceptions go before patterns, whichever schedule they stand in. One that is available says when the day is open, instead of
 *   its usual hours, several together; without windows of its own it leaves the usual ones. One that is not available takes its
 *   windows away, without windows the whole day. Taking away goes before opening.
 * - Usual hours are those of the first schedule whose pattern speaks of the day: the one with the latest first date, of two
 *   such the newer one. Where none does, they are the profile's working hours.
 * - What is closed is closed for every window, also for one of the day before that reaches over midnight.
 *
 * @throws RangeError for times, dates, steps or rules that are malformed.
 */
export const compileDayWindows = (rules: AvailabilityRules, span: Span): ((day: number) => RuledDay) => {
  const schedules = rules.schedules
    .map((schedule) => compileSchedule(schedule, { ...span, timeZone: rules.timeZone }))
    .sort(bySpecificity)
  const workingHours = new Map(
    weekdays.map((weekday) => {
      const { enabled, ...range } = rules.workingHours[weekday]
      return [weekday, enabled ? { open: [{ ...toWallMinutes(range), stepMinutes: null }], closed: [] } : nothing]
    }),
  )
  const usualOf = (day: number, heard: CompiledSchedule[]): RuledDay => {
    const weekday = weekdayOf(day)
    for (const { id, patternOf } of heard) {
      const pattern = patternOf(day, weekday)
      if (pattern) return { ...pattern, rule: { part: 'pattern', scheduleId: id } }
    }
    return { ...(workingHours.get(weekday) ?? nothing), rule: { part: 'workingHours', scheduleId: null } }
  }
  return (day) => {
    const heard = schedules.filter(({ firstDay, lastDay }) => day >= firstDay && day <= lastDay)
    return applyExceptions(
      usualOf(day, heard),
      heard.flatMap(({ exceptions }) => exceptions.get(day) ?? []),
    )
  }
}
