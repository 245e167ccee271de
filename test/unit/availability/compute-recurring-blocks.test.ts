import { describe, expect, it } from 'vitest'
import { computeOpenDays } from '#availability/rules/compute-open-days'
import { computeRecurringBlocks } from '#availability/rules/compute-recurring-blocks'
import { at, daily, rulesOf } from './make-rules'

const show = (timeZone: string, block: { start: string; end: string; rrule: string }, window: [string, string]) =>
  computeRecurringBlocks(
    { timeZone, recurringBlocks: [{ start: at(block.start), end: at(block.end), rrule: block.rrule }] },
    { from: at(window[0]), to: at(window[1]) },
  ).map(({ start, end }) => `${new Date(start).toISOString().slice(0, 16)}/${new Date(end).toISOString().slice(0, 16)}`)

describe('a block that comes back', () => {
  it('is at the same time of day in summer and winter', () => {
    const block = { start: '2026-10-18T09:00+02:00', end: '2026-10-18T10:30+02:00', rrule: 'FREQ=WEEKLY' }
    expect(show('Europe/Berlin', block, ['2026-10-10T00:00Z', '2026-11-02T00:00Z'])).toEqual([
      '2026-10-18T07:00/2026-10-18T08:30',
      '2026-10-25T08:00/2026-10-25T09:30',
      '2026-11-01T08:00/2026-11-01T09:30',
    ])
  })

  it('every two weeks counts from where it first is, however late one asks', () => {
    const block = { start: '2026-01-05T23:00Z', end: '2026-01-06T01:00Z', rrule: 'FREQ=WEEKLY;INTERVAL=2' }
    expect(show('UTC', block, ['2027-01-01T00:00Z', '2027-01-20T00:00Z'])).toEqual([
      '2027-01-04T23:00/2027-01-05T01:00',
      '2027-01-18T23:00/2027-01-19T01:00',
    ])
    // What began the evening before reaches into the day that is asked for.
    expect(show('UTC', block, ['2027-01-05T00:30Z', '2027-01-05T00:40Z'])).toHaveLength(1)
    expect(show('UTC', block, ['2025-01-01T00:00Z', '2026-01-01T00:00Z'])).toEqual([])
  })

  it('stays where it was written when the zone of the rules becomes another one', () => {
    const block = {
      ...{ start: at('2026-06-01T20:00+02:00'), end: at('2026-06-01T21:00+02:00'), rrule: 'FREQ=WEEKLY;BYDAY=MO' },
      timeZone: 'Europe/Berlin',
    }
    const window = { from: at('2026-06-07T00:00Z'), to: at('2026-06-14T00:00Z') }
    const inTokyo = computeRecurringBlocks({ timeZone: 'Asia/Tokyo', recurringBlocks: [block] }, window)
    expect(inTokyo).toEqual([{ start: at('2026-06-08T20:00+02:00'), end: at('2026-06-08T21:00+02:00') }])
  })

  it('ends where its rule says so', () => {
    const block = { start: '2026-06-01T09:00Z', end: '2026-06-01T10:00Z', rrule: 'FREQ=DAILY;UNTIL=20260602' }
    expect(show('UTC', block, ['2026-01-01T00:00Z', '2026-12-01T00:00Z'])).toHaveLength(2)
  })

  it('takes time out of what the preview shows as open', () => {
    const rules = rulesOf({
      workingHours: daily('09:00-17:00'),
      recurringBlocks: [
        { start: at('2026-06-01T12:00Z'), end: at('2026-06-01T13:00Z'), rrule: 'FREQ=DAILY;INTERVAL=2' },
      ],
    })
    const open = computeOpenDays(rules, { from: at('2026-06-02T00:00Z'), days: 2 }).map((day) => day.open.length)
    expect(open).toEqual([1, 2])
  })
})

it('days of the preview go on by the calendar over a change of the clock', () => {
  const rules = rulesOf({ timeZone: 'Europe/Berlin', workingHours: daily('09:00-17:00') })
  // Late in the evening, a week before the clock is put back: 7 times 24 hours later it is still the evening of the day before.
  const from = at('2026-10-20T23:30+02:00')
  const firstOf = (skipDays: number) => computeOpenDays(rules, { from, skipDays, days: 7 }).at(0)?.date
  expect([firstOf(0), firstOf(7), firstOf(14)]).toEqual(['2026-10-20', '2026-10-27', '2026-11-03'])
  const spring = at('2026-03-25T23:30+01:00')
  expect(computeOpenDays(rules, { from: spring, skipDays: 14, days: 1 })[0]?.date).toBe('2026-04-08')
})
