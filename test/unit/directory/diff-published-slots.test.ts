import { describe, expect, it } from 'vitest'
import type { PublishedSlot } from '#directory/published-slots/compute-published-slots'
import { diffPublishedSlots } from '#directory/published-slots/diff-published-slots'

const slot = (start: number, changes: Partial<PublishedSlot> = {}): PublishedSlot => ({
  serviceTypeId: 'call',
  scheduleId: null,
  start,
  end: start + 30,
  occupiedFrom: start,
  occupiedUntil: start + 30,
  timeZone: 'UTC',
  amount: 100,
  currency: 'GBP',
  ...changes,
})
const row = (id: string, start: number, changes: Partial<PublishedSlot> = {}) => ({ id, ...slot(start, changes) })

describe('diffPublishedSlots', () => {
  it('finds nothing to do when all is as it should be', () => {
    expect(diffPublishedSlots([row('b', 60), row('a', 0)], [slot(0), slot(60)])).toEqual({
      gone: [],
      added: [],
      changed: [],
    })
  })

  it('tells rows that go, come and change', () => {
    expect(
      diffPublishedSlots([row('a', 0), row('b', 30, { amount: 90 }), row('c', 60)], [slot(30), slot(60), slot(90)]),
    ).toEqual({ gone: ['a'], added: [slot(90)], changed: [row('b', 30)] })
  })

  it.each([
    ['scheduleId', { scheduleId: 's' }],
    ['occupiedFrom', { occupiedFrom: -5 }],
    ['occupiedUntil', { occupiedUntil: 99 }],
    ['timeZone', { timeZone: 'Asia/Tokyo' }],
    ['currency', { currency: 'EUR' }],
  ])('sees a change of %s', (_, change) => {
    expect(diffPublishedSlots([row('a', 0, change)], [slot(0)]).changed).toEqual([row('a', 0)])
  })

  it('takes another service type and another length for other slots', () => {
    const diff = diffPublishedSlots(
      [row('a', 0, { serviceTypeId: 'other' }), row('b', 30, { end: 90 })],
      [slot(0), slot(30)],
    )
    expect(diff).toEqual({ gone: ['a', 'b'], added: [slot(0), slot(30)], changed: [] })
  })

  it('keeps one of two rows for the same time', () => {
    expect(diffPublishedSlots([row('a', 0), row('b', 0)], [slot(0)])).toEqual({ gone: ['b'], added: [], changed: [] })
  })

  it('removes rows that somebody wrote by hand and left incomplete', () => {
    const incomplete = { ...row('a', 0), serviceTypeId: null, amount: null }
    expect(diffPublishedSlots([incomplete], [slot(0)])).toEqual({ gone: ['a'], added: [slot(0)], changed: [] })
  })
})
