import { zoneOffsets } from '#availability/rules/zone-offsets'
import { isTimeZone } from '../../shared/is-time-zone'
import { invalid } from '../refusal'
import type { EventBody, EventTime } from '../records'

const dayMs = 86_400_000

const instantForm = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i
const wallForm = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$/i
const dateForm = /^\d{4}-\d\d-\d\d$/

/** Whether the month has that day, which `Date` does not ask. */
const isDate = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return dateForm.test(text) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** Epoch ms of an RFC 3339 timestamp, whose offset is mandatory; whole seconds, as Google keeps them. */
export const parseInstant = (text: string): number | undefined => {
  if (!instantForm.test(text) || !isDate(text.slice(0, 10))) return undefined
  return Math.floor(Date.parse(text) / 1000) * 1000
}

/** `2026-01-05T09:00:00Z` */
export const toUtcText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** Days since 1970-01-01. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs

export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/**
 * A time of an event as it is stored: a date, or an instant with the zone that it was meant in.
 * @throws Refusal when it is none.
 */
export const readEventTime = (time: EventTime, calendarZone: string, which: 'start' | 'end'): EventTime => {
  const wrong = () => invalid(`Invalid ${which} time.`)
  const { date, dateTime, timeZone } = time
  if (timeZone && !isTimeZone(timeZone)) throw invalid(`Invalid time zone definition for ${which} time.`)
  if (date && dateTime) throw wrong()
  if (date) {
    if (!isDate(date)) throw wrong()
    return { date }
  }
  if (!dateTime) throw wrong()
  const instant = parseInstant(dateTime)
  if (instant !== undefined) return { dateTime: toUtcText(instant), timeZone: timeZone ?? calendarZone }
  if (!wallForm.test(dateTime) || !isDate(dateTime.slice(0, 10))) throw wrong()
  if (!timeZone) throw invalid(`Missing time zone definition for ${which} time.`, { reason: 'required' })
  const wall = Math.floor(Date.parse(`${dateTime}Z`) / 1000) * 1000
  return { dateTime: toUtcText(zoneOffsets(timeZone).toInstant(wall)), timeZone }
}

/** Epoch ms; a date begins with the day of the zone. Undefined for a time that is missing or broken. */
export const instantOf = (time: EventTime | undefined, zone: string): number | undefined => {
  if (time?.date) return isDate(time.date) ? zoneOffsets(zone).startOfDay(dayOf(time.date)) : undefined
  return time?.dateTime ? parseInstant(time.dateTime) : undefined
}

export type Span = { start: number; end: number }

/** When an event takes place, epoch ms; undefined for broken ones. */
export const spanOf = (body: EventBody, calendarZone: string): Span | undefined => {
  const start = instantOf(body.start, calendarZone)
  if (start === undefined) return undefined
  return { start, end: instantOf(body.end, calendarZone) ?? start }
}

/** `2026-01-05T10:00:00+01:00`; `Z` where the zone's clock shows UTC. */
export const toZonedText = (ms: number, zone: string): string => {
  const offset = zoneOffsets(zone).offsetAt(ms)
  const wall = new Date(ms + offset).toISOString().slice(0, 19)
  if (offset === 0) return `${wall}Z`
  const minutes = Math.abs(Math.round(offset / 60_000))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** A stored time as it is shown to whoever asks. Broken ones stay as they are. */
export const presentEventTime = (time: EventTime, zone: string): EventTime => {
  const ms = time.dateTime ? parseInstant(time.dateTime) : undefined
  return ms === undefined ? time : { ...time, dateTime: toZonedText(ms, zone) }
}
