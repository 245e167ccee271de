import { dateTimeFormat } from '#shared/date-time-format'

/** How a recipient reads times: `locale` decides the order and the words, `timeZone` (IANA) the clock. */
export type TimeView = { locale: string; timeZone: string }

/** Intl puts narrow and thin spaces around times, and not the same ones in every version; some mail programs show boxes. */
const plainSpaces = (text: string): string => text.replace(/[\u00A0\u2009\u202F]/g, ' ')

const format = (instant: number, { locale, timeZone }: TimeView, options: Intl.DateTimeFormatOptions): string =>
  plainSpaces(dateTimeFormat(locale, { ...options, timeZone }).format(instant))

const zonePart = (instant: number, { locale, timeZone }: TimeView, timeZoneName: 'short' | 'long'): string =>
  plainSpaces(
    dateTimeFormat(locale, { timeZone, timeZoneName })
      .formatToParts(instant)
      .find((part) => part.type === 'timeZoneName')?.value ?? timeZone,
  )

/** The zone if it is one, otherwise UTC: a mail with a wrong zone in its recipient still has to go out. */
export const knownTimeZone = (timeZone: string | null | undefined): string => {
  if (!timeZone) return 'UTC'
  try {
    dateTimeFormat('en', { timeZone })
    // As it was given: the name that Intl makes of it can be an older one (Asia/Calcutta).
    return timeZone
  } catch {
    return 'UTC'
  }
}

/** "Tuesday, 1 December 2026" */
export const formatDate = (instant: number, view: TimeView): string =>
  format(instant, view, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** "10:00" or "10:00 AM" */
export const formatTime = (instant: number, view: TimeView): string =>
  format(instant, view, { hour: '2-digit', minute: '2-digit' })

/** "10:00 – 10:30"; says the day of the end where that is another one, and the zones where the clocks change between. */
export const formatTimeRange = (startsAt: number, endsAt: number, view: TimeView): string => {
  const zones = [zonePart(startsAt, view, 'short'), zonePart(endsAt, view, 'short')]
  const [startZone, endZone] = zones[0] === zones[1] ? ['', ''] : [` ${zones[0]}`, ` ${zones[1]}`]
  const endDay =
    formatDate(startsAt, view) === formatDate(endsAt, view) ? '' : ` (${format(endsAt, view, { weekday: 'long' })})`
  return `${formatTime(startsAt, view)}${startZone} – ${formatTime(endsAt, view)}${endZone}${endDay}`
}

/** "Central European Standard Time (Europe/Berlin)" */
export const formatZone = (instant: number, view: TimeView): string =>
  `${zonePart(instant, view, 'long')} (${view.timeZone})`

/** "Tuesday, 1 December 2026, 10:00 CET": one instant, complete in itself. */
export const formatInstant = (instant: number, view: TimeView): string =>
  `${formatDate(instant, view)}, ${formatTime(instant, view)} ${zonePart(instant, view, 'short')}`
