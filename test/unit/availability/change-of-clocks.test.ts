import { describe, expect, it } from 'vitest'
import { daily, dates, openWindow, rulesOf, showOpen, showStarts, showTimes, weekly } from './make-rules'

const allDay = (timeZone: string) => rulesOf({ timeZone, workingHours: daily('00:00-24:00') })
const during = (timeZone: string, text: string) => rulesOf({ timeZone, workingHours: daily(text) })

describe('the length of a day', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-06-01', 24],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Africa/Cairo', '2026-04-24', 23],
    ['Africa/Cairo', '2026-10-29', 25],
    ['Asia/Beirut', '2026-03-29', 23],
    ['Asia/Beirut', '2026-10-24', 25],
    ['America/Santiago', '2026-09-06', 23],
    ['America/Santiago', '2026-04-04', 25],
    ['Atlantic/Azores', '2026-03-29', 23],
    ['Atlantic/Azores', '2026-10-25', 25],
    ['America/Havana', '2026-03-08', 23],
    ['America/Havana', '2026-11-01', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Asia/Kolkata', '2026-03-29', 24],
    ['Asia/Kathmandu', '2026-10-25', 24],
  ])('in %s on %s is %d hours, each offered once', (timeZone, date, length) => {
    const starts = showStarts(allDay(timeZone), [date])
    expect(starts).toHaveLength(length)
    expect(new Set(starts).size).toBe(length)
    expect(starts.every((start) => start.startsWith(date))).toBe(true)
  })

  it.each([
    ['2026-10-04', 47],
    ['2026-04-05', 49],
  ])('on Lord Howe on %s is %d half hours', (date, length) => {
    expect(showStarts(allDay('Australia/Lord_Howe'), [date], { durationMinutes: 30 })).toHaveLength(length)
  })
})

describe('a time that does not exist', () => {
  it('moves a start forward by the gap', () => {
    expect(showOpen(during('Europe/Berlin', '02:30-06:00'), '2026-03-29')).toEqual([
      '2026-03-29T03:30+02:00/2026-03-29T06:00+02:00',
    ])
  })

  it('moves an end forward by the gap', () => {
    expect(showOpen(during('Europe/Berlin', '01:00-02:30'), '2026-03-29')).toEqual([
      '2026-03-29T01:00+01:00/2026-03-29T03:30+02:00',
    ])
  })

  it('leaves nothing of a window that is over before it starts', () => {
    expect(showOpen(during('Europe/Berlin', '02:00-03:00'), '2026-03-29')).toEqual([])
    expect(showOpen(during('Europe/Berlin', '02:30-03:15'), '2026-03-29')).toEqual([])
  })

  it.each([
    ['Africa/Cairo', '2026-04-24', '2026-04-24T01:00+03:00'],
    ['Asia/Beirut', '2026-03-29', '2026-03-29T01:00+03:00'],
    ['America/Santiago', '2026-09-06', '2026-09-06T01:00-03:00'],
    ['Atlantic/Azores', '2026-03-29', '2026-03-29T01:00+00:00'],
    ['America/Havana', '2026-03-08', '2026-03-08T01:00-04:00'],
  ])('may be midnight: %s on %s begins at %s', (timeZone, date, first) => {
    expect(showStarts(during(timeZone, '00:00-03:00'), [date])[0]).toBe(first)
  })

  it('is half an hour long on Lord Howe', () => {
    expect(showOpen(during('Australia/Lord_Howe', '02:15-04:00'), '2026-10-04')).toEqual([
      '2026-10-04T02:45+11:00/2026-10-04T04:00+11:00',
    ])
  })
})

