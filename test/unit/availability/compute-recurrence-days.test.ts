import { describe, expect, it } from 'vitest'
import { formatCalendarDay, toCalendarDay } from '#availability/rules/calendar-day'
import { computeRecurrenceDays, findRecurrenceFault } from '#availability/rules/compute-recurrence-days'

const datesOf = (
  rrule: string,
  {
    startDate = null,
    timeZone = 'UTC',
    from = '2026-01-01',
    to = '2026-06-30',
  }: {
    startDate?: string | null
    timeZone?: string
    from?: string
    to?: string
  } = {},
) =>
  computeRecurrenceDays({
    rrule,
    startDate,
    timeZone,
    firstDay: toCalendarDay(from),
    lastDay: toCalendarDay(to),
  }).map((day) => formatCalendarDay(day).slice(5))

describe('computeRecurrenceDays', () => {
  it.each([
    ['FREQ=MONTHLY;BYDAY=1MO', ['01-05', '02-02', '03-02', '04-06', '05-04', '06-01']],
    ['RRULE:FREQ=MONTHLY;BYDAY=-1FR', ['01-30', '02-27', '03-27', '04-24', '05-29', '06-26']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', ['01-31', '03-31', '05-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;BYMONTH=2,3', ['02-28', '03-31']],
    ['freq=monthly;byday=MO,TU,WE,TH,FR;bysetpos=-1', ['01-30', '02-27', '03-31', '04-30', '05-29', '06-30']],
    ['FREQ=YEARLY;BYYEARDAY=1,60', ['01-01', '03-01']],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', ['05-11']],
    ['FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR', ['02-13', '03-13']],
  ])('%s', (rrule, dates) => expect(datesOf(rrule)).toEqual(dates))

  it("counts INTERVAL and COUNT from the schedule's first date", () => {
    const range = { from: '2026-01-01', to: '2026-02-10' }
    expect(datesOf('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', { ...range, startDate: '2026-01-06' })).toEqual([
      ...['01-06', '01-20', '02-03'],
    ])
    expect(datesOf('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', { ...range, startDate: '2026-01-13' })).toEqual([
      ...['01-13', '01-27', '02-10'],
    ])
    expect(datesOf('FREQ=WEEKLY;COUNT=2', { ...range, startDate: '2026-01-07' })).toEqual(['01-07', '01-14'])
  })

  it('begins with DTSTART where the rule brings one, and takes only its date', () => {
    expect(datesOf('DTSTART;TZID=America/New_York:20260113T233000\nRRULE:FREQ=WEEKLY;COUNT=2')).toEqual([
      '01-13',
      '01-20',
    ])
    expect(datesOf('DTSTART:20260113\r\nFREQ=WEEKLY;COUNT=1', { startDate: '2026-01-01' })).toEqual(['01-13'])
  })

  it('does not depend on the asked days', () => {
    const rule = 'FREQ=DAILY;INTERVAL=17'
    const all = datesOf(rule)
    const parts = [
      ...datesOf(rule, { to: '2026-02-14' }),
      ...datesOf(rule, { from: '2026-02-15', to: '2026-03-31' }),
      ...datesOf(rule, { from: '2026-04-01' }),
    ]
    expect(parts).toEqual(all)
    expect(all.length).toBeGreaterThan(9)
  })

  it('includes the date of UNTIL, which an instant has in the zone of the consultant', () => {
    const until = (value: string, timeZone: string) =>
      datesOf(`FREQ=DAILY;UNTIL=${value}`, { timeZone, from: '2026-03-14' })
    expect(until('20260315', 'UTC')).toEqual(['03-14', '03-15'])
    expect(until('20260315T120000', 'Asia/Tokyo')).toEqual(['03-14', '03-15'])
    expect(until('20260315T230000Z', 'Europe/London')).toEqual(['03-14', '03-15'])
    expect(until('20260315T230000Z', 'Europe/Berlin')).toEqual(['03-14', '03-15', '03-16'])
    expect(until('20260315T010000Z', 'America/New_York')).toEqual(['03-14'])
  })

  it('is empty for a rule that never happens, and quickly', () => {
    expect(datesOf('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')).toEqual([])
    expect(datesOf('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')).toEqual([])
  })
})

describe('findRecurrenceFault', () => {
  it.each([
    ['', 'cannot contain an empty part'],
    ['BYDAY=MO', 'must contain FREQ'],
    ['FREQ=FOO', 'FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY'],
    ['FREQ=SECONDLY', 'FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY'],
    ['FREQ=MONTHLY;FREQ=DAILY', 'must contain FREQ once'],
    ['FREQ=MONTHLY;BYHOUR=9', 'cannot contain BYHOUR'],
    ['FREQ=MONTHLY;CONSTRUCTOR=1', 'cannot contain CONSTRUCTOR'],
    ['FREQ=MONTHLY;RSCALE=CHINESE', 'cannot contain RSCALE'],
    ['FREQ=MONTHLY;', 'cannot contain an empty part'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY must be days from 1 to 31 or -31 to -1'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY must be days from 1 to 31 or -31 to -1'],
    ['FREQ=MONTHLY;BYDAY=MO,,TU', 'BYDAY must be weekdays such as MO or -1FR'],
    ['FREQ=MONTHLY;BYDAY=', 'BYDAY must be weekdays such as MO or -1FR'],
    ['FREQ=MONTHLY;BYMONTH=13', 'BYMONTH must be months from 1 to 12'],
    ['FREQ=MONTHLY;INTERVAL=0', 'INTERVAL must be a number from 1 to 9999'],
    ['FREQ=MONTHLY;COUNT=0', 'COUNT must be a number from 1 to 99999'],
    ['FREQ=MONTHLY;UNTIL=20261340', 'UNTIL must be a date such as 20261231'],
    ['FREQ=MONTHLY;UNTIL=2026', 'UNTIL must be a date such as 20261231'],
    ['FREQ=MONTHLY;BYDAY=1MO\nEXDATE:20260105', 'must be one RRULE; use date exceptions for single dates'],
    ['DTSTART:20260231\nFREQ=MONTHLY', 'DTSTART must be a date'],
    [`FREQ=MONTHLY;BYMONTHDAY=${'1,'.repeat(300)}1`, 'must not be longer than 500 characters'],
  ])('%j: %s', (rrule, fault) => expect(findRecurrenceFault(rrule)).toBe(fault))

  it.each(['FREQ=WEEKLY;BYDAY=1MO', 'FREQ=MONTHLY;BYSETPOS=1', 'FREQ=WEEKLY;BYMONTHDAY=3'])(
    'knows what RFC 5545 forbids in combination: %s',
    (rrule) => expect(findRecurrenceFault(rrule)).toMatch(/MUST/),
  )

  it.each([
    'FREQ=MONTHLY;BYDAY=2TU,-1FR',
    'RRULE:FREQ=DAILY;INTERVAL=3;WKST=SU',
    'DTSTART:20260105T090000Z\nRRULE:FREQ=WEEKLY',
  ])('has nothing against %j', (rrule) => expect(findRecurrenceFault(rrule)).toBeUndefined())
})
