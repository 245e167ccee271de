import { Temporal } from 'temporal-polyfill'
import type { SlotQuestion } from '#availability/slots/compute-slots'
import {
  type AvailabilityRules,
  type Schedule,
  type ScheduleWindow,
  type TimeRange,
  weekdays,
} from '#availability/types'

/**
 * What is offered, minute by minute and the slow way: one mark per minute, Temporal for every wall-clock time, and no
 * interval arithmetic. Written from the rules' description, not from the engine.
 */

const minuteMs = 60_000

/** Whether a date is chosen by a rule, said without RRULE. */
export type DateRule = { rrule: string; chooses: (date: Temporal.PlainDate) => boolean }

export type OracleQuestion = Omit<SlotQuestion, 'open'> & { rules: AvailabilityRules; dateRules: DateRule[] }

const timeOf = (date: Temporal.PlainDate, text: string): Temporal.PlainDateTime =>
  text === '24:00' ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime(Temporal.PlainTime.from(text))

const asWindow = (range: TimeRange): ScheduleWindow => ({ ...range, slotDurationMinutes: null, isAvailable: true })

/** What a schedule's pattern says of a date; undefined: nothing at all. */
const patternOn = (
  schedule: Schedule,
  date: Temporal.PlainDate,
  dateRules: DateRule[],
): ScheduleWindow[] | undefined => {
  if (schedule.type === 'weekly') {
    if (Object.values(schedule.weeklyPattern).every(({ enabled }) => !enabled)) return undefined
    const { enabled, windows } = schedule.weeklyPattern[weekdays[date.dayOfWeek - 1] ?? 'monday']
    return enabled ? windows : []
  }
  if (schedule.type === 'custom') return undefined
  const chosen = schedule.recurrences.filter((recurrence) => {
    const rule = dateRules.find(({ rrule }) => rrule === recurrence.rrule)
    if (!rule) throw new Error(`The oracle does not know ${recurrence.rrule}.`)
    return rule.chooses(date)
  })
  return chosen.length > 0 ? chosen.flatMap(({ windows }) => windows) : undefined
}

const windowsOn = ({ rules, dateRules }: OracleQuestion, date: Temporal.PlainDate) => {
  const today = date.toString()
  const heard = rules.schedules.filter(
    ({ appliedFrom, appliedTo }) => (appliedFrom ?? today) <= today && today <= (appliedTo ?? today),
  )
  const exceptions = heard.flatMap(({ dateExceptions }) =>
    dateExceptions.filter((exception) => exception.date === today),
  )
  if (exceptions.some(({ isAvailable, windows }) => !isAvailable && windows.length === 0)) {
    return { windows: [], closed: [], isClosedDay: true }
  }
  const closed: TimeRange[] = exceptions.filter(({ isAvailable }) => !isAvailable).flatMap(({ windows }) => windows)
  const own = exceptions.filter(({ isAvailable }) => isAvailable).flatMap(({ windows }) => windows)
  if (own.some(({ isAvailable }) => isAvailable)) return { windows: own, closed, isClosedDay: false }

  const hours = rules.workingHours[weekdays[date.dayOfWeek - 1] ?? 'monday']
  const rank = ({ appliedFrom, id }: Schedule) => `${appliedFrom ?? '0000-00-00'} ${id}`
  let usual = hours.enabled ? [asWindow(hours)] : []
  // From the last to the first: whoever comes later and speaks of the date is heard.
  for (const schedule of heard.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))) {
    usual = patternOn(schedule, date, dateRules) ?? usual
  }
  return { windows: [...usual, ...own], closed, isClosedDay: false }
}

