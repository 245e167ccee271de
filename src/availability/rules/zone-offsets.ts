import { Temporal } from 'temporal-polyfill'
import { dayMs } from '#shared/time'

/**
 * A zone's clock as plain numbers. Temporal is the source of every offset and of the rules, but one call of it costs
 * microseconds and the slot list needs hundreds of conversions; so its transitions are read once a year and zone.
 */
export type ZoneOffsets = {
  /** What the zone's clock is ahead of UTC at an instant; milliseconds, negative west of Greenwich. */
  offsetAt: (epochMs: number) => number
  /**
   * The instant of a wall-clock time, given as if it were UTC (epoch milliseconds). Temporal's `compatible`, as in RFC
   * 5545: a time that does not exist moves forward by the gap, one that exists twice is the first.
   */
  toInstant: (wallMs: number) => number
  /** The first instant of a calendar day, which need not be midnight. `day` counts from 1970-01-01. */
  startOfDay: (day: number) => number
  /** The calendar day at an instant. */
  dayAt: (epochMs: number) => number
}

/** `offsets[i]` holds from `starts[i]` to `starts[i + 1]`. Reaches two days over the year, further than any offset. */
type YearOffsets = { from: number; to: number; starts: number[]; offsets: number[] }

const marginMs = 2 * dayMs

const readYear = (timeZone: string, year: number): YearOffsets => {
  const from = Date.UTC(year, 0, 1)
  const to = Date.UTC(year + 1, 0, 1)
  let clock = Temporal.Instant.fromEpochMilliseconds(from - marginMs).toZonedDateTimeISO(timeZone)
  const starts = [-Infinity]
  const offsets = [clock.offsetNanoseconds / 1e6]
  for (;;) {
    const next = clock.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds > to + marginMs) return { from, to, starts, offsets }
    starts.push(next.epochMilliseconds)
    offsets.push(next.offsetNanoseconds / 1e6)
    clock = next
  }
}

const maxYearsPerZone = 200

const createZoneOffsets = (timeZone: string): ZoneOffsets => {
  const years = new Map<number, YearOffsets>()
  let last: YearOffsets | undefined

  const yearAt = (ms: number): YearOffsets => {
    if (last && ms >= last.from && ms < last.to) return last
    const year = new Date(ms).getUTCFullYear()
    let found = years.get(year)
    if (!found) {
      found = readYear(timeZone, year)
      if (years.size >= maxYearsPerZone) years.clear()
      years.set(year, found)
    }
    last = found
    return found
  }

  const offsetAt = (epochMs: number): number => {
    const { starts, offsets } = yearAt(epochMs)
    let index = starts.length - 1
    while ((starts[index] ?? -Infinity) > epochMs) index--
    return offsets[index] ?? 0
  }

  /** The instant, and for a time in a gap the transition that skipped it. */
  const resolve = (wallMs: number): { instant: number; skippedAt: number | undefined } => {
    const { starts, offsets } = yearAt(wallMs)
    for (const [index, offset] of offsets.entries()) {
      const instant = wallMs - offset
      const start = starts[index] ?? -Infinity
      if (instant < start) {
        // Too late for the offset before and too early for this one: a gap, over which the offset before it carries.
        return { instant: wallMs - (offsets[index - 1] ?? offset), skippedAt: start }
      }
      if (instant < (starts[index + 1] ?? Infinity)) return { instant, skippedAt: undefined }
    }
    throw new RangeError(`Not a wall-clock time of ${timeZone}: ${wallMs}.`)
  }

  return {
    offsetAt,
    toInstant: (wallMs) => resolve(wallMs).instant,
    startOfDay: (day) => {
      const { instant, skippedAt } = resolve(day * dayMs)
      return skippedAt ?? instant
    },
    dayAt: (epochMs) => Math.floor((epochMs + offsetAt(epochMs)) / dayMs),
  }
}

const zones = new Map<string, ZoneOffsets>()
// More than there are IANA names; names differ in case, so without a bound a caller could grow it.
const maxZones = 1000

/**
 * The clock of an IANA zone; cached per process, as zone data only change with the runtime.
 * @throws RangeError when there is no such zone (at the latest when it is first asked).
 */
export const zoneOffsets = (timeZone: string): ZoneOffsets => {
  let found = zones.get(timeZone)
  if (!found) {
    found = createZoneOffsets(timeZone)
    // An unknown name must not stay in the cache.
    found.offsetAt(0)
    if (zones.size >= maxZones) zones.clear()
    zones.set(timeZone, found)
  }
  return found
}
