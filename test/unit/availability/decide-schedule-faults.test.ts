import { describe, expect, it } from 'vitest'
import { decideBreakFaults, decideScheduleFaults, withoutStored } from '#availability/rules/decide-schedule-faults'

const pathsOf = (faults: { path: string }[]) => faults.map(({ path }) => path)

const morning = { startTime: '09:00', endTime: '12:00', isAvailable: true }
const noLength = { startTime: '10:00', endTime: '10:00', isAvailable: true }

describe('a schedule', () => {
  it.each([
    ['opens a day, and closes one', { type: 'weekly', weeklyPattern: { monday: { enabled: true, slots: [morning] } } }],
    ['says nothing yet', { type: 'weekly' }],
    ['closes a weekday by ticking it without times', { type: 'weekly', weeklyPattern: { monday: { enabled: true } } }],
    ['closes a date', { type: 'custom', dateExceptions: [{ date: '2026-06-01', isAvailable: false, slots: [] }] }],
    [
      'closes a part of a date',
      { type: 'custom', dateExceptions: [{ date: '2026-06-01', isAvailable: false, slots: [morning] }] },
    ],
    ['opens a date', { type: 'custom', dateExceptions: [{ date: '2026-06-01', isAvailable: true, slots: [morning] }] }],
    [
      'opens a whole day',
      { type: 'weekly', weeklyPattern: { monday: { slots: [{ startTime: '00:00', endTime: '00:00' }] } } },
    ],
    [
      'reaches over midnight',
      { type: 'weekly', weeklyPattern: { monday: { slots: [{ startTime: '22:00', endTime: '02:00' }] } } },
    ],
    ['closes days by rule', { type: 'monthly', recurrences: [{ rrule: 'FREQ=MONTHLY;BYDAY=-1FR', slots: [] }] }],
    [
      'begins with its own first day',
      { type: 'monthly', recurrences: [{ rrule: 'DTSTART:20260105\nRRULE:FREQ=WEEKLY;INTERVAL=2' }] },
    ],
    [
      'counts from its first day',
      { type: 'monthly', appliedFrom: '2026-01-05', recurrences: [{ rrule: 'FREQ=WEEKLY;INTERVAL=2' }] },
    ],
    ['lasts one day', { type: 'weekly', appliedFrom: '2026-06-01T22:00:00Z', appliedTo: '2026-06-01' }],
    [
      'has its exceptions in its period',
      { type: 'custom', appliedFrom: '2026-06-01', appliedTo: '2026-06-01', dateExceptions: [{ date: '2026-06-01' }] },
    ],
    ['is odd in what its type does not heed', { type: 'custom', weeklyPattern: { monday: { slots: [noLength] } } }],
    [
      'is checked field by field elsewhere',
      { type: 'weekly', appliedFrom: 7, weeklyPattern: 'x', recurrences: [null], dateExceptions: 'x' },
    ],
  ])('has a meaning that %s', (_, schedule) => {
    expect(decideScheduleFaults(schedule)).toEqual([])
  })

  it.each([
    ['ends before it begins', { appliedFrom: '2026-06-02', appliedTo: '2026-06-01' }, 'appliedTo'],
    [
      'has a time without length',
      { weeklyPattern: { monday: { slots: [morning, noLength] } } },
      'weeklyPattern.monday.slots.1.endTime',
    ],
    [
      'has one at the end of a day',
      { weeklyPattern: { monday: { slots: [{ startTime: '24:00', endTime: '00:00' }] } } },
      'weeklyPattern.monday.slots.0.endTime',
    ],
    ['is monthly without a rule', { type: 'monthly', recurrences: [] }, 'recurrences'],
    [
      'has a time without length in a rule',
      { type: 'monthly', recurrences: [{ rrule: 'FREQ=DAILY', slots: [noLength] }] },
      'recurrences.0.slots.0.endTime',
    ],
    [
      'has a rule that nobody can read, though its type does not heed it',
      { recurrences: [{ rrule: 'EVERY TUESDAY' }] },
      'recurrences.0.rrule',
    ],
    [
      'counts from nowhere',
      { type: 'monthly', recurrences: [{ rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }] },
      'recurrences.0.rrule',
    ],
    [
      'ends after so many from nowhere',
      { type: 'monthly', recurrences: [{ rrule: 'FREQ=DAILY;COUNT=5' }] },
      'recurrences.0.rrule',
    ],
    ['does not say which weekday', { type: 'monthly', recurrences: [{ rrule: 'FREQ=WEEKLY' }] }, 'recurrences.0.rrule'],
    [
      'does not say which day of the month',
      { type: 'monthly', recurrences: [{ rrule: 'FREQ=MONTHLY' }] },
      'recurrences.0.rrule',
    ],
    [
      'does not say which day of the year',
      { type: 'monthly', recurrences: [{ rrule: 'FREQ=YEARLY;BYMONTH=3' }] },
      'recurrences.0.rrule',
    ],
    [
      'opens a date without saying when',
      { dateExceptions: [{ date: '2026-06-01', isAvailable: true }] },
      'dateExceptions.0.slots',
    ],
    [
      'opens a date at closed times',
      { dateExceptions: [{ date: '2026-06-01', isAvailable: true, slots: [{ ...morning, isAvailable: false }] }] },
      'dateExceptions.0.slots',
    ],
    [
      'speaks of a date twice',
      { dateExceptions: [{ date: '2026-06-01' }, { date: new Date('2026-06-01T12:00:00Z') }] },
      'dateExceptions.1.date',
    ],
    [
      'speaks of a date before it counts',
      { appliedFrom: '2026-06-02', dateExceptions: [{ date: '2026-06-01' }] },
      'dateExceptions.0.date',
    ],
    [
      'speaks of a date after it counts',
      { appliedTo: '2026-05-31', dateExceptions: [{ date: '2026-06-01' }] },
      'dateExceptions.0.date',
    ],
  ])('has none that %s', (_, schedule, path) => {
    expect(pathsOf(decideScheduleFaults({ type: 'weekly', ...schedule }))).toEqual([path])
  })
})

