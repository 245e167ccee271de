import { dateOf, daysBetween } from './dates'
import { formatShort, formatTime } from './format'

/** "today, 14:30", "tomorrow, 09:00" or "Tue 1 Dec, 09:00", by the calendar of a zone. */
export const formatSoon = (instant: string, { timeZone, now }: { timeZone: string; now: number }): string => {
  const days = daysBetween(dateOf(now, timeZone), dateOf(instant, timeZone))
  if (days !== 0 && days !== 1) return formatShort(instant, { timeZone })
  const day = new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(days, 'day')
  return `${day}, ${formatTime(instant, { timeZone })}`
}
