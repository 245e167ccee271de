import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { parseCalendarDay, weekdayOf } from '#availability/rules/calendar-day'
import { zoneOffsets } from '#availability/rules/zone-offsets'

const toWall = (text: string) => Date.parse(`${text}Z`)
const isoOf = (epochMs: number) => new Date(epochMs).toISOString()

describe('toInstant', () => {
  it.each([
    // Zone, wall time, instant: what Temporal's `compatible` gives, written out.
    ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00:00.000Z'],
    ['Africa/Cairo', '2026-10-29T23:30', '2026-10-29T20:30:00.000Z'],
    ['Asia/Beirut', '2026-03-29T00:15', '2026-03-28T22:15:00.000Z'],
    ['Asia/Beirut', '2026-10-24T23:15', '2026-10-24T20:15:00.000Z'],
    ['America/Santiago', '2026-09-06T00:30', '2026-09-06T04:30:00.000Z'],
    ['America/Santiago', '2026-04-04T23:30', '2026-04-05T02:30:00.000Z'],
    ['Atlantic/Azores', '2026-03-29T00:30', '2026-03-29T01:30:00.000Z'],
    ['Atlantic/Azores', '2026-10-25T00:30', '2026-10-25T00:30:00.000Z'],
    ['America/Havana', '2026-03-08T00:30', '2026-03-08T05:30:00.000Z'],
    ['America/Havana', '2026-11-01T00:30', '2026-11-01T04:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
    ['Asia/Kolkata', '2026-06-01T09:00', '2026-06-01T03:30:00.000Z'],
    ['Asia/Kathmandu', '2026-06-01T09:00', '2026-06-01T03:15:00.000Z'],
    ['UTC', '2026-12-31T23:59', '2026-12-31T23:59:00.000Z'],
  ])('%s %s', (timeZone, wall, instant) => {
    const expected = Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    expect(isoOf(expected.epochMilliseconds)).toBe(instant)
    expect(isoOf(zoneOffsets(timeZone).toInstant(toWall(wall)))).toBe(instant)
  })
})

it('agrees with Temporal all through a year, on offsets and on the first instant of a day, in zones of all kinds', () => {
  for (const timeZone of Intl.supportedValuesOf('timeZone').filter((_, index) => index % 12 === 0)) {
    const zone = zoneOffsets(timeZone)
    for (let ms = Date.UTC(2025, 11, 20); ms < Date.UTC(2027, 0, 10); ms += 18 * 3_600_000) {
      const clock = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
      expect(zone.offsetAt(ms), `${timeZone} ${isoOf(ms)}`).toBe(clock.offsetNanoseconds / 1e6)
      const day = Math.floor(ms / 86_400_000)
      const startOfDay = Temporal.PlainDate.from(isoOf(ms).slice(0, 10)).toZonedDateTime(timeZone).epochMilliseconds
      expect(zone.startOfDay(day), `${timeZone} ${isoOf(ms)}`).toBe(startOfDay)
      expect(zone.dayAt(startOfDay)).toBe(day)
      expect(zone.dayAt(startOfDay - 1)).toBe(day - 1)
    }
  }
})

it('finds the transition itself when the gap swallows midnight', () => {
  // Toronto went from 23:30 to 00:30 in 1919; the day began at 00:30.
  const startOfDay = Temporal.PlainDate.from('1919-03-31').toZonedDateTime('America/Toronto')
  expect(startOfDay.toPlainTime().toString()).toBe('00:30:00')
  const day = parseCalendarDay('1919-03-31') ?? Number.NaN
  expect(zoneOffsets('America/Toronto').startOfDay(day)).toBe(startOfDay.epochMilliseconds)
})

it('refuses a zone that does not exist, every time', () => {
  expect(() => zoneOffsets('Mars/Olympus')).toThrow(RangeError)
  expect(() => zoneOffsets('Mars/Olympus')).toThrow(RangeError)
})

describe('calendar days', () => {
  it.each(['2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-1-1', '', '2026-01-01T00:00'])(
    'knows that %j is no date',
    (date) => expect(parseCalendarDay(date)).toBeUndefined(),
  )

  it('counts days and weekdays, before 1970 too', () => {
    expect(parseCalendarDay('2024-02-29')).toBe(Date.UTC(2024, 1, 29) / 86_400_000)
    expect(['1969-12-29', '1970-01-01', '2026-03-29'].map((date) => weekdayOf(parseCalendarDay(date) ?? 0))).toEqual([
      'monday',
      'thursday',
      'sunday',
    ])
  })
})
