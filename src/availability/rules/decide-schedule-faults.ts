import type { FieldError } from '#shared/errors'
import { isWallTime } from '#shared/validation'
import { findMissingStart, findRecurrenceFault } from './compute-recurrence-days'
import { toWallMinutes } from './wall-time'

/** Something as it is written, before its fields are checked one by one: anything may stand anywhere. */
type Written = Readonly<Record<string, unknown>>

/**
 * What of a schedule has no meaning by the rules of ADR 0062, in words that say what to change. `schedule` is what is written, with
 * the names of the collection's fields; each field by itself is checked elsewhere. A date is the UTC date of what stands there.
 */
export const decideScheduleFaults = (schedule: Written): FieldError[] => [
  ...periodFaults(schedule),
  ...weekFaults(schedule),
  ...recurrenceFaults(schedule),
  ...exceptionFaults(schedule),
]

/** The same for the breaks of a profile, which stand at `path`. */
export const decideBreakFaults = (breaks: unknown, path: string): FieldError[] =>
  rowsOf(breaks).flatMap((pause, index) => [
    ...dayOfBreakFaults(pause, `${path}.${index}`),
    ...decideRangeFaults(pause, `${path}.${index}`),
  ])

/** The same for the unavailable dates of a profile, which stand at `path`. */
export const decideAbsenceFaults = (dates: unknown, path: string): FieldError[] =>
  rowsOf(dates).flatMap(({ date, lastDate }, index) => {
    const [first, last] = [dateOf(date), dateOf(lastDate)]
    if (first === undefined || last === undefined || first <= last) return []
    return [{ path: `${path}.${index}.lastDate`, message: 'Must not lie before the first day.' }]
  })

/** The same for a time from `startTime` to `endTime`. An end before the start is on the next day, 00:00 to 00:00 a whole day. */
export const decideRangeFaults = ({ startTime, endTime }: Written, path: string): FieldError[] => {
  if (typeof startTime !== 'string' || typeof endTime !== 'string') return []
  if (!isWallTime(startTime) || !isWallTime(endTime)) return []
  const { from, to } = toWallMinutes({ startTime, endTime })
  if (to > from && (startTime !== endTime || startTime === '00:00')) return []
  return [{ path: `${path}.endTime`, message: 'Must not be the start. A whole day is 00:00 to 24:00.' }]
}

/** Where a fault stands, whichever row that is by now. */
const placeOf = ({ path, message }: FieldError): string => `${path.replaceAll(/\.\d+/g, '.*')} ${message}`

/** What is wrong with what is written that was not wrong before: as many faults of a kind as are stored already stop nobody, wherever their rows are moved. */
export const withoutStored = (written: readonly FieldError[], stored: readonly FieldError[]): FieldError[] => {
  const left = new Map<string, number>()
  for (const fault of stored) left.set(placeOf(fault), (left.get(placeOf(fault)) ?? 0) + 1)
  return written.filter((fault) => {
    const count = left.get(placeOf(fault)) ?? 0
    left.set(placeOf(fault), count - 1)
    return count <= 0
  })
}

const isRecord = (value: unknown): value is Written => typeof value === 'object' && value !== null

const rowsOf = (value: unknown): Written[] =>
  Array.isArray(value) ? value.map((row: unknown) => (isRecord(row) ? row : {})) : []

/** YYYY-MM-DD; undefined where no date stands. The Local API may be given a Date. */
const dateOf = (value: unknown): string | undefined => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 10)
  return typeof value === 'string' && value !== '' ? value.slice(0, 10) : undefined
}

const dayOfBreakFaults = ({ recurring, day, date }: Written, path: string): FieldError[] => {
  if (recurring !== false) {
    const message = 'A break that comes back has no date: take it out, or switch "recurring" off.'
    return date ? [{ path: `${path}.date`, message }] : []
  }
  if (!date) return [{ path: `${path}.date`, message: 'Say on which date, or let the break come back.' }]
  const message = 'A break on a date has no weekday: take it out, or let the break come back.'
  return day ? [{ path: `${path}.day`, message }] : []
}

const periodFaults = ({ appliedFrom, appliedTo }: Written): FieldError[] => {
  const [first, last] = [dateOf(appliedFrom), dateOf(appliedTo)]
  if (first === undefined || last === undefined || first <= last) return []
  return [{ path: 'appliedTo', message: 'Must not lie before the first day.' }]
}

const windowFaults = (windows: unknown, path: string): FieldError[] =>
  rowsOf(windows).flatMap((window, index) => decideRangeFaults(window, `${path}.slots.${index}`))

const weekFaults = ({ type, weeklyPattern }: Written): FieldError[] => {
  if (type !== 'weekly' || !isRecord(weeklyPattern)) return []
  return Object.entries(weeklyPattern).flatMap(([day, said]) =>
    isRecord(said) ? windowFaults(said.slots, `weeklyPattern.${day}`) : [],
  )
}

const recurrenceFaults = ({ type, appliedFrom, recurrences }: Written): FieldError[] => {
  const isMonthly = type === 'monthly'
  const rules = rowsOf(recurrences)
  if (isMonthly && rules.length === 0) {
    return [{ path: 'recurrences', message: 'A monthly schedule needs at least one rule.' }]
  }
  return rules.flatMap(({ rrule, slots }, index) => {
    const path = `recurrences.${index}`
    // Of another type the form hides the field, and a hidden field is not checked; a rule that nobody can read is never stored.
    const message = isMonthly ? ruleFault(rrule, appliedFrom) : unreadableFault(rrule)
    return [
      ...(message === undefined ? [] : [{ path: `${path}.rrule`, message }]),
      ...(isMonthly ? windowFaults(slots, path) : []),
    ]
  })
}

const unreadableFault = (rrule: unknown): string | undefined =>
  typeof rrule === 'string' ? findRecurrenceFault(rrule) : undefined

const ruleFault = (rrule: unknown, appliedFrom: unknown): string | undefined =>
  unreadableFault(rrule) ??
  (typeof rrule === 'string' && dateOf(appliedFrom) === undefined ? findMissingStart(rrule) : undefined)

const exceptionFaults = ({ appliedFrom, appliedTo, dateExceptions }: Written): FieldError[] => {
  const [first, last] = [dateOf(appliedFrom) ?? '', dateOf(appliedTo) ?? '9999-12-31']
  const exceptions = rowsOf(dateExceptions)
  const dates = exceptions.map(({ date }) => dateOf(date))
  return exceptions.flatMap(({ isAvailable, slots }, index) => {
    const path = `dateExceptions.${index}`
    const opens = rowsOf(slots).some((window) => window.isAvailable !== false)
    return [
      ...dateFaults(dates, index, { first, last }).map((message) => ({ path: `${path}.date`, message })),
      ...(isAvailable === true && !opens
        ? [{ path: `${path}.slots`, message: 'Say from when to when it is open on that day, or switch it off.' }]
        : []),
      ...windowFaults(slots, path),
    ]
  })
}

const dateFaults = (
  dates: readonly (string | undefined)[],
  index: number,
  { first, last }: { first: string; last: string },
): string[] => {
  const date = dates[index]
  if (date === undefined) return []
  return [
    ...(dates.indexOf(date) < index ? ['Has an exception already.'] : []),
    ...(date < first || date > last
      ? ['Lies outside of the days on which this schedule counts: change those, or take the exception out.']
      : []),
  ]
}
