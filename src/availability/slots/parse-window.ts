import { Temporal } from 'temporal-polyfill'
import { DomainError, type FieldError } from '#shared/errors'
import { isTimeZone } from '#shared/input'
import { parseCalendarDay } from '../rules/calendar-day'
import type { Interval } from '../types'
import { type ZoneOffsets, zoneOffsets } from '../rules/zone-offsets'
import { dayMs } from '#shared/time'

/** The longest window that can be asked for, in days. */
export const maxWindowDays = 62

// The range in which the zones' rules mean anything, and far from the limits of every type that stores an instant.
const firstInstant = 0
const lastInstant = Date.UTC(2100, 0, 1)
const isInRange = (instant: number) => instant >= firstInstant && instant <= lastInstant
const rangeFault = 'must lie between 1970 and 2100'

type Edge = 'start' | 'end'

const parseEdge = (value: string, edge: Edge, zone: ZoneOffsets): { instant: number } | { fault: string } => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const day = parseCalendarDay(value)
    if (day === undefined) return { fault: `there is no date ${value}` }
    // Range first: a zone's table is read per year, and nobody may make it read the year 9999.
    if (!isInRange(day * dayMs)) return { fault: rangeFault }
    return { instant: zone.startOfDay(edge === 'end' ? day + 1 : day) }
  }
  try {
    const instant = Temporal.Instant.from(value).epochMilliseconds
    return isInRange(instant) ? { instant } : { fault: rangeFault }
  } catch {
    return {
      fault:
        'must be a date such as 2026-12-01, or an instant with an offset or Z such as 2026-12-01T10:00:00+01:00 (write + as %2B in a URL)',
    }
  }
}

/**
 * The window that a caller asks for, as a half-open interval of epoch milliseconds. Each edge is an instant with an
 * offset or `Z`, or a date, which is that day in `timeZone`; the end's date is included. Sixty-two days may be 62 dates
 * or 62 times 24 hours, so that the hour which a change of clocks adds refuses nobody.
 * @throws DomainError `invalid_request` that names every edge at fault.
 */
export const parseWindow = ({ start, end, timeZone }: { start: string; end: string; timeZone: string }): Interval => {
  const refuse = (errors: FieldError[]) =>
    new DomainError('invalid_request', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), { errors })

  if (!isTimeZone(timeZone)) {
    throw refuse([{ path: 'timeZone', message: 'must be an IANA time zone name such as Europe/Berlin' }])
  }
  const zone = zoneOffsets(timeZone)
  const [from, to] = [parseEdge(start, 'start', zone), parseEdge(end, 'end', zone)]
  if ('fault' in from || 'fault' in to) {
    throw refuse([
      ...('fault' in from ? [{ path: 'start', message: from.fault }] : []),
      ...('fault' in to ? [{ path: 'end', message: to.fault }] : []),
    ])
  }
  if (to.instant <= from.instant) throw refuse([{ path: 'end', message: 'must be after start' }])
  const elapsed = to.instant - from.instant
  const onTheClock = elapsed + zone.offsetAt(to.instant) - zone.offsetAt(from.instant)
  if (Math.min(elapsed, onTheClock) > maxWindowDays * dayMs) {
    throw refuse([{ path: 'end', message: `must be at most ${maxWindowDays} days after start` }])
  }
  return { start: from.instant, end: to.instant }
}
