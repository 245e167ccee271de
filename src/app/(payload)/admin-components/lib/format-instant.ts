type Instant = string | number

const format = (instant: Instant, timeZone: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(new Date(instant))

/** "4 Dec 2026, 10:00 CET", "4. Dez. 2026, 10:00 MEZ" */
export const formatInstantIn = (instant: Instant, timeZone: string, locale: string): string =>
  format(instant, timeZone, locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })

/** "Fri, 4 Dec" */
export const formatDayIn = (instant: Instant, timeZone: string, locale: string): string =>
  format(instant, timeZone, locale, { weekday: 'short', day: 'numeric', month: 'short' })

/** "10:00" */
export const formatTimeIn = (instant: Instant, timeZone: string, locale: string): string =>
  format(instant, timeZone, locale, { hour: '2-digit', minute: '2-digit' })

/** "CET" */
export const formatZoneName = (instant: Instant, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** "Fri, 4 Dec, 10:00–11:00 CET"; names the day of the end when that is another one. */
export const formatTimeRangeIn = ({
  start,
  end,
  timeZone,
  locale,
}: {
  start: Instant
  end: Instant
  timeZone: string
  locale: string
}): string => {
  const [startDay, endDay] = [formatDayIn(start, timeZone, locale), formatDayIn(end, timeZone, locale)]
  const until =
    startDay === endDay ? formatTimeIn(end, timeZone, locale) : `${formatTimeIn(end, timeZone, locale)} (${endDay})`
  return `${startDay}, ${formatTimeIn(start, timeZone, locale)}–${until} ${formatZoneName(start, timeZone, locale)}`
}

/** "2026-12-04", the date of an instant on the clock of a zone. */
export const dateIn = (instant: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )

/** "4 Dec 2026" of a calendar date, which is the UTC date of the stored instant. */
export const formatCalendarDate = (instant: Instant, locale: string): string =>
  format(instant, 'UTC', locale, { day: 'numeric', month: 'short', year: 'numeric' })