/** The starts of all offered sessions, epoch milliseconds. */
export const offeredStarts = (question: OracleQuestion): number[] => {
  const { rules, durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = question
  if (!rules.isAvailable) return []
  const zone = rules.timeZone
  const dateOf = (epochMs: number) =>
    Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate()
  const firstDate = dateOf(question.from).subtract({ days: 3 })
  const lastDate = dateOf(question.to).add({ days: 4 })

  const origin = firstDate.toZonedDateTime(zone).epochMilliseconds - 2 * 1440 * minuteMs
  const length = (lastDate.toZonedDateTime(zone).epochMilliseconds - origin) / minuteMs + 4 * 1440
  const minuteOf = (wall: Temporal.PlainDateTime) =>
    (wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds - origin) / minuteMs
  const mark = (marks: Uint8Array, date: Temporal.PlainDate, range: TimeRange) => {
    const end = timeOf(range.endTime > range.startTime ? date : date.add({ days: 1 }), range.endTime)
    for (let minute = minuteOf(timeOf(date, range.startTime)); minute < minuteOf(end); minute++) marks[minute] = 1
  }

  const closed = new Uint8Array(length)
  /** Per date and step: the minutes that its windows open. Each has a grid of its own. */
  const openings: { step: number; marks: Uint8Array }[] = []
  for (let date = firstDate; Temporal.PlainDate.compare(date, lastDate) <= 0; date = date.add({ days: 1 })) {
    const weekday = weekdays[date.dayOfWeek - 1]
    const today = windowsOn(question, date)
    const isAway = rules.unavailableDates.some(
      ({ firstDate, lastDate }) => firstDate <= date.toString() && date.toString() <= lastDate,
    )
    if (today.isClosedDay || isAway) {
      const next = (date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - origin) / minuteMs
      for (let minute = (date.toZonedDateTime(zone).epochMilliseconds - origin) / minuteMs; minute < next; minute++) {
        closed[minute] = 1
      }
    }
    for (const range of today.closed) mark(closed, date, range)
    for (const pause of rules.breaks) {
      const isToday = pause.recurring
        ? pause.weekday === null || pause.weekday === weekday
        : pause.date === date.toString()
      if (isToday) mark(closed, date, pause)
    }
    const steps = new Map<string, Uint8Array>()
    for (const window of today.windows) {
      if (!window.isAvailable) mark(closed, date, window)
      else {
        const key = String(window.slotDurationMinutes)
        const marks = steps.get(key) ?? new Uint8Array(length)
        mark(marks, date, window)
        steps.set(key, marks)
      }
    }
    for (const [key, marks] of steps) {
      openings.push({ step: key === 'null' ? durationMinutes : Number(key), marks })
    }
  }

  const covered = new Uint8Array(length)
  const onGrid = new Uint8Array(length)
  for (const { step, marks } of openings) {
    let since = -1
    for (let minute = 0; minute < length; minute++) {
      if (!marks[minute] || closed[minute]) since = -1
      else {
        if (since < 0) since = minute
        covered[minute] = 1
        if ((minute - since) % step === 0) onGrid[minute] = 1
      }
    }
  }

  // Whatever is taken may begin and end within a minute; a minute is touched when they share a millisecond.
  const taken = new Uint8Array(length)
  for (const { start, end } of question.taken) {
    if (start >= end) continue
    for (let minute = Math.max(0, Math.floor((start - origin) / minuteMs)); minute < length; minute++) {
      if (origin + minute * minuteMs >= end) break
      taken[minute] = 1
    }
  }

  const starts: number[] = []
  for (let minute = 0; minute < length; minute++) {
    const start = origin + minute * minuteMs
    if (!onGrid[minute] || start < question.from || start >= question.to) continue
    if (start < question.earliestStart || start > question.latestStart) continue
    let isFree = true
    for (let inside = minute; inside < minute + durationMinutes; inside++) if (!covered[inside]) isFree = false
    for (let around = minute - bufferBeforeMinutes; around < minute + durationMinutes + bufferAfterMinutes; around++) {
      if (taken[around]) isFree = false
    }
    if (isFree) starts.push(start)
  }
  return starts
}
