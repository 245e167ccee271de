import type { SiteWords } from '../_words/en'
import type { Money } from './api-types'
import type { Spoken } from './languages'
import { dateOf, daysBetween } from './dates'
import { formatMoney, isFree } from './money'
import { zoneCity } from './zones'

export type Formats = ReturnType<typeof createFormats>

type InZone = { timeZone: string }

/** A plain date has no zone, so it is formatted at noon UTC, in UTC. */
const noonOf = (date: string): Date => new Date(`${date}T12:00:00Z`)

/** Making a formatter costs more than using it a thousand times, and a week of slots asks for hundreds. */
const createFormatters = (locale: string): ((options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat) => {
  const cache = new Map<string, Intl.DateTimeFormat>()
  return (options) => {
    const key = JSON.stringify(options)
    const made = cache.get(key) ?? new Intl.DateTimeFormat(locale, options)
    cache.set(key, made)
    return made
  }
}

/** How times, dates, amounts and names are written in a language. Instants are ISO 8601, dates `YYYY-MM-DD`. */
export const createFormats = ({ language, locale }: Spoken, { common }: SiteWords) => {
  const formatter = createFormatters(locale)
  const instant = (at: string, { timeZone }: InZone, options: Intl.DateTimeFormatOptions): string =>
    formatter({ ...options, timeZone }).format(new Date(at))
  const plain = (date: string, options: Intl.DateTimeFormatOptions): string =>
    formatter({ ...options, timeZone: 'UTC' }).format(noonOf(date))

  /** 14:30, or 2:30 PM, as the visitor's locale has it */
  const time = (at: string, zone: InZone): string => instant(at, zone, { timeStyle: 'short' })

  /** Tue, 1 Dec */
  const shortDay = (at: string, zone: InZone): string =>
    instant(at, zone, { weekday: 'short', day: 'numeric', month: 'short' })

  /** Tue, 1 Dec, 14:30 */
  const short = (at: string, zone: InZone): string => `${shortDay(at, zone)}, ${time(at, zone)}`

  const money = (amount: Money): string => formatMoney(amount, locale)

  return {
    time,
    shortDay,
    short,
    money,

    /** 1 Dec 2026, 14:30, on the clock of the device. */
    moment: (at: string): string => formatter({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)),

    /** Tuesday 1 December 2026 */
    day: (at: string, zone: InZone): string =>
      instant(at, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),

    /** 14:30 – 15:00 */
    timeRange: ({ start, end, timeZone }: { start: string; end: string; timeZone: string }): string =>
      `${time(start, { timeZone })} – ${time(end, { timeZone })}`,

    /** "today, 14:30", "tomorrow, 09:00" or "Tue, 1 Dec, 09:00", by the calendar of a zone. */
    soon: (at: string, { timeZone, now }: { timeZone: string; now: number }): string => {
      const days = daysBetween(dateOf(now, timeZone), dateOf(at, timeZone))
      if (days !== 0 && days !== 1) return short(at, { timeZone })
      const day = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
      return `${day}, ${time(at, { timeZone })}`
    },

    dateLong: (date: string): string => plain(date, { weekday: 'long', day: 'numeric', month: 'long' }),

    weekday: (date: string): string => plain(date, { weekday: 'short' }),

    /** The number alone: German writes a point behind it, which a calendar has no use for. */
    dayOfMonth: (date: string): string =>
      formatter({ day: 'numeric', timeZone: 'UTC' })
        .formatToParts(noonOf(date))
        .find(({ type }) => type === 'day')?.value ?? '',

    /** 1 – 7 Dec 2026 */
    dateRange: (from: string, to: string): string =>
      formatter({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(
        noonOf(from),
        noonOf(to),
      ),

    /** Month and year, for reviews: December 2026 */
    month: (at: string, zone: InZone): string => instant(at, zone, { month: 'long', year: 'numeric' }),

    /** A price as it stands in lists and summaries. */
    price: (price: Money | null): string => {
      if (price === null) return common.priceOnRequest
      return isFree(price) ? common.free : money(price)
    },

    /** A language tag by its name; anything else as it is. */
    languageName: (tag: string): string => {
      if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)) return tag
      try {
        return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag
      } catch {
        return tag
      }
    },

    /** `4.7`, or `4,7` */
    rating: (average: number): string =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(average),

    zoneCity: (zone: string): string => zoneCity(zone, language),
  }
}

/** 4:09 */
export const formatCountdown = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** Slugs of lists such as specialties, for people: `tax-law` → `Tax law`. Text that is written for people stays. */
export const formatTag = (tag: string): string => {
  if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(tag)) return tag
  const words = tag.replaceAll(/[-_]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
