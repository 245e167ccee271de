import { describe, expect, it } from 'vitest'
import { dateOf, endOfDay, minutesAhead } from '#app/(site)/_lib/dates'
import { nearestSlots } from '#app/(site)/_lib/nearest-slots'
import { textsIn } from '#app/(site)/_lib/texts'
import { theirTime, zoneDifferenceText } from '#app/(site)/_lib/their-time'
import { filterZones, listZones } from '#app/(site)/_lib/zones'
import { googleCalendarUrl } from '#app/(site)/_lib/calendar-links'

const english = textsIn({ language: 'en', locale: 'en-GB' })
const german = textsIn({ language: 'de', locale: 'de-AT' })

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
    expect(theirTime(at, { visitorZone: 'Europe/Berlin', expertZone: 'Europe/Paris' }, english)).toBeUndefined()
  })

  it('names the day when it is another one', () => {
    expect(theirTime(at, { visitorZone: 'Europe/London', expertZone: 'Asia/Tokyo' }, english)).toBe(
      '07:00 there, next day',
    )
    expect(
      theirTime('2026-12-01T02:00:00Z', { visitorZone: 'Europe/London', expertZone: 'America/New_York' }, english),
    ).toBe('21:00 there, day before')
    expect(theirTime(at, { visitorZone: 'Europe/London', expertZone: 'Asia/Kolkata' }, english)).toBe(
      '03:30 there, next day',
    )
  })

  it('follows the offset of that moment', () => {
    // The United States change their clocks three weeks before Europe does.
    expect(minutesAhead({ zone: 'Europe/London', reference: 'America/New_York', at: '2026-03-20T12:00:00Z' })).toBe(240)
    expect(minutesAhead({ zone: 'Europe/London', reference: 'America/New_York', at: '2026-04-20T12:00:00Z' })).toBe(300)
  })
})

describe('zoneDifferenceText', () => {
  const text = (visitorZone: string, expertZone: string): string | undefined =>
    zoneDifferenceText({ name: 'Kenji', at: '2026-12-01T12:00:00Z', visitorZone, expertZone }, english)

  it('says who is ahead, by hours and minutes', () => {
    expect(text('Europe/London', 'Asia/Kolkata')).toBe('Kenji is in Kolkata, 5 hours 30 minutes ahead of you.')
    expect(text('Europe/London', 'America/St_Johns')).toBe('Kenji is in St Johns, 3 hours 30 minutes behind you.')
    expect(text('Europe/London', 'Europe/Lisbon')).toBeUndefined()
  })
})

describe('times and dates', () => {
  const at = '2026-12-01T15:05:00Z'
  const utc = { timeZone: 'UTC' }

  it('have the hours of the visitor’s kind of English', () => {
    expect(english.formats.time(at, utc)).toBe('15:05')
    expect(textsIn({ language: 'en', locale: 'en-US' }).formats.time(at, utc)).toMatch(/^3:05\sPM$/)
  })

  it('are written in the language of the page', () => {
    const { formats } = german
    expect(formats.day(at, utc)).toBe('Dienstag, 1. Dezember 2026')
    expect(formats.short(at, utc)).toBe('Di., 1. Dez., 15:05')
    expect(formats.dayOfMonth('2026-12-01')).toBe('1')
    expect(formats.month(at, utc)).toBe('Dezember 2026')
    expect(formats.languageName('ja')).toBe('Japanisch')
    expect(formats.rating(4.66)).toBe('4,7')
  })

  const now = Date.parse('2026-12-01T23:30:00Z')
  const soon = (instant: string, timeZone: string): string => english.formats.soon(instant, { timeZone, now })

  it('soon to come are counted by the calendar of the zone', () => {
    expect(soon('2026-12-02T00:30:00Z', 'UTC')).toBe('tomorrow, 00:30')
    expect(soon('2026-12-02T00:30:00Z', 'Europe/Berlin')).toBe('today, 01:30')
    expect(soon('2026-12-05T10:00:00Z', 'UTC')).toBe('Sat 5 Dec, 10:00')
    expect(german.formats.soon('2026-12-02T00:30:00Z', { ...utc, now })).toBe('morgen, 00:30')
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
  const zones = listZones({ now: Date.parse('2026-12-01T12:00:00Z'), current: 'Europe/Berlin', language: 'en' })
  const first = (typed: string): string | undefined => filterZones(zones, typed)[0]?.zone

  it('finds by the beginning of a city, by region, offset and name, without accents', () => {
    expect(first('new yo')).toBe('America/New_York')
    expect(first('são pau')).toBe('America/Sao_Paulo')
    expect(first('asia tok')).toBe('Asia/Tokyo')
    expect(filterZones(zones, 'GMT+5:30').map(({ city }) => city)).toContain('Colombo')
    expect(filterZones(zones, 'nowhere at all')).toEqual([])
  })

  it('keeps the present zone in the list, even under an old name', () => {
    const old = listZones({ now: 0, current: 'Asia/Calcutta', language: 'en' })
    expect(filterZones(old, 'kolkata').map(({ zone }) => zone)).toContain('Asia/Calcutta')
  })
})

describe('zones in German', () => {
  const zones = listZones({ now: Date.parse('2026-12-01T12:00:00Z'), current: 'Asia/Calcutta', language: 'de' })

  it('have German names, and are found by English ones as well', () => {
    const found = (typed: string) => filterZones(zones, typed)[0]
    expect(found('wien')).toMatchObject({ zone: 'Europe/Vienna', city: 'Wien', region: 'Europa' })
    expect(found('vienna')?.city).toBe('Wien')
    expect(found('kalkutta')?.zone).toBe('Asia/Calcutta')
    expect(german.formats.zoneCity('America/New_York')).toBe('New York')
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
