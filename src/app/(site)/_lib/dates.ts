import { Temporal } from 'temporal-polyfill'

/** Calendar arithmetic on dates written `YYYY-MM-DD`; instants are ISO 8601. No reading of the clock here. */

export const dateOf = (instant: string | number, timeZone: string): string =>
  toInstant(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()

const toInstant = (instant: string | number): Temporal.Instant =>
  typeof instant === 'number' ? Temporal.Instant.fromEpochMilliseconds(instant) : Temporal.Instant.from(instant)

export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()

/** Days from `from` to `to`, negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days

export const isDate = (value: string): boolean => {
  try {
    return Temporal.PlainDate.from(value).toString() === value
  } catch {
    return false
  }
}

/** The first instant after `date` in a zone, which need not be 24 hours after its first one. */
export const endOfDay = (date: string, timeZone: string): string =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timeZone).toInstant().toString()

/** A wall time of a form (`2026-12-01T10:00`) in a zone, as an instant. One that does not exist moves forward. */
export const wallTimeToInstant = (wallTime: string, timeZone: string): string =>
  Temporal.PlainDateTime.from(wallTime).toZonedDateTime(timeZone).toInstant().toString()

export const hourOf = (instant: string, timeZone: string): number =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).hour

/** Minutes by which `zone` is ahead of `reference` at an instant; negative when it is behind. */
export const minutesAhead = ({
  zone,
  reference,
  at,
}: {
  zone: string
  reference: string
  at: string | number
}): number => {
  const instant = toInstant(at)
  const offset = (name: string): number => instant.toZonedDateTimeISO(name).offsetNanoseconds
  return (offset(zone) - offset(reference)) / 60e9
}

export const epochOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

export const isSameInstant = (a: string, b: string): boolean => epochOf(a) === epochOf(b)

export const minutesBetween = (start: string, end: string): number => (epochOf(end) - epochOf(start)) / 60_000

export const addMinutes = (instant: string, minutes: number): string => toInstant(instant).add({ minutes }).toString()