describe('a time that exists twice', () => {
  it('is the first, as a start and as an end', () => {
    expect(showOpen(during('Europe/Berlin', '02:30-05:00'), '2026-10-25')).toEqual([
      '2026-10-25T02:30+02:00/2026-10-25T05:00+01:00',
    ])
    expect(showOpen(during('Europe/Berlin', '01:00-02:30'), '2026-10-25')).toEqual([
      '2026-10-25T01:00+02:00/2026-10-25T02:30+02:00',
    ])
  })

  it('is offered both times inside a window: the grid is elapsed time', () => {
    expect(showStarts(during('Europe/Berlin', '01:00-04:00'), ['2026-10-25'])).toEqual([
      '2026-10-25T01:00+02:00',
      '2026-10-25T02:00+02:00',
      '2026-10-25T02:00+01:00',
      '2026-10-25T03:00+01:00',
    ])
  })

  it.each([
    ['Africa/Cairo', '2026-10-29', '22:00-24:00', ['22:00+03:00', '23:00+03:00', '23:00+02:00']],
    ['Asia/Beirut', '2026-10-24', '22:00-24:00', ['22:00+03:00', '23:00+03:00', '23:00+02:00']],
    ['America/Santiago', '2026-04-04', '22:00-24:00', ['22:00-03:00', '23:00-03:00', '23:00-04:00']],
    ['Atlantic/Azores', '2026-10-25', '00:00-02:00', ['00:00+00:00', '00:00-01:00', '01:00-01:00']],
    ['America/Havana', '2026-11-01', '00:00-02:00', ['00:00-04:00', '00:00-05:00', '01:00-05:00']],
  ])('may be around midnight: %s on %s', (timeZone, date, text, times) => {
    expect(showStarts(during(timeZone, text), [date])).toEqual(times.map((time) => `${date}T${time}`))
  })
})

describe('a window over midnight', () => {
  it('loses the hour that the night does not have', () => {
    expect(showOpen(during('America/Santiago', '22:00-02:00'), '2026-09-06')[0]).toBe(
      '2026-09-05T22:00-04:00/2026-09-06T02:00-03:00',
    )
    expect(
      showStarts(during('America/Santiago', '22:00-02:00'), ['2026-09-05', '2026-09-06'], { durationMinutes: 60 }),
    ).toEqual([
      ...['2026-09-05T00:00-04:00', '2026-09-05T01:00-04:00', '2026-09-05T22:00-04:00', '2026-09-05T23:00-04:00'],
      ...['2026-09-06T01:00-03:00', '2026-09-06T22:00-03:00', '2026-09-06T23:00-03:00'],
    ])
  })

  it('has the hour that the night has twice', () => {
    expect(showOpen(during('Europe/Berlin', '22:00-04:00'), '2026-10-25')[0]).toBe(
      '2026-10-24T22:00+02:00/2026-10-25T04:00+01:00',
    )
    expect(showTimes(during('Europe/Berlin', '23:00-04:00'), ['2026-10-25'])).toEqual([
      ...['00:00', '01:00', '02:00', '02:00', '03:00', '23:00'],
    ])
  })
})

describe('an unavailable date', () => {
  it.each([
    ['Africa/Cairo', '2026-04-24'],
    ['Africa/Cairo', '2026-10-29'],
    ['America/Havana', '2026-11-01'],
    ['Atlantic/Azores', '2026-03-29'],
    ['America/Santiago', '2026-04-04'],
  ])('in %s, %s, leaves nothing of its day and all of its neighbours', (timeZone, date) => {
    const rules = { ...allDay(timeZone), unavailableDates: [dates(date)] }
    const around = [-1, 0, 1].map((days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10))
    expect(around.map((day) => showStarts(rules, [day]).length)).toEqual([24, 0, 24])
  })
})

it('keeps the wall-clock hours in winter and summer', () => {
  const rules = rulesOf({
    timeZone: 'Europe/Berlin',
    schedules: [weekly({ friday: [openWindow('10:00-12:00', 30)], monday: [openWindow('10:00-12:00', 30)] })],
  })
  expect(showOpen(rules, '2026-03-27', '2026-03-30')).toEqual([
    '2026-03-27T10:00+01:00/2026-03-27T12:00+01:00',
    '2026-03-30T10:00+02:00/2026-03-30T12:00+02:00',
  ])
})

it('offers half-hour and quarter-hour zones on their own clock', () => {
  expect(showStarts(during('Asia/Kolkata', '09:00-11:00'), ['2026-06-01'])).toEqual([
    '2026-06-01T09:00+05:30',
    '2026-06-01T10:00+05:30',
  ])
  expect(showStarts(during('Asia/Kathmandu', '09:00-11:00'), ['2026-06-01'])).toEqual([
    '2026-06-01T09:00+05:45',
    '2026-06-01T10:00+05:45',
  ])
})
