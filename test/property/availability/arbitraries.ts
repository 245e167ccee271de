import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import type {
  AvailabilityRules,
  Break,
  DateException,
  Interval,
  Schedule,
  ScheduleWindow,
  TimeRange,
  Weekday,
} from '#availability/types'
import { weekdays } from '#availability/types'
import type { DateRule, OracleQuestion } from './oracle'

/** Dates around which the clocks of a zone change in 2026, and plain ones. */
const places: { timeZone: string; dates: string[] }[] = [
  { timeZone: 'UTC', dates: ['2026-06-15'] },
  { timeZone: 'Africa/Cairo', dates: ['2026-04-24', '2026-10-29'] },
  { timeZone: 'Asia/Beirut', dates: ['2026-03-29', '2026-10-24'] },
  { timeZone: 'America/Santiago', dates: ['2026-04-04', '2026-09-06'] },
  { timeZone: 'Atlantic/Azores', dates: ['2026-03-29', '2026-10-25'] },
  { timeZone: 'America/Havana', dates: ['2026-03-08', '2026-11-01'] },
  { timeZone: 'Australia/Lord_Howe', dates: ['2026-04-05', '2026-10-04'] },
  { timeZone: 'Asia/Kolkata', dates: ['2026-06-15'] },
  { timeZone: 'Asia/Kathmandu', dates: ['2026-12-31'] },
  { timeZone: 'Europe/Berlin', dates: ['2026-03-29', '2026-10-25', '2026-02-28'] },
  { timeZone: 'America/New_York', dates: ['2026-03-08', '2026-11-01'] },
  { timeZone: 'America/Nuuk', dates: ['2026-03-28', '2026-10-24'] },
  { timeZone: 'Pacific/Chatham', dates: ['2026-04-05', '2026-09-27'] },
]

export const dateRules: DateRule[] = [
  { rrule: 'FREQ=MONTHLY;BYDAY=1SU', chooses: (date) => date.dayOfWeek === 7 && date.day <= 7 },
  { rrule: 'FREQ=MONTHLY;BYDAY=-1SU,-1SA', chooses: (date) => date.dayOfWeek >= 6 && date.day > date.daysInMonth - 7 },
  { rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1,1,4,25', chooses: (date) => [1, 4, 25, date.daysInMonth].includes(date.day) },
  { rrule: 'RRULE:FREQ=DAILY', chooses: () => true },
  {
    rrule: 'DTSTART:20260105\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU,MO',
    chooses: (date) => {
      const days = Temporal.PlainDate.from('2026-01-05').until(date).days
      return days >= 0 && Math.floor(days / 7) % 2 === 0 && [6, 7, 1].includes(date.dayOfWeek)
    },
  },
]

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Quarter hours mostly, with a liking for the hours in which clocks change. */
const time = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15) },
    { weight: 3, arbitrary: fc.constantFrom(0, 15, 30, 45, 60, 90, 120, 150, 180, 1350, 1380, 1410) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 1439 }) },
  )
  .map(clock)

/** Whole days are frequent, so that days touch and sessions run over midnight from one into the other. */
const range: fc.Arbitrary<TimeRange> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ startTime: '00:00', endTime: '24:00' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      startTime: time,
      endTime: fc.oneof({ weight: 8, arbitrary: time }, { weight: 1, arbitrary: fc.constant('24:00') }),
    }),
  },
)

const shortRange: fc.Arbitrary<TimeRange> = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 12 }))
  .map(([quarter, length]) => ({
    startTime: clock(quarter * 15),
    endTime: clock(((quarter + length) * 15) % 1440),
  }))

const window: fc.Arbitrary<ScheduleWindow> = fc
  .record({
    hours: range,
    slotDurationMinutes: fc.constantFrom(null, null, 15, 30, 45, 50),
    isAvailable: fc.constantFrom(true, true, true, false),
  })
  .map(({ hours, ...more }) => ({ ...hours, ...more }))

const perWeekday = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<Weekday, T>> =>
  fc.record({
    monday: value,
    tuesday: value,
    wednesday: value,
    thursday: value,
    friday: value,
    saturday: value,
    sunday: value,
  })

