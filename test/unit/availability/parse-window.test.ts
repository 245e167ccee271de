import { describe, expect, it } from 'vitest'
import { parseWindow } from '#availability/slots/parse-window'
import { DomainError } from '#shared/errors'
import { at } from './make-rules'

const parse = (start: string, end: string, timeZone = 'UTC') => parseWindow({ start, end, timeZone })

const refusal = (...args: Parameters<typeof parse>) => {
  try {
    parse(...args)
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, paths: error.errors?.map(({ path }) => path) }
    throw error
  }
  return undefined
}

describe('parseWindow', () => {
  it('takes instants with an offset or Z as they are', () => {
    expect(parse('2026-12-01T10:00:00+01:00', '2026-12-02T00:00:00Z', 'Asia/Tokyo')).toEqual({
      start: at('2026-12-01T09:00Z'),
      end: at('2026-12-02T00:00Z'),
    })
  })

  it("takes a date as that day in the viewer's zone, the last day included", () => {
    expect(parse('2026-12-01', '2026-12-01', 'Europe/Berlin')).toEqual({
      start: at('2026-11-30T23:00Z'),
      end: at('2026-12-01T23:00Z'),
    })
    expect(parse('2026-12-01', '2026-12-01T12:00:00Z', 'Europe/Berlin')).toEqual({
      start: at('2026-11-30T23:00Z'),
      end: at('2026-12-01T12:00Z'),
    })
  })

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Africa/Cairo', '2026-04-24', 23],
    ['America/Havana', '2026-11-01', 25],
  ])('knows that %s has on %s %d hours', (timeZone, date, length) => {
    const { start, end } = parse(date, date, timeZone)
    expect((end - start) / 3_600_000).toBe(length)
  })

  it('takes 62 dates and refuses 63, also where the clocks change meanwhile', () => {
    for (const timeZone of ['UTC', 'Europe/Berlin', 'America/Santiago']) {
      expect(refusal('2026-03-01', '2026-05-01', timeZone)).toBeUndefined()
      expect(refusal('2026-10-01', '2026-12-01', timeZone)).toBeUndefined()
      expect(refusal('2026-03-01', '2026-05-02', timeZone)).toEqual({ code: 'invalid_request', paths: ['end'] })
      expect(refusal('2026-10-01', '2026-12-02', timeZone)).toEqual({ code: 'invalid_request', paths: ['end'] })
    }
  })

  it('takes 62 times 24 hours and refuses a second more', () => {
    expect(refusal('2026-03-01T00:00:00Z', '2026-05-02T00:00:00Z', 'Europe/Berlin')).toBeUndefined()
    expect(refusal('2026-06-01T00:00:00Z', '2026-08-02T00:00:01Z', 'Europe/Berlin')).toEqual({
      code: 'invalid_request',
      paths: ['end'],
    })
  })

  it.each([
    ['2026-02-30', '2026-03-01', ['start']],
    ['2026-02-01', '2026-02-29', ['end']],
    ['2026-02-30T10:00:00Z', '2026-03-01', ['start']],
    ['2026-12-01T10:00:00', '2026-12-02', ['start']],
    ['2026-12-01T10:00:00 01:00', '2026-12-02', ['start']],
    ['2026-12-01T10:00:00[Europe/Berlin]', '2026-12-02', ['start']],
    ['2026-12-01T25:00:00Z', '2026-12-02', ['start']],
    ['1764547200000', '2026-12-02', ['start']],
    ['tomorrow', 'later', ['start', 'end']],
    ['', '2026-12-02', ['start']],
    ['+012026-12-01', '2026-12-02', ['start']],
    ['9999-12-31', '9999-12-31', ['start', 'end']],
    ['1969-12-31T23:59:59Z', '1970-01-02', ['start']],
    ['2099-12-01', '2101-01-01', ['end']],
    ['2026-12-02', '2026-12-01', ['end']],
    ['2026-12-01T10:00:00Z', '2026-12-01T10:00:00Z', ['end']],
    ['2026-12-01T10:00:00Z', '2026-12-01T10:00:00+01:00', ['end']],
  ])('refuses %j to %j', (start, end, paths) => {
    expect(refusal(start, end)).toEqual({ code: 'invalid_request', paths })
  })

  it.each(['Mars/Olympus', '', '+01:00', 'Europe/Berlin; DROP TABLE', 'x'.repeat(1000)])(
    'refuses the zone %j',
    (timeZone) => {
      expect(refusal('2026-12-01', '2026-12-02', timeZone)).toEqual({ code: 'invalid_request', paths: ['timeZone'] })
    },
  )
})
