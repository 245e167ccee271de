import { adminLocale } from './admin-locale'

type Instant = string | number

const format = (instant: Instant, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(adminLocale, { ...options, timeZone }).format(new Date(instant))

/** "4 Dec 2026, 10:00 CET" */
export const formatInstantIn = (instant: Instant, timeZone: string): string =>
  format(instant, timeZone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })

/** "Fri, 4 Dec" */
export const formatDayIn = (instant: Instant, timeZone: string): string =>
  format(instant, timeZone, { weekday: 'short', day: 'numeric', month: 'short' })

/** "10:00" */
export const formatTimeIn = (instant: Instant, timeZone: string): string =>
  format(instant, timeZone, { hour: '2-digit', minute: '2-digit' })

/** What a clock that is put back can go through again. */
const shifts = [30, 60].flatMap((minutes) => [-minutes * 60_000, minutes * 60_000])

/** "10:00"; with its zone, "02:00 CEST", where the clock shows it twice. */
export const formatClearTimeIn = (instant: Instant, timeZone: string): string => {
  const text = formatTimeIn(instant, timeZone)
  const at = new Date(instant).getTime()
  const isTwice = shifts.some((shift) => formatTimeIn(at + shift, timeZone) === text)
  return isTwice ? `${text} ${formatZoneName(instant, timeZone)}` : text
}

/** "CET" */
export const formatZoneName = (instant: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat(adminLocale, { timeZone, timeZoneName: 'short' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** "Fri, 4 Dec, 10:00–11:00 CET"; names the day of the end when that is another one. */
export const formatTimeRangeIn = ({
  start,
  end,
  timeZone,
}: {
  start: Instant
  end: Instant
  timeZone: string
}): string => {
  const [startDay, endDay] = [formatDayIn(start, timeZone), formatDayIn(end, timeZone)]
  const until = startDay === endDay ? formatTimeIn(end, timeZone) : `${formatTimeIn(end, timeZone)} (${endDay})`
  return `${startDay}, ${formatTimeIn(start, timeZone)}–${until} ${formatZoneName(start, timeZone)}`
}

/** "2026-12-04", the date of an instant on the clock of a zone. */
export const dateIn = (instant: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )

/** "4 Dec 2026" of a calendar date, which is the UTC date of the stored instant. */
export const formatCalendarDate = (instant: Instant): string =>
  format(instant, 'UTC', { day: 'numeric', month: 'short', year: 'numeric' })
