import type ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { findIana } from 'windows-iana'
import { isTimeZone } from '#shared/input'

/** The IANA name of what a calendar calls a zone: its own name, a path that ends in one, or one of Windows. */
export const toIanaZone = (tzid: string): string | undefined => {
  const name = tzid.replace(/^"|"$/g, '')
  if (isTimeZone(name)) return name
  // Mozilla and others write "/freeassociation.sourceforge.net/Europe/Berlin".
  const tail = /[A-Za-z_]+\/[A-Za-z_+\-0-9]+(?:\/[A-Za-z_]+)?$/.exec(name)?.[0]
  if (tail !== undefined && isTimeZone(tail)) return tail
  return findIana(name)[0]
}

/**
 * The instant (epoch ms) of a date or a time in a calendar.
 * @param tzid the zone that it names; a zone that is defined in the calendar itself is used as it is defined there.
 * @param fallback IANA zone of times that name none, and of whole days.
 */
export const wallToInstant = (time: ICAL.Time, tzid: string | undefined, fallback: string): number => {
  if (time.zone?.tzid === 'UTC') return time.toUnixTime() * 1000
  const iana = tzid === undefined ? fallback : toIanaZone(tzid)
  if (iana === undefined && time.zone && time.zone.tzid !== 'floating') return time.toUnixTime() * 1000
  return Temporal.PlainDateTime.from({
    year: time.year,
    month: time.month,
    day: time.day,
    hour: time.isDate ? 0 : time.hour,
    minute: time.isDate ? 0 : time.minute,
    second: time.isDate ? 0 : Math.min(time.second, 59),
  }).toZonedDateTime(iana ?? fallback).epochMilliseconds
}
