import { describe, expect, it } from 'vitest'
import { computeOpenIntervals } from '#availability/rules/compute-open-intervals'
import type { AvailabilityRules, Break } from '#availability/types'
import {
  at,
  closedWindow,
  custom,
  daily,
  dates,
  hours,
  monthly,
  openWindow,
  range,
  rulesOf,
  showOpen,
  showTimes,
  weekly,
} from './make-rules'

// 2026-06-01 is a Monday.

/** Only the clock times, for tests in UTC on one day. */
const showClock = (rules: AvailabilityRules, first: string, last?: string) =>
  showOpen(rules, first, last).map((text) => text.replace(/(\d{4}-\d\d-\d\dT)(\d\d:\d\d)(Z|[+-]\d\d:\d\d)/g, '$2'))

const pause = (text: string, more: Partial<Break> = {}): Break => ({
  ...range(text),
  weekday: null,
  date: null,
  recurring: true,
  ...more,
})

describe('working hours', () => {
  it('open their weekdays only', () => {
    const rules = rulesOf({ workingHours: hours({ monday: '09:00-17:00', wednesday: '10:00-12:30' }) })
    expect(showOpen(rules, '2026-06-01', '2026-06-07')).toEqual([
      '2026-06-01T09:00+00:00/2026-06-01T17:00+00:00',
      '2026-06-03T10:00+00:00/2026-06-03T12:30+00:00',
    ])
  })

  it('close everything when the consultant takes no bookings', () => {
    expect(showOpen(rulesOf({ workingHours: daily('09:00-17:00'), isAvailable: false }), '2026-06-01')).toEqual([])
  })

  it('may end at 24:00, and 00:00-00:00 is the whole day', () => {
    expect(showOpen(rulesOf({ workingHours: hours({ monday: '20:00-24:00' }) }), '2026-06-01')).toEqual([
      '2026-06-01T20:00+00:00/2026-06-02T00:00+00:00',
    ])
    expect(showOpen(rulesOf({ workingHours: hours({ monday: '00:00-00:00' }) }), '2026-06-01')).toEqual([
      '2026-06-01T00:00+00:00/2026-06-02T00:00+00:00',
    ])
  })

  it('over midnight belong to the day on which they start', () => {
    const rules = rulesOf({ workingHours: hours({ monday: '22:00-02:00' }) })
    expect(showOpen(rules, '2026-06-01')).toEqual(['2026-06-01T22:00+00:00/2026-06-02T02:00+00:00'])
    expect(showOpen(rules, '2026-06-02')).toEqual(['2026-06-01T22:00+00:00/2026-06-02T02:00+00:00'])
    expect(showOpen(rules, '2026-06-03')).toEqual([])
  })
})