describe('a break', () => {
  const noon = { startTime: '12:00', endTime: '13:00' }

  it.each([
    ['every day', { ...noon, recurring: true }],
    ['every day, if nothing is said', noon],
    ['on a weekday', { ...noon, recurring: true, day: 'monday' }],
    ['once', { ...noon, recurring: false, date: '2026-06-01' }],
    ['over midnight', { recurring: true, startTime: '23:50', endTime: '00:10' }],
  ])('may be %s', (_, pause) => {
    expect(decideBreakFaults([pause], 'breaks')).toEqual([])
  })

  it.each([
    ['once, and never', { ...noon, recurring: false }, 'date'],
    ['once, on a weekday', { ...noon, recurring: false, date: '2026-06-01', day: 'monday' }, 'day'],
    ['every week, on a date', { ...noon, recurring: true, date: '2026-06-01' }, 'date'],
    ['without length', { recurring: true, startTime: '10:00', endTime: '10:00' }, 'endTime'],
  ])('may not be %s', (_, pause, field) => {
    expect(pathsOf(decideBreakFaults([{ ...noon, recurring: true }, pause], 'breaks'))).toEqual([`breaks.1.${field}`])
  })
})

describe('what is stored with a fault', () => {
  const none = { recurring: true, startTime: '10:00', endTime: '10:00' }
  const noon = { recurring: true, startTime: '12:00', endTime: '13:00' }
  const faults = (...breaks: object[]) => decideBreakFaults(breaks, 'breaks')

  it.each([
    ['is sent along', [none], [none]],
    ['has a new row before it', [noon, none], [none]],
    ['has lost the row before it', [none], [noon, none]],
    ['is mended', [noon], [none]],
  ])('stops nobody when it %s', (_, written, stored) => {
    expect(withoutStored(faults(...written), faults(...stored))).toEqual([])
  })

  it('excuses no other one', () => {
    expect(pathsOf(withoutStored(faults(none, none), faults(none)))).toEqual(['breaks.1.endTime'])
    expect(pathsOf(withoutStored(faults({ ...noon, recurring: false }), faults(none)))).toEqual(['breaks.0.date'])
  })
})
