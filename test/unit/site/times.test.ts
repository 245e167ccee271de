import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dateOf, endOfDay, minutesAhead } from '#app/(site)/_lib/dates'
import { formatTime } from '#app/(site)/_lib/format'
import { nearestSlots } from '#app/(site)/_lib/nearest-slots'
import { formatSoon } from '#app/(site)/_lib/relative-day'
import { theirTime, zoneDifferenceText } from '#app/(site)/_lib/their-time'
import { filterZones, listZones } from '#app/(site)/_lib/zones'
import { googleCalendarUrl } from '#app/(site)/_lib/calendar-links'

beforeAll(() => vi.stubGlobal('navigator', { languages: ['de-AT', 'en-GB'] }))
afterAll(() => vi.unstubAllGlobals())

describe('endOfDay', () => {
  it('is the first instant of the next day, on days of 23 and 25 hours as well', () => {
    expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T22:00:00Z')
    expect(endOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-25T23:00:00Z')
  })

  it('is one o’clock where midnight does not exist', () => {
    expect(endOfDay('2026-04-23', 'Africa/Cairo')).toBe('2026-04-23T22:00:00Z')
  })
})

describe('theirTime', () => {
  const at = '2026-12-01T22:00:00Z'

  it('is nothing when both clocks agree, whatever the zones are called', () => {
    expect(theirTime(at, { visitorZone: 'Europe/Berlin', expertZone: 'Europe/Paris' })).toBeUndefined()
  })

  it('names the day when it is another one', () => {
    expect(theirTime(at, { visitorZone: 'Europe/London', expertZone: 'Asia/Tokyo' })).toBe('07:00 there, next day')
    expect(theirTime('2026-12-01T02:00:00Z', { visitorZone: 'Europe/London', expertZone: 'America/New_York' })).toBe(
      '21:00 there, day before',
    )
    expect(theirTime(at, { visitorZone: 'Europe/London', expertZone: 'Asia/Kolkata' })).toBe('03:30 there, next day')
  })

  it('follows the offset of that moment', () => {
    // The United States change their clocks three weeks before Europe does.
    expect(minutesAhead({ zone: 'Europe/London', reference: 'America/New_York', at: '2026-03-20T12:00:00Z' })).toBe(240)
    expect(minutesAhead({ zone: 'Europe/London', reference: 'America/New_York', at: '2026-04-20T12:00:00Z' })).toBe(300)
  })
})

describe('zoneDifferenceText', () => {
  const text = (visitorZone: string, expertZone: string): string | undefined =>
    zoneDifferenceText({ name: 'Kenji', at: '2026-12-01T12:00:00Z', visitorZone, expertZone })

  it('says who is ahead, by hours and minutes', () => {
    expect(text('Europe/London', 'Asia/Kolkata')).toBe('Kenji is in Kolkata, 5 hours 30 minutes ahead of you.')
    expect(text('Europe/London', 'America/St_Johns')).toBe('Kenji is in St Johns, 3 hours 30 minutes behind you.')
    expect(text('Europe/London', 'Europe/Lisbon')).toBeUndefined()
  })
})

describe('formatTime', () => {
  it('has the hours of the visitor’s kind of English', () => {
    expect(formatTime('2026-12-01T07:05:00Z', { timeZone: 'UTC' })).toBe('07:05')
    vi.stubGlobal('navigator', { languages: ['en-US'] })
    expect(formatTime('2026-12-01T07:05:00Z', { timeZone: 'UTC' })).toMatch(/^7:05\sAM$/)
    vi.stubGlobal('navigator', { languages: ['de-AT', 'en-GB'] })
  })
})

describe('formatSoon', () => {
  const now = Date.parse('2026-12-01T23:30:00Z')
  const soon = (instant: string, timeZone: string): string => formatSoon(instant, { timeZone, now })

  it('counts days by the calendar of the zone', () => {
    expect(soon('2026-12-02T00:30:00Z', 'UTC')).toBe('tomorrow, 00:30')
    expect(soon('2026-12-02T00:30:00Z', 'Europe/Berlin')).toBe('today, 01:30')
    expect(soon('2026-12-05T10:00:00Z', 'UTC')).toBe('Sat 5 Dec, 10:00')
    expect(dateOf(now, 'Europe/Berlin')).toBe('2026-12-02')
  })
})

describe('nearestSlots', () => {
  const slot = (start: string) => ({ start, end: start, price: { amount: 0, currency: 'GBP' } })
  const answer = {
    timeZone: 'UTC',
    durationMinutes: 30,
    slots: {
      '2026-12-01': [slot('2026-12-01T08:00:00Z'), slot('2026-12-01T10:00:00Z'), slot('2026-12-01T11:00:00+00:00')],
      '2026-12-02': [slot('2026-12-02T10:00:00Z')],
    },
  }

  it('takes the nearest on both sides in order of time, without the wanted one', () => {
    expect(nearestSlots(answer, '2026-12-01T10:00:00Z', 2).map(({ start }) => start)).toEqual([
      '2026-12-01T08:00:00Z',
      '2026-12-01T11:00:00+00:00',
    ])
  })
})

describe('filterZones', () => {
  const zones = listZones({ now: Date.parse('2026-12-01T12:00:00Z'), current: 'Europe/Berlin' })
  const first = (typed: string): string | undefined => filterZones(zones, typed)[0]?.zone

  it('finds by the beginning of a city, by region, offset and name, without accents', () => {
    expect(first('new yo')).toBe('America/New_York')
    expect(first('são pau')).toBe('America/Sao_Paulo')
    expect(first('asia tok')).toBe('Asia/Tokyo')
    expect(filterZones(zones, 'GMT+5:30').map(({ city }) => city)).toContain('Colombo')
    expect(filterZones(zones, 'nowhere at all')).toEqual([])
  })

  it('keeps the present zone in the list, even under an old name', () => {
    const old = listZones({ now: 0, current: 'Asia/Calcutta' })
    expect(filterZones(old, 'kolkata').map(({ zone }) => zone)).toContain('Asia/Calcutta')
  })
})

describe('googleCalendarUrl', () => {
  it('writes instants in UTC, whatever their offset', () => {
    const url = new URL(
      googleCalendarUrl({
        title: 'Call',
        start: '2026-12-01T10:00:00+01:00',
        end: '2026-12-01T09:20:00Z',
        details: 'PY-1',
        location: null,
      }),
    )
    expect(url.searchParams.get('dates')).toBe('20261201T090000Z/20261201T092000Z')
  })
})