describe('schedules', () => {
  const workingHours = daily('09:00-17:00')

  it('replace the working hours on the dates to which they apply, first and last included', () => {
    const schedule = weekly(
      { monday: [openWindow('12:00-13:00')] },
      { appliedFrom: '2026-06-01', appliedTo: '2026-06-02' },
    )
    const rules = rulesOf({ workingHours, schedules: [schedule] })
    expect(showClock(rules, '2026-05-31')).toEqual(['09:00/17:00'])
    expect(showClock(rules, '2026-06-01')).toEqual(['12:00/13:00'])
    expect(showClock(rules, '2026-06-02')).toEqual([])
    expect(showClock(rules, '2026-06-03')).toEqual(['09:00/17:00'])
  })

  it('give way to the one with the latest first date, then to the newer one', () => {
    const always = weekly({ monday: [openWindow('01:00-02:00')] }, { id: 'z' })
    const spring = weekly({ monday: [openWindow('02:00-03:00')] }, { id: 'y', appliedFrom: '2026-03-01' })
    const older = weekly({ monday: [openWindow('03:00-04:00')] }, { id: 'a', appliedFrom: '2026-06-01' })
    const newer = weekly({ monday: [openWindow('04:00-05:00')] }, { id: 'b', appliedFrom: '2026-06-01' })
    for (const schedules of [
      [always, spring, older, newer],
      [newer, older, spring, always],
    ]) {
      const rules = rulesOf({ workingHours, schedules })
      expect(showClock(rules, '2026-02-02')).toEqual(['01:00/02:00'])
      expect(showClock(rules, '2026-05-25')).toEqual(['02:00/03:00'])
      expect(showClock(rules, '2026-06-01')).toEqual(['04:00/05:00'])
    }
  })

  it('unite touching and overlapping windows of the same step, and keep those of another apart', () => {
    const monday = [
      openWindow('09:00-11:00', 30),
      openWindow('11:00-12:00', 30),
      openWindow('10:30-11:15', 30),
      openWindow('11:30-14:00', 45),
    ]
    expect(showClock(rulesOf({ schedules: [weekly({ monday })] }), '2026-06-01')).toEqual([
      '09:00/12:00',
      '11:30/14:00',
    ])
  })

  it('take windows that are not available out of the open ones', () => {
    const monday = [openWindow('09:00-17:00'), closedWindow('12:00-13:00')]
    const rules = rulesOf({ schedules: [weekly({ monday })] })
    expect(showClock(rules, '2026-06-01')).toEqual(['09:00/12:00', '13:00/17:00'])
  })

  it('close a time also for the window of the day before that reaches over midnight', () => {
    const schedule = weekly({ monday: [openWindow('22:00-02:00')], tuesday: [closedWindow('00:30-01:00')] })
    expect(showClock(rulesOf({ schedules: [schedule] }), '2026-06-01', '2026-06-02')).toEqual([
      '22:00/00:30',
      '01:00/02:00',
    ])
  })

  it('say what lies below where a later one has nothing to say', () => {
    const base = weekly({ monday: [openWindow('08:00-09:00')], saturday: [openWindow('10:00-11:00')] }, { id: 'a' })
    const firstMondays = monthly('FREQ=MONTHLY;BYDAY=1MO', [openWindow('20:00-21:00')], { id: 'b' })
    const oneOff = custom([{ date: '2026-06-02', isAvailable: true, windows: [openWindow('14:00-16:00')] }], {
      id: 'c',
    })
    const rules = rulesOf({ workingHours, schedules: [oneOff, base, firstMondays] })
    expect(showOpen(rules, '2026-06-01', '2026-06-08')).toEqual([
      '2026-06-01T20:00+00:00/2026-06-01T21:00+00:00',
      '2026-06-02T14:00+00:00/2026-06-02T16:00+00:00',
      '2026-06-06T10:00+00:00/2026-06-06T11:00+00:00',
      '2026-06-08T08:00+00:00/2026-06-08T09:00+00:00',
    ])
  })

  it('of the weekly kind in which no weekday is ticked speak of their exceptions alone', () => {
    const saturday = { date: '2026-06-06', isAvailable: true, windows: [openWindow('14:00-16:00')] }
    const rules = rulesOf({
      workingHours: hours({ monday: '09:00-17:00' }),
      schedules: [weekly({}, { dateExceptions: [saturday] })],
    })
    expect(showOpen(rules, '2026-06-01', '2026-06-08')).toEqual([
      '2026-06-01T09:00+00:00/2026-06-01T17:00+00:00',
      '2026-06-06T14:00+00:00/2026-06-06T16:00+00:00',
      '2026-06-08T09:00+00:00/2026-06-08T17:00+00:00',
    ])
  })

  it('open nothing on an enabled weekday without windows, or a disabled one with windows', () => {
    const schedule = weekly({ monday: [] })
    schedule.weeklyPattern.tuesday = { enabled: false, windows: [openWindow('09:00-10:00')] }
    expect(showClock(rulesOf({ workingHours, schedules: [schedule] }), '2026-06-01', '2026-06-02')).toEqual([])
  })

  it('open the dates that recurrence rules choose, all windows of a date together', () => {
    const schedule = monthly('FREQ=MONTHLY;BYDAY=1MO', [openWindow('09:00-10:00')])
    schedule.recurrences.push({ rrule: 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,-1', windows: [openWindow('10:00-11:00')] })
    expect(showOpen(rulesOf({ schedules: [schedule] }), '2026-06-01', '2026-07-07')).toEqual([
      '2026-06-01T09:00+00:00/2026-06-01T11:00+00:00',
      '2026-06-30T10:00+00:00/2026-06-30T11:00+00:00',
      '2026-07-01T10:00+00:00/2026-07-01T11:00+00:00',
      '2026-07-06T09:00+00:00/2026-07-06T10:00+00:00',
    ])
  })

  it('of the monthly kind close a date that a rule chooses without windows, and no other', () => {
    const rules = rulesOf({ workingHours, schedules: [monthly('FREQ=MONTHLY;BYDAY=1MO', [])] })
    expect(showClock(rules, '2026-06-01', '2026-06-02')).toEqual(['09:00/17:00'])
    expect(showClock(rules, '2026-06-01')).toEqual([])
  })

  it('of the custom kind say nothing but their exceptions', () => {
    const schedule = custom([{ date: '2026-06-02', isAvailable: true, windows: [openWindow('10:00-11:00')] }])
    schedule.weeklyPattern.monday = { enabled: true, windows: [openWindow('01:00-02:00')] }
    expect(showClock(rulesOf({ workingHours, schedules: [schedule] }), '2026-06-01', '2026-06-03')).toEqual([
      '09:00/17:00',
      '10:00/11:00',
      '09:00/17:00',
    ])
  })
})

describe('date exceptions', () => {
  const on = (isAvailable: boolean, windows: ReturnType<typeof openWindow>[], date = '2026-06-01') =>
    rulesOf({
      schedules: [
        weekly(
          { monday: [openWindow('09:00-12:00')], sunday: [openWindow('22:00-02:00')] },
          { dateExceptions: [{ date, isAvailable, windows }] },
        ),
      ],
    })

  it('replace the pattern by their windows', () => {
    expect(showClock(on(true, [openWindow('14:00-15:00')]), '2026-06-01')).toEqual(['22:00/02:00', '14:00/15:00'])
  })

  it('open a day that has no hours', () => {
    expect(showClock(on(true, [openWindow('14:00-15:00')], '2026-06-02'), '2026-06-02')).toEqual(['14:00/15:00'])
  })

  it('keep the pattern when they are available and open nothing', () => {
    expect(showClock(on(true, []), '2026-06-01')).toEqual(['22:00/02:00', '09:00/12:00'])
    expect(showClock(on(true, [closedWindow('10:00-11:00')]), '2026-06-01')).toEqual([
      '22:00/02:00',
      '09:00/10:00',
      '11:00/12:00',
    ])
  })

  it('close their windows when they are not available', () => {
    expect(showClock(on(false, [openWindow('08:00-10:00')]), '2026-06-01')).toEqual(['22:00/02:00', '10:00/12:00'])
  })

  it('close the whole day when they are not available and have no windows, also what reaches into it', () => {
    expect(showClock(on(false, []), '2026-06-01')).toEqual([])
    expect(showClock(on(false, []), '2026-05-31')).toEqual(['22:00/00:00'])
  })

  it('of a schedule that does not apply to the date do nothing', () => {
    const schedule = weekly(
      {},
      { appliedTo: '2026-05-31', dateExceptions: [{ date: '2026-06-01', isAvailable: false, windows: [] }] },
    )
    expect(showClock(rulesOf({ workingHours: daily('09:00-10:00'), schedules: [schedule] }), '2026-06-01')).toEqual([
      '09:00/10:00',
    ])
  })

  it('are heard before every pattern, whichever schedule they stand in', () => {
    const base = weekly(
      { monday: [openWindow('09:00-12:00')] },
      {
        id: 'base',
        dateExceptions: [
          { date: '2026-06-01', isAvailable: false, windows: [] },
          { date: '2026-06-08', isAvailable: true, windows: [openWindow('07:00-08:00')] },
          { date: '2026-06-15', isAvailable: false, windows: [openWindow('10:30-11:00')] },
        ],
      },
    )
    const summer = weekly({ monday: [openWindow('10:00-12:00')] }, { id: 'summer', appliedFrom: '2026-06-01' })
    expect(showOpen(rulesOf({ schedules: [base, summer] }), '2026-06-01', '2026-06-15')).toEqual([
      '2026-06-08T07:00+00:00/2026-06-08T08:00+00:00',
      '2026-06-15T10:00+00:00/2026-06-15T10:30+00:00',
      '2026-06-15T11:00+00:00/2026-06-15T12:00+00:00',
    ])
  })

  it('of one date add up over the schedules; what one closes no other opens', () => {
    const saturday = (id: string, isAvailable: boolean, text: string) =>
      custom([{ date: '2026-06-06', isAvailable, windows: [openWindow(text)] }], { id })
    const schedules = [
      saturday('a', true, '10:00-12:00'),
      saturday('b', true, '14:00-16:00'),
      saturday('c', false, '11:00-15:00'),
    ]
    for (const order of [schedules, schedules.toReversed()]) {
      expect(showClock(rulesOf({ schedules: order }), '2026-06-06')).toEqual(['10:00/11:00', '15:00/16:00'])
    }
  })

  it('of one date work together: the whole-day closing wins', () => {
    const schedule = weekly(
      {},
      {
        dateExceptions: [
          { date: '2026-06-01', isAvailable: true, windows: [openWindow('09:00-10:00')] },
          { date: '2026-06-01', isAvailable: true, windows: [openWindow('11:00-12:00')] },
          { date: '2026-06-02', isAvailable: true, windows: [openWindow('09:00-10:00')] },
          { date: '2026-06-02', isAvailable: false, windows: [] },
        ],
      },
    )
    expect(showClock(rulesOf({ schedules: [schedule] }), '2026-06-01', '2026-06-02')).toEqual([
      '09:00/10:00',
      '11:00/12:00',
    ])
  })
})

describe('breaks', () => {
  const workingHours = daily('09:00-17:00')

  it('recur every day, or on their weekday', () => {
    const rules = rulesOf({ workingHours, breaks: [pause('12:00-13:00'), pause('15:00-15:30', { weekday: 'monday' })] })
    expect(showClock(rules, '2026-06-01')).toEqual(['09:00/12:00', '13:00/15:00', '15:30/17:00'])
    expect(showClock(rules, '2026-06-02')).toEqual(['09:00/12:00', '13:00/17:00'])
  })

  it('with a date happen once', () => {
    const breaks = [pause('12:00-13:00', { date: '2026-06-02', recurring: false })]
    const rules = rulesOf({ workingHours, breaks })
    expect(showClock(rules, '2026-06-01')).toEqual(['09:00/17:00'])
    expect(showClock(rules, '2026-06-02')).toEqual(['09:00/12:00', '13:00/17:00'])
  })

  it('reach over midnight, and start a new grid where they end', () => {
    const rules = rulesOf({ workingHours: daily('20:00-04:00'), breaks: [pause('23:50-00:10')] })
    expect(
      showTimes(rules, ['2026-06-01', '2026-06-02'], { to: at('2026-06-02T04:00Z'), from: at('2026-06-01T20:00Z') }),
    ).toEqual([...['20:00', '21:00', '22:00', '00:10', '01:10', '02:10']])
  })
})

describe('unavailable dates', () => {
  it('close their whole day, also the part of a window that reaches into it, and no other', () => {
    const rules = rulesOf({ workingHours: daily('22:00-02:00'), unavailableDates: [dates('2026-06-02')] })
    expect(showOpen(rules, '2026-06-01', '2026-06-03')).toEqual([
      '2026-05-31T22:00+00:00/2026-06-01T02:00+00:00',
      '2026-06-01T22:00+00:00/2026-06-02T00:00+00:00',
      '2026-06-03T00:00+00:00/2026-06-03T02:00+00:00',
      '2026-06-03T22:00+00:00/2026-06-04T02:00+00:00',
    ])
  })

  it('close every day from the first to the last, and none without a day between them', () => {
    const rules = rulesOf({ workingHours: daily('09:00-10:00'), unavailableDates: [dates('2026-06-02', '2026-06-04')] })
    expect(showOpen(rules, '2026-06-01', '2026-06-05')).toEqual([
      '2026-06-01T09:00+00:00/2026-06-01T10:00+00:00',
      '2026-06-05T09:00+00:00/2026-06-05T10:00+00:00',
    ])
    const turned = { ...rules, unavailableDates: [dates('2026-06-04', '2026-06-02')] }
    expect(showOpen(turned, '2026-06-02', '2026-06-04')).toHaveLength(3)
  })

  it('may last for years, seen from any day of them', () => {
    const rules = rulesOf({ workingHours: daily('09:00-10:00'), unavailableDates: [dates('1970-01-01', '9999-12-31')] })
    expect(showOpen(rules, '2026-06-01', '2026-06-05')).toEqual([])
  })

  it('are dates of the consultant, not of UTC', () => {
    const rules = rulesOf({
      timeZone: 'Asia/Kolkata',
      workingHours: daily('00:00-24:00'),
      unavailableDates: [dates('2026-06-02')],
    })
    expect(showOpen(rules, '2026-06-01', '2026-06-03')).toEqual([
      '2026-06-01T00:00+05:30/2026-06-02T00:00+05:30',
      '2026-06-03T00:00+05:30/2026-06-04T00:00+05:30',
    ])
  })
})

describe('the asked window', () => {
  const rules = rulesOf({ workingHours: daily('00:00-24:00'), breaks: [pause('10:10-10:20')] })

  it('cuts nothing off', () => {
    expect(computeOpenIntervals(rules, { from: at('2026-06-01T03:00Z'), to: at('2026-06-01T03:01Z') })[0]).toEqual({
      start: at('2026-06-01T00:00Z'),
      end: at('2026-06-01T10:10Z'),
      stepMinutes: null,
    })
  })

  it('is answered with what a session of a day can touch', () => {
    const open = computeOpenIntervals(rules, { from: at('2026-06-01T03:00Z'), to: at('2026-06-01T03:01Z') })
    expect(open.at(-1)?.start).toBe(at('2026-06-02T00:00Z'))
  })
})

describe('malformed rules', () => {
  it.each([
    ['time', { workingHours: daily('9:00-17:00') }],
    ['time after 24:00', { workingHours: daily('09:00-24:30') }],
    ['date', { unavailableDates: [dates('2026-02-30')] }],
    ['last date', { unavailableDates: [dates('2026-06-01', '2026-06-31')] }],
    ['zone', { timeZone: 'Mars/Olympus' }],
    ['step', { schedules: [weekly({ monday: [openWindow('09:00-10:00', 0)] })] }],
    ['fraction of a step', { schedules: [weekly({ monday: [openWindow('09:00-10:00', 7.5)] })] }],
    ['recurrence', { schedules: [monthly('FREQ=MONTHLY;BYMONTHDAY=32', [openWindow('09:00-10:00')])] }],
  ] as [string, Partial<AvailabilityRules>][])('are refused, not guessed at: %s', (_, rules) => {
    expect(() => showOpen(rulesOf(rules), '2026-06-01')).toThrow(RangeError)
  })
})
