import { Temporal } from 'temporal-polyfill'
import type { ExternalEvent } from '../entries/external-event'

/** An interval in which somebody is not free; epoch milliseconds. */
export type BusyInterval = { start: number; end: number }

const instantOf = (time: ExternalEvent['start'], timeZone: string): number => {
  if (time === null) return NaN
  if ('at' in time) return time.at
  try {
    return Temporal.PlainDate.from(time.date).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    return NaN
  }
}

/**
 * When an event keeps the owner of its calendar from being booked. A whole day is that day in the calendar's zone.
 * @returns undefined for everything else, and for events that cannot be understood: one of them never stops a sync.
 */
export const computeBusyTime = (event: ExternalEvent, timeZone: string): BusyInterval | undefined => {
  if (event.isCancelled || !event.isBusy) return undefined
  const interval = { start: instantOf(event.start, timeZone), end: instantOf(event.end, timeZone) }
  return interval.end > interval.start ? interval : undefined
}
