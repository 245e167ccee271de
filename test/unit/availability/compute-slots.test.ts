import { describe, expect, it } from 'vitest'
import { computeBookingWindow } from '#availability/slots/compute-booking-window'
import { computeSlots, isOffered, type SlotQuestion } from '#availability/slots/compute-slots'
import type { Interval } from '#availability/types'
import { at, daily, hours, openWindow, rulesOf, showTimes, slotsOf, weekly } from './make-rules'

const day = '2026-06-01'
const on = (time: string) => at(`${day}T${time}Z`)
const between = (start: string, end: string): Interval => ({ start: on(start), end: on(end) })

const question = (more: Partial<SlotQuestion> = {}): SlotQuestion => ({
  open: [{ ...between('09:00', '12:00'), stepMinutes: null }],
  taken: [],
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  earliestStart: -Infinity,
  latestStart: Infinity,
  from: on('00:00'),
  to: on('23:59'),
  ...more,
})

const times = (more: Partial<SlotQuestion> = {}) =>
  computeSlots(question(more)).map(({ start }) => new Date(start).toISOString().slice(11, 16))

describe('the grid', () => {
  it("has the session's length as its step when the window has none", () => {
    expect(times()).toEqual(['09:00', '10:00', '11:00'])
    expect(times({ durationMinutes: 50 })).toEqual(['09:00', '09:50', '10:40'])
  })

  it("has the window's step when there is one", () => {
    expect(times({ open: [{ ...between('09:00', '11:00'), stepMinutes: 15 }] })).toEqual([
      ...['09:00', '09:15', '09:30', '09:45', '10:00'],
    ])
  })

  it('begins at the start of the open interval, not at the full hour and not at the asked window', () => {
    const open = [{ ...between('09:10', '12:00'), stepMinutes: 20 }]
    expect(times({ open, durationMinutes: 20, from: on('10:00'), to: on('10:45') })).toEqual(['10:10', '10:30'])
  })

  it('offers a start once that two overlapping intervals have, in order', () => {
    const open = [
      { ...between('09:00', '12:00'), stepMinutes: 60 },
      { ...between('09:30', '12:00'), stepMinutes: 30 },
    ]
    expect(times({ open })).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00'])
  })

  it('lets a session run from one open interval into the touching next one', () => {
    const open = [
      { ...between('09:00', '10:30'), stepMinutes: 60 },
      { ...between('10:30', '12:00'), stepMinutes: 45 },
    ]
    expect(times({ open })).toEqual(['09:00', '10:00', '10:30'])
  })

  it('runs on over midnight and starts again with the day, for an expert who is always open', () => {
    const rules = rulesOf({ workingHours: daily('00:00-24:00') })
    const starts = showTimes(rules, ['2026-06-01', '2026-06-02'], { durationMinutes: 50 })
    expect(starts.slice(27, 31)).toEqual(['22:30', '23:20', '00:00', '00:50'])
  })

  it('runs into the next day also when only the last start before midnight is asked for', () => {
    const rules = rulesOf({ workingHours: daily('00:00-24:00') })
    const from = at('2026-06-01T23:20Z')
    expect(slotsOf(rules, [day], { durationMinutes: 50, from, to: from + 1 })).toEqual([
      { start: from, end: at('2026-06-02T00:10Z') },
    ])
    expect(slotsOf(rules, [day], { durationMinutes: 1440, from: on('00:00'), to: on('00:01') })).toHaveLength(1)
  })

  it('is the same for a window that asks for one day and for one that asks for ten', () => {
    const rules = rulesOf({ workingHours: daily('22:10-06:00') })
    const { from, to } = { from: at('2026-06-05T00:00Z'), to: at('2026-06-06T00:00Z') }
    const wide = slotsOf(rules, ['2026-06-01', '2026-06-10'], { durationMinutes: 45 })
    expect(slotsOf(rules, ['2026-06-05'], { durationMinutes: 45 })).toEqual(
      wide.filter(({ start }) => start >= from && start < to),
    )
  })
})

