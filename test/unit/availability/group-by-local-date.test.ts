import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { createLocalFormatter } from '#availability/slots/create-local-formatter'
import { groupByLocalDate } from '#availability/slots/group-by-local-date'
import { at } from './make-rules'

const slot = (start: string, minutes: number) => ({ start: at(start), end: at(start) + minutes * 60_000 })

describe('groupByLocalDate', () => {
  it('shows each slot with the offset of the zone at that instant', () => {
    const slots = [slot('2026-12-01T09:00Z', 30), slot('2026-12-01T22:30Z', 60), slot('2026-12-03T09:00Z', 30)]
    const grouped = groupByLocalDate(slots, 'Europe/Berlin')
    expect(grouped).toEqual({
      '2026-12-01': [
        { start: '2026-12-01T10:00:00+01:00', end: '2026-12-01T10:30:00+01:00' },
        { start: '2026-12-01T23:30:00+01:00', end: '2026-12-02T00:30:00+01:00' },
      ],
      '2026-12-03': [{ start: '2026-12-03T10:00:00+01:00', end: '2026-12-03T10:30:00+01:00' }],
    })
    expect(Object.keys(grouped)).toEqual(['2026-12-01', '2026-12-03'])
    expect(Object.keys(groupByLocalDate(slots, 'Pacific/Kiritimati'))).toEqual([
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
    ])
  })

  it('changes the offset within a day when the clocks change', () => {
    expect(groupByLocalDate([slot('2026-10-25T00:30Z', 60), slot('2026-10-25T01:30Z', 60)], 'Europe/Berlin')).toEqual({
      '2026-10-25': [
        { start: '2026-10-25T02:30:00+02:00', end: '2026-10-25T02:30:00+01:00' },
        { start: '2026-10-25T02:30:00+01:00', end: '2026-10-25T03:30:00+01:00' },
      ],
    })
  })

  it('is an empty object without slots', () => {
    expect(groupByLocalDate([], 'Asia/Tokyo')).toEqual({})
  })

  it('refuses a zone that does not exist', () => {
    expect(() => groupByLocalDate([], 'Mars/Olympus')).toThrow(RangeError)
  })
})

describe('createLocalFormatter', () => {
  it.each(['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'America/Havana', 'Pacific/Chatham'])(
    'writes what Temporal writes: %s',
    (timeZone) => {
      const format = createLocalFormatter(timeZone)
      for (let ms = at('2026-01-01T00:00Z'); ms < at('2027-01-01T00:00Z'); ms += 5 * 3_600_000 + 17 * 60_000) {
        const clock = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
        expect(format(ms)).toEqual({
          date: clock.toPlainDate().toString(),
          iso: clock.toString({ timeZoneName: 'never' }),
        })
      }
    },
  )

  it('keeps seconds and milliseconds', () => {
    expect(createLocalFormatter('UTC')(at('2026-01-01T10:20:30.004Z')).iso).toBe('2026-01-01T10:20:30.004+00:00')
    expect(createLocalFormatter('UTC')(at('2026-01-01T10:20:30Z')).iso).toBe('2026-01-01T10:20:30+00:00')
  })

  it('keeps the instant where a zone had seconds in its offset', () => {
    const instant = at('1971-06-01T12:00:00Z')
    expect(Date.parse(createLocalFormatter('Africa/Monrovia')(instant).iso)).toBe(instant)
  })
})
