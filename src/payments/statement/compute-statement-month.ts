import { Temporal } from 'temporal-polyfill'

/** A calendar month on the clock of a zone, as a half-open interval of epoch milliseconds. */
export type StatementMonth = { name: string; timeZone: string; from: number; until: number }

const monthPattern = /^(?:19[7-9]\d|20\d{2})-(?:0[1-9]|1[0-2])$/

/** Whether `value` is a month such as 2026-11, between 1970 and 2099. */
export const isMonthName = (value: string): boolean => monthPattern.test(value)

const startOf = (month: Temporal.PlainYearMonth, timeZone: string): number =>
  month.toPlainDate({ day: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds

/**
 * When a month begins and ends for somebody in `timeZone`.
 * @param name such as 2026-11.
 * @throws RangeError when there is no such month.
 */
export const computeStatementMonth = (name: string, timeZone: string): StatementMonth => {
  if (!isMonthName(name)) throw new RangeError(`${name} is not a month.`)
  const month = Temporal.PlainYearMonth.from(name)
  return { name, timeZone, from: startOf(month, timeZone), until: startOf(month.add({ months: 1 }), timeZone) }
}

/** The months from that of `since` to that of `now` on the clock of a zone, latest first; at most `limit` of them. */
export const computeMonthsSince = ({
  since,
  now,
  timeZone,
  limit,
}: {
  since: number
  now: number
  timeZone: string
  limit: number
}): string[] => {
  const monthOf = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth()
  const first = monthOf(since)
  const months: string[] = []
  for (let month = monthOf(now); months.length < limit; month = month.subtract({ months: 1 })) {
    if (Temporal.PlainYearMonth.compare(month, first) < 0) break
    months.push(month.toString())
  }
  return months
}