describe('what is taken', () => {
  it('removes slots and never moves the others', () => {
    expect(times({ taken: [between('09:20', '09:40')] })).toEqual(['10:00', '11:00'])
  })

  it('may touch a slot', () => {
    expect(times({ taken: [between('08:00', '09:00'), between('10:00', '11:00')] })).toEqual(['09:00', '11:00'])
  })

  it('is kept clear of the buffers too', () => {
    const taken = [between('10:00', '11:00')]
    expect(times({ taken, bufferAfterMinutes: 1 })).toEqual(['11:00'])
    expect(times({ taken, bufferBeforeMinutes: 1 })).toEqual(['09:00'])
    expect(times({ taken: [between('08:00', '08:50')], bufferBeforeMinutes: 10 })).toEqual(['09:00', '10:00', '11:00'])
    expect(times({ taken: [between('08:00', '08:51')], bufferBeforeMinutes: 10 })).toEqual(['10:00', '11:00'])
    expect(times({ taken: [between('12:14', '13:00')], bufferAfterMinutes: 15 })).toEqual(['09:00', '10:00'])
  })

  it('may come unordered, overlapping and nested', () => {
    const taken = [
      between('11:30', '11:40'),
      between('09:00', '09:10'),
      between('09:05', '09:06'),
      between('08:00', '09:02'),
    ]
    expect(times({ taken })).toEqual(['10:00'])
  })

  it('does not count where it is empty', () => {
    expect(times({ taken: [between('09:30', '09:30')] })).toHaveLength(3)
  })
})

describe('a slot', () => {
  it('lies inside the open time; its buffers may stick out', () => {
    expect(times({ durationMinutes: 181 })).toEqual([])
    expect(times({ durationMinutes: 180, bufferBeforeMinutes: 60, bufferAfterMinutes: 60 })).toEqual(['09:00'])
  })

  it('belongs to the asked window by its start', () => {
    expect(times({ from: on('09:00'), to: on('10:00') })).toEqual(['09:00'])
    expect(times({ from: on('09:01'), to: on('10:01') })).toEqual(['10:00'])
    expect(times({ from: on('10:00'), to: on('10:00') })).toEqual([])
    expect(times({ from: on('11:00'), to: on('10:00') })).toEqual([])
  })

  it('starts neither before the notice nor after the horizon, both included', () => {
    expect(times({ earliestStart: on('10:00'), latestStart: on('10:00') })).toEqual(['10:00'])
    expect(times({ earliestStart: on('09:01') })).toEqual(['10:00', '11:00'])
    expect(times({ latestStart: on('10:59') })).toEqual(['09:00', '10:00'])
    expect(times({ earliestStart: on('11:00'), latestStart: on('10:00') })).toEqual([])
  })

  it.each([
    ['durationMinutes', 0],
    ['durationMinutes', -30],
    ['durationMinutes', 1.5],
    ['durationMinutes', Number.NaN],
    ['bufferBeforeMinutes', -1],
    ['bufferAfterMinutes', 0.5],
  ])('cannot have a %s of %d', (field, value) => {
    expect(() => computeSlots(question({ [field]: value }))).toThrow(RangeError)
  })
})

describe('isOffered', () => {
  it('is true for exactly the listed starts', () => {
    const listed = computeSlots(question({ taken: [between('10:20', '10:30')] })).map(({ start }) => start)
    for (let start = on('08:00'); start < on('13:00'); start += 60_000) {
      expect(isOffered({ ...question({ taken: [between('10:20', '10:30')] }), start })).toBe(listed.includes(start))
    }
  })

  it('sees what is taken in the buffers of that one session', () => {
    const asked = question({ bufferBeforeMinutes: 15, bufferAfterMinutes: 15 })
    const isFree = (taken: Interval) => isOffered({ ...asked, taken: [taken], start: on('10:00') })
    expect(isFree(between('09:00', '09:45'))).toBe(true)
    expect(isFree(between('09:00', '09:46'))).toBe(false)
    expect(isFree(between('11:15', '12:00'))).toBe(true)
    expect(isFree(between('11:14', '12:00'))).toBe(false)
  })

  it('is false a millisecond off the grid', () => {
    expect(isOffered({ ...question(), start: on('09:00') + 1 })).toBe(false)
  })
})

describe('computeBookingWindow', () => {
  it('counts elapsed hours', () => {
    const now = at('2026-03-28T12:34:56.789Z')
    expect(computeBookingWindow(now, 2, 3)).toEqual({
      earliestStart: at('2026-03-28T14:34:56.789Z'),
      latestStart: at('2026-03-31T12:34:56.789Z'),
    })
  })

  it('offers nothing in the past and nothing today when tomorrow is the notice', () => {
    const rules = rulesOf({
      workingHours: hours({ monday: '09:00-12:00' }),
      schedules: [weekly({ monday: [openWindow('09:00-12:00', 30)] })],
    })
    const now = on('10:10')
    expect(showTimes(rules, [day], computeBookingWindow(now, 0, 1))).toEqual(['10:30', '11:00'])
    expect(showTimes(rules, [day], computeBookingWindow(now, 24, 60))).toEqual([])
  })
})
