import { describe, expect, it } from 'vitest'
import { computeOpenDays } from '#availability/rules/compute-open-days'
import { readWrittenSchedule } from '#availability/rules/read-written-schedule'
import { at, custom, dates, hours, monthly, openWindow, rulesOf, weekly } from './make-rules'

// 2026-06-01 is a Monday.

describe('open days', () => {
  it('say when each day is open, and which rule decided', () => {
    const rules = rulesOf({
      timeZone: 'Europe/Berlin',
      workingHours: hours({ monday: '09:00-17:00', tuesday: '22:00-02:00' }),
      unavailableDates: [dates('2026-06-04')],
      schedules: [
        monthly('FREQ=MONTHLY;BYDAY=1WE', [openWindow('09:00-10:00', 30), openWindow('10:00-11:00', 60)]),
        custom([{ date: '2026-06-01', isAvailable: true, windows: [openWindow('12:00-13:00')] }]),
      ],
    })
    expect(computeOpenDays(rules, { from: at('2026-05-31T22:30Z'), days: 4 })).toEqual([
      {
        date: '2026-06-01',
        open: [{ start: at('2026-06-01T12:00+02:00'), end: at('2026-06-01T13:00+02:00') }],
        rule: { part: 'exception', scheduleId: 'custom' },
        isUnavailable: false,
      },
      {
        date: '2026-06-02',
        open: [{ start: at('2026-06-02T22:00+02:00'), end: at('2026-06-03T02:00+02:00') }],
        rule: { part: 'workingHours', scheduleId: null },
        isUnavailable: false,
      },
      {
        date: '2026-06-03',
        open: [{ start: at('2026-06-03T09:00+02:00'), end: at('2026-06-03T11:00+02:00') }],
        rule: { part: 'pattern', scheduleId: 'monthly' },
        isUnavailable: false,
      },
      {
        date: '2026-06-04',
        open: [],
        rule: { part: 'workingHours', scheduleId: null },
        isUnavailable: true,
      },
    ])
  })
})

describe('a schedule that is being written', () => {
  it('is what is complete of it', () => {
    const written = readWrittenSchedule('new', {
      type: 'weekly',
      appliedFrom: '2026-06-01T12:00:00.000Z',
      appliedTo: '',
      weeklyPattern: {
        monday: {
          enabled: true,
          slots: [
            { startTime: '09:00', endTime: '1' },
            { startTime: '10:00', endTime: '11:00' },
          ],
        },
      },
      recurrences: [{ rrule: 'FREQ=' }, {}],
      dateExceptions: [
        { slots: [] },
        {
          date: new Date('2026-06-02T12:00:00Z'),
          isAvailable: false,
          slots: [{ startTime: '10:00', endTime: '11:00', slotDurationMinutes: 0 }],
        },
      ],
    })
    expect(written).toEqual(
      weekly(
        { monday: [openWindow('10:00-11:00')] },
        {
          id: 'new',
          appliedFrom: '2026-06-01',
          dateExceptions: [{ date: '2026-06-02', isAvailable: false, windows: [openWindow('10:00-11:00')] }],
        },
      ),
    )
  })

  it('says nothing while nothing is written', () => {
    expect(readWrittenSchedule('new', { weeklyPattern: 'x', dateExceptions: [null] })).toEqual(
      weekly({}, { id: 'new' }),
    )
  })
})
