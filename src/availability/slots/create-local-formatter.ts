import { formatCalendarDay } from '../rules/calendar-day'
import { zoneOffsets } from '../rules/zone-offsets'
import { dayMs, minuteMs } from '#shared/time'

const two = (number: number): string => String(number).padStart(2, '0')

/** `HH:MM:00` of every minute of a day: nearly all that is ever formatted starts on a full minute. */
const minuteTexts = Array.from(
  { length: 1440 },
  (_, minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`,
)

const formatOffset = (offsetMs: number): string => {
  const minutes = Math.abs(offsetMs) / minuteMs
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

const formatTime = (msOfDay: number): string => {
  const text = minuteTexts[Math.floor(msOfDay / minuteMs)] ?? ''
  const rest = msOfDay % minuteMs
  if (rest === 0) return text
  const ms = rest % 1000
  const seconds = `${text.slice(0, 6)}${two(Math.floor(rest / 1000))}`
  return ms === 0 ? seconds : `${seconds}.${String(ms).padStart(3, '0')}`
}

export type LocalTime = {
  /** YYYY-MM-DD in the zone. */
  date: string
  /** ISO 8601 with the zone's offset, for example 2026-12-01T10:00:00+01:00. */
  iso: string
}

/**
 * A formatter for many instants (epoch milliseconds) in one zone; neighbours share their date and offset, so in-order
 * use is cheap. Offsets are printed in whole minutes, as RFC 3339 wants them; should a zone have seconds (Monrovia
 * before 1972), the shown wall time gives way, never the instant.
 * @throws RangeError when there is no such zone.
 */
export const createLocalFormatter = (timeZone: string): ((epochMs: number) => LocalTime) => {
  const zone = zoneOffsets(timeZone)
  let day = Number.NaN
  let offset = Number.NaN
  let date = ''
  let suffix = ''
  return (epochMs) => {
    const nowOffset = Math.round(zone.offsetAt(epochMs) / minuteMs) * minuteMs
    const local = epochMs + nowOffset
    const nowDay = Math.floor(local / dayMs)
    if (nowOffset !== offset) {
      offset = nowOffset
      suffix = formatOffset(offset)
    }
    if (nowDay !== day) {
      day = nowDay
      date = formatCalendarDay(day)
    }
    return { date, iso: `${date}T${formatTime(local - day * dayMs)}${suffix}` }
  }
}