const rules = (place: { timeZone: string }, date: fc.Arbitrary<string>): fc.Arbitrary<AvailabilityRules> => {
  const exception: fc.Arbitrary<DateException> = fc.record({
    date,
    isAvailable: fc.boolean(),
    windows: fc.array(window, { maxLength: 2 }),
  })
  const schedule: fc.Arbitrary<Schedule> = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    type: fc.constantFrom('weekly' as const, 'monthly' as const, 'custom' as const),
    appliedFrom: fc.option(date, { freq: 2 }),
    appliedTo: fc.option(date, { freq: 1 }),
    weeklyPattern: perWeekday(
      fc.record({ enabled: fc.constantFrom(true, true, false), windows: fc.array(window, { maxLength: 3 }) }),
    ),
    recurrences: fc.array(
      fc.record({
        rrule: fc.constantFrom(...dateRules.map(({ rrule }) => rrule)),
        windows: fc.array(window, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    dateExceptions: fc.array(exception, { maxLength: 3 }),
  })
  const pause: fc.Arbitrary<Break> = fc
    .record({
      hours: shortRange,
      weekday: fc.option(fc.constantFrom(...weekdays)),
      date: fc.option(date, { freq: 3 }),
      recurring: fc.boolean(),
    })
    .map(({ hours, ...more }) => ({ ...hours, ...more }))
  return fc.record({
    timeZone: fc.constant(place.timeZone),
    isAvailable: fc.constant(true),
    workingHours: perWeekday(
      fc
        .record({ hours: range, enabled: fc.constantFrom(true, true, false) })
        .map(({ hours, enabled }) => ({ ...hours, enabled })),
    ),
    breaks: fc.array(pause, { maxLength: 3 }),
    unavailableDates: fc.array(
      fc.tuple(date, fc.nat({ max: 2 })).map(([firstDate, more]) => ({
        firstDate,
        lastDate: Temporal.PlainDate.from(firstDate).add({ days: more }).toString(),
      })),
      { maxLength: 1 },
    ),
    // Have a property of their own.
    recurringBlocks: fc.constant([]),
    // Ids are unique in the database.
    schedules: fc.uniqueArray(schedule, { maxLength: 2, selector: ({ id }) => id }),
  })
}

const minuteMs = 60_000

/** A consultant's rules and a question about one to four days around a change of clocks. */
export const question: fc.Arbitrary<OracleQuestion> = fc.constantFrom(...places).chain((place) =>
  fc.constantFrom(...place.dates).chain((centre) => {
    const date = fc.integer({ min: -4, max: 4 }).map((days) => Temporal.PlainDate.from(centre).add({ days }).toString())
    const origin = Temporal.PlainDate.from(centre).toZonedDateTime(place.timeZone).epochMilliseconds
    const instant = (hours: number) =>
      fc.integer({ min: -hours * 60, max: hours * 60 }).map((minutes) => origin + minutes * minuteMs)
    const taken: fc.Arbitrary<Interval> = fc
      .tuple(instant(60), fc.integer({ min: 1, max: 240 }), fc.constantFrom(0, 0, 1, -29_999))
      .map(([start, minutes, shift]) => ({ start: start + shift, end: start + shift + minutes * minuteMs }))
    return fc
      .record({
        rules: rules(place, date),
        dateRules: fc.constant(dateRules),
        taken: fc.array(taken, { maxLength: 6 }),
        durationMinutes: fc.constantFrom(10, 20, 30, 45, 50, 60, 90, 240),
        bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 30),
        bufferAfterMinutes: fc.constantFrom(0, 0, 10, 45),
        earliestStart: fc.oneof(fc.constant(-Infinity), instant(40)),
        latestStart: fc.oneof(fc.constant(Infinity), instant(60)),
        edges: fc.tuple(instant(48), instant(48)),
      })
      .map(({ edges: [one, other], ...more }) => ({ ...more, from: Math.min(one, other), to: Math.max(one, other) }))
  }),
)
