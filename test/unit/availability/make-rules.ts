import { Temporal } from 'temporal-polyfill'
import { computeOpenIntervals } from '#availability/rules/compute-open-intervals'
import { computeSlots, type SlotQuestion } from '#availability/slots/compute-slots'
import {
  type AvailabilityRules,
  type DateRange,
  type Interval,
  type Schedule,
  type ScheduleWindow,
  type Weekday,
  weekdays,
} from '#availability/types'

/** Builders for the tests of the engine. Hours are written '09:00-17:00'. */

export const range = (text: string) => {
  const [startTime = '', endTime = ''] = text.split('-')
  return { startTime, endTime }
}

export const openWindow = (text: string, slotDurationMinutes: number | null = null): ScheduleWindow => ({
  ...range(text),
  slotDurationMinutes,
  isAvailable: true,
})

export const closedWindow = (text: string): ScheduleWindow => ({ ...openWindow(text), isAvailable: false })

const perWeekday = <T>(make: (weekday: Weekday) => T): Record<Weekday, T> => ({
  monday: make('monday'),
  tuesday: make('tuesday'),
  wednesday: make('wednesday'),
  thursday: make('thursday'),
  friday: make('friday'),
  saturday: make('saturday'),
  sunday: make('sunday'),
})

export const hours = (open: Partial<Record<Weekday, string>>): AvailabilityRules['workingHours'] =>
  perWeekday((weekday) => ({ ...range(open[weekday] ?? '09:00-17:00'), enabled: weekday in open }))

export const daily = (text: string) => hours(Object.fromEntries(weekdays.map((weekday) => [weekday, text])))

/** Whole days; one alone lasts a day. */
export const dates = (firstDate: string, lastDate = firstDate): DateRange => ({ firstDate, lastDate })

export const rulesOf = (rules: Partial<AvailabilityRules>): AvailabilityRules => ({
  timeZone: 'UTC',
  isAvailable: true,
  workingHours: hours({}),
  breaks: [],
  unavailableDates: [],
  recurringBlocks: [],
  schedules: [],
  ...rules,
})

export const weekly = (
  pattern: Partial<Record<Weekday, ScheduleWindow[]>>,
  more: Partial<Schedule> = {},
): Schedule => ({
  id: 'weekly',
  type: 'weekly',
  appliedFrom: null,
  appliedTo: null,
  weeklyPattern: perWeekday((weekday) => ({ enabled: weekday in pattern, windows: pattern[weekday] ?? [] })),
  recurrences: [],
  dateExceptions: [],
  ...more,
})

export const monthly = (rrule: string, windows: ScheduleWindow[], more: Partial<Schedule> = {}): Schedule =>
  weekly({}, { id: 'monthly', type: 'monthly', recurrences: [{ rrule, windows }], ...more })

export const custom = (dateExceptions: Schedule['dateExceptions'], more: Partial<Schedule> = {}): Schedule =>
  weekly({}, { id: 'custom', type: 'custom', dateExceptions, ...more })

export const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds

/** Whole dates, the last one included, in the rules' zone. */
export const datesOf = (timeZone: string, first: string, last = first): { from: number; to: number } => ({
  from: Temporal.PlainDate.from(first).toZonedDateTime(timeZone).epochMilliseconds,
  to: Temporal.PlainDate.from(last).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
})

const showIn = (timeZone: string) => (epochMs: number) =>
  Temporal.Instant.fromEpochMilliseconds(epochMs)
    .toZonedDateTimeISO(timeZone)
    .toString({ timeZoneName: 'never', smallestUnit: 'minute' })

/** Open intervals as '2026-03-29T01:00+01:00/2026-03-29T05:00+02:00', formatted by Temporal itself. */
export const showOpen = (rules: AvailabilityRules, first: string, last = first): string[] => {
  const { from, to } = datesOf(rules.timeZone, first, last)
  const show = showIn(rules.timeZone)
  return computeOpenIntervals(rules, { from, to })
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end }) => `${show(start)}/${show(end)}`)
}

/** The slots of some dates, with nothing taken and no notice unless said. */
export const slotsOf = (
  rules: AvailabilityRules,
  dates: [first: string, last?: string],
  question: Partial<SlotQuestion> = {},
): Interval[] => {
  const { from, to } = datesOf(rules.timeZone, dates[0], dates[1])
  return computeSlots({
    open: computeOpenIntervals(rules, { from: question.from ?? from, to: question.to ?? to }),
    taken: [],
    durationMinutes: 60,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    earliestStart: -Infinity,
    latestStart: Infinity,
    from,
    to,
    ...question,
  })
}

/** Their starts as '2026-03-29T01:00+01:00'. */
export const showStarts = (...args: Parameters<typeof slotsOf>): string[] =>
  slotsOf(...args).map(({ start }) => showIn(args[0].timeZone)(start))

/** Their starts as wall-clock times, for tests on one day. */
export const showTimes = (...args: Parameters<typeof slotsOf>): string[] =>
  showStarts(...args).map((text) => text.slice(11, 16))
