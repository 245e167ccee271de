import { describe, expect, it } from 'vitest'
import { computeTouchedSessions } from '#availability/rules/compute-touched-sessions'
import type { AvailabilityRules } from '#availability/types'
import { at, custom, daily, dates, hours, rulesOf } from './make-rules'

const before = rulesOf({ workingHours: daily('09:00-17:00') })
const session = (start: string, end: string) => ({ start: at(start), end: at(end) })
const noon = session('2026-06-03T12:00Z', '2026-06-03T13:00Z')
const evening = session('2026-06-03T20:00Z', '2026-06-03T21:00Z')

const touched = (after: Partial<AvailabilityRules>, was = before) =>
  computeTouchedSessions({ before: was, after: { ...was, ...after } }, [noon, evening])

describe('a change of rules touches', () => {
  it('nothing where nothing changes, and nothing where no session is', () => {
    expect(touched({})).toEqual([])
    expect(computeTouchedSessions({ before, after: rulesOf({}) }, [])).toEqual([])
  })

  it('what lay in open time and does not any more', () => {
    expect(touched({ workingHours: daily('09:00-12:30') })).toEqual([noon])
    expect(touched({ workingHours: hours({}) })).toEqual([noon])
    expect(touched({ timeZone: 'Asia/Tokyo' })).toEqual([noon])
  })

  it('what is closed now, also outside of the hours in which it was booked', () => {
    expect(touched({ unavailableDates: [dates('2026-06-01', '2026-06-04')] })).toEqual([noon, evening])
    expect(touched({ schedules: [custom([{ date: '2026-06-03', isAvailable: false, windows: [] }])] })).toEqual([
      noon,
      evening,
    ])
  })

  it('what a block meets when it comes back', () => {
    const block = { ...session('2026-05-27T20:30Z', '2026-05-27T22:00Z'), rrule: 'FREQ=WEEKLY' }
    expect(touched({ recurringBlocks: [block] })).toEqual([evening])
    expect(touched({}, { ...before, recurringBlocks: [block] })).toEqual([])
  })

  it('nothing that was closed before', () => {
    const away = { ...before, unavailableDates: [dates('2026-06-03')] }
    expect(touched({ unavailableDates: [dates('2026-06-01', '2026-06-04')] }, away)).toEqual([])
  })

  it('nothing where only new bookings are switched off', () => {
    expect(touched({ isAvailable: false })).toEqual([])
  })
})
