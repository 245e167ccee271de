import { formatLocale } from './locale'

const cache = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs more than using it a thousand times, and a week of slots asks for hundreds. */
const formatter = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const locale = formatLocale()
  const key = `${locale} ${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  cache.set(key, made)
  return made
}

type InZone = { timeZone: string }

/** 14:30, or 2:30 PM, as the visitor's locale has it */
export const formatTime = (instant: string, { timeZone }: InZone): string =>
  formatter({ timeStyle: 'short', timeZone }).format(new Date(instant))

/** Tuesday 1 December 2026 */
export const formatDay = (instant: string, { timeZone }: InZone): string =>
  formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(new Date(instant))

/** Tue, 1 Dec */
export const formatShortDay = (instant: string, { timeZone }: InZone): string =>
  formatter({ weekday: 'short', day: 'numeric', month: 'short', timeZone }).format(new Date(instant))

/** Tue 1 Dec, 14:30 */
export const formatShort = (instant: string, zone: InZone): string =>
  `${formatShortDay(instant, zone)}, ${formatTime(instant, zone)}`

/** 14:30 – 15:00 */
export const formatTimeRange = ({ start, end, timeZone }: { start: string; end: string; timeZone: string }): string =>
  `${formatTime(start, { timeZone })} – ${formatTime(end, { timeZone })}`

/** A plain date has no zone, so it is formatted at noon UTC, in UTC. */
const formatDate = (date: string, options: Intl.DateTimeFormatOptions): string =>
  formatter({ ...options, timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`))

export const formatDateLong = (date: string): string =>
  formatDate(date, { weekday: 'long', day: 'numeric', month: 'long' })

export const formatWeekday = (date: string): string => formatDate(date, { weekday: 'short' })

export const formatDayOfMonth = (date: string): string => formatDate(date, { day: 'numeric' })

/** 1 – 7 Dec 2026 */
export const formatDateRange = (from: string, to: string): string =>
  formatter({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(
    new Date(`${from}T12:00:00Z`),
    new Date(`${to}T12:00:00Z`),
  )

/** Month and year, for reviews: December 2026 */
export const formatMonth = (instant: string, { timeZone }: InZone): string =>
  formatter({ month: 'long', year: 'numeric', timeZone }).format(new Date(instant))

/** 4:09 */
export const formatCountdown = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** A language tag by its English name; anything else as it is. */
export const formatLanguage = (language: string): string => {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language)) return language
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}

/** Slugs of lists such as specialties, for people: `tax-law` → `Tax law`. Text that is written for people stays. */
export const formatTag = (tag: string): string => {
  if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(tag)) return tag
  const words = tag.replaceAll(/[-_]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
