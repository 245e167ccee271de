import { toCalendarDay, weekdayOf } from './calendar-day'
import { compileDayWindows, type DayWindow } from './compile-day-windows'
import { computeUnavailableDays } from './compute-unavailable-days'
import { subtractIntervals, uniteIntervals } from './intervals'
import type { AvailabilityRules, Interval, OpenInterval } from '../types'
import { toWallMinutes, type WallMinutes } from './wall-time'
import { type ZoneOffsets, zoneOffsets } from './zone-offsets'
import { dayMs, minuteMs } from '#shared/time'

/** The longest session that the engine knows, in minutes. */
export const maxDurationMinutes = 1440

/** A window reaches at most two days over the day on which it starts, and so does what is taken out of it. */
const reachDays = 4

const toInterval = (zone: ZoneOffsets, day: number, { from, to }: WallMinutes): Interval => ({
  start: zone.toInstant(day * dayMs + from * minuteMs),
  end: zone.toInstant(day * dayMs + to * minuteMs),
})

/** The windows of one day, those of the same step united. */
const uniteByStep = (zone: ZoneOffsets, day: number, windows: DayWindow[]): OpenInterval[] => {
  const bySteps = new Map<number | null, Interval[]>()
  for (const window of windows) {
    const interval = toInterval(zone, day, window)
    const same = bySteps.get(window.stepMinutes)
    if (same) same.push(interval)
    else bySteps.set(window.stepMinutes, [interval])
  }
  return [...bySteps].flatMap(([stepMinutes, intervals]) =>
    uniteIntervals(intervals).map(({ start, end }) => ({ start, end, stepMinutes })),
  )
}

const compileBreaks = (rules: AvailabilityRules): ((day: number) => WallMinutes[]) => {
  const recurring = rules.breaks
    .filter((pause) => pause.recurring)
    .map((pause) => ({ weekday: pause.weekday, minutes: toWallMinutes(pause) }))
  const dated = rules.breaks.flatMap((pause) =>
    pause.recurring || pause.date === null ? [] : [{ day: toCalendarDay(pause.date), minutes: toWallMinutes(pause) }],
  )
  return (day) => {
    const weekday = weekdayOf(day)
    return [
      ...recurring.filter((pause) => pause.weekday === null || pause.weekday === weekday),
      ...dated.filter((pause) => pause.day === day),
    ].map(({ minutes }) => minutes)
  }
}

/**
 * Turns rules into the time in which sessions may take place, before claims and busy times: windows of the day (see
 * `compileDayWindows`), less what is closed, less breaks, less unavailable dates. Sorted by start.
 *
 * Returned is every open interval that a session starting in [`from`, `to`) can touch (epoch milliseconds), whole,
 * never cut off at the asked window: the grid of start times begins at an interval's start and must not depend on the
 * question. For the same reason windows of the same step unite only within the day on which they start; an expert who
 * is always open would else have no first start. Intervals of neighbouring days may touch or overlap, and a session may
 * run from one into the other (`computeSlots`).
 *
 * Wall-clock times are those of the rules' zone; one that does not exist moves forward, one that exists twice is the
 * first. A window over midnight belongs to the day on which it starts, but an unavailable date closes its whole day,
 * whoever's window reaches into it.
 *
 * @throws RangeError for rules that are malformed; the collections' validation keeps those from being stored.
 */
export const computeOpenIntervals = (
  rules: AvailabilityRules,
  { from, to }: { from: number; to: number },
): OpenInterval[] => {
  if (!rules.isAvailable) return []
  const until = to + maxDurationMinutes * minuteMs
  const { windows, closed } = compileTime(rules, { from, until })
  const open: OpenInterval[] = []
  for (const { stepMinutes, ...window } of windows) {
    // A session that ends exactly at an interval's start needs nothing of it; one that runs up to `until` may.
    if (window.end <= from || window.start >= until) continue
    for (const { start, end } of subtractIntervals(window, closed)) {
      if (end > from && start < until) open.push({ start, end, stepMinutes })
    }
  }
  return open.sort((a, b) => a.start - b.start || a.end - b.end || (a.stepMinutes ?? 0) - (b.stepMinutes ?? 0))
}

/**
 * What the rules take away around [`from`, `to`), whatever is open there: breaks, unavailable dates and what schedules close. Sorted and disjoint; of
 * hours that nothing opens it says nothing.
 * @throws RangeError for rules that are malformed.
 */
export const computeClosedIntervals = (
  rules: AvailabilityRules,
  { from, to }: { from: number; to: number },
): Interval[] => compileTime(rules, { from, until: to }).closed

/** The windows that are opened around some time, and what is taken out of them. */
const compileTime = (
  rules: AvailabilityRules,
  { from, until }: { from: number; until: number },
): { windows: OpenInterval[]; closed: Interval[] } => {
  const zone = zoneOffsets(rules.timeZone)
  const firstDay = zone.dayAt(from) - reachDays
  const lastDay = zone.dayAt(until) + reachDays

  const windowsOf = compileDayWindows(rules, { firstDay, lastDay })
  const breaksOf = compileBreaks(rules)
  const closed = computeUnavailableDays(rules, { firstDay, lastDay }).map((days) => ({
    start: zone.startOfDay(days.firstDay),
    end: zone.startOfDay(days.lastDay + 1),
  }))
  const windows: OpenInterval[] = []
  for (let day = firstDay; day <= lastDay; day++) {
    const today = windowsOf(day)
    windows.push(...uniteByStep(zone, day, today.open))
    for (const minutes of today.closed) closed.push(toInterval(zone, day, minutes))
    for (const minutes of breaksOf(day)) closed.push(toInterval(zone, day, minutes))
  }

  return { windows, closed: uniteIntervals(closed) }
}
