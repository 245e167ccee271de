import { Temporal } from 'temporal-polyfill'

/** Days in UTC, both included; and the same as a half-open interval of epoch milliseconds. */
export type MoneyPeriod = { first: string; last: string; from: number; until: number }

const mostDays = 366

const parse = (value: unknown): Temporal.PlainDate | undefined => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined
  try {
    return Temporal.PlainDate.from(value)
  } catch {
    return undefined
  }
}

const periodOf = (first: Temporal.PlainDate, last: Temporal.PlainDate): MoneyPeriod => ({
  first: first.toString(),
  last: last.toString(),
  from: first.toZonedDateTime('UTC').epochMilliseconds,
  until: last.add({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds,
})

/** The last `days` days, today included. */
export const lastDays = (days: number, now: number): MoneyPeriod => {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate()
  return periodOf(today.subtract({ days: days - 1 }), today)
}

/** The period that the address names; the last thirty days when it names none that can be shown. */
export const readPeriod = ({ first, last, now }: { first: unknown; last: unknown; now: number }): MoneyPeriod => {
  const [start, end] = [parse(first), parse(last)]
  if (!start || !end) return lastDays(30, now)
  const days = start.until(end).total('days') + 1
  return days >= 1 && days <= mostDays ? periodOf(start, end) : lastDays(30, now)
}
