import { Temporal } from 'temporal-polyfill'
import type { ExternalEvent } from '../entries/external-event'

/** An interval in which somebody is not free; epoch milliseconds. */
export type BusyInterval = { start: number; end: number }

const instantOf = (time: ExternalEvent['start'], timeZone: string): number => {
  if (time?.dateTime) return Date.parse(time.dateTime)
  if (!time?.date) return NaN
  try {
    return Temporal.PlainDate.from(time.date).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    return NaN
  }
}

const isDeclined = ({ attendees }: ExternalEvent): boolean =>
  (attendees ?? []).some(({ self, responseStatus }) => self === true && responseStatus === 'declined')

/**
 * When an event keeps the owner of its calendar from being booked. Busy is what is not cancelled, not marked as free, not declined by the
 * owner and not a place of work; out-of-office and focus time are busy. A whole day is that day in the calendar's zone.
 * @returns undefined for everything else, and for events that cannot be understood: one of them never stops a sync.
 */
export const computeBusyTime = (event: ExternalEvent, timeZone: string): BusyInterval | undefined => {
  if (event.status === 'cancelled' || event.transparency === 'transparent') return undefined
  if (event.eventType === 'workingLocation' || isDeclined(event)) return undefined
  const interval = { start: instantOf(event.start, timeZone), end: instantOf(event.end, timeZone) }
  return interval.end > interval.start ? interval : undefined
}
