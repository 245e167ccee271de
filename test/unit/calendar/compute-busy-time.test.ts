import { describe, expect, it } from 'vitest'
import { computeBusyTime } from '#calendar/busy/compute-busy-time'
import type { GoogleEvent } from '#calendar/google/calendar-api'
import { computeExternalEvent } from '#calendar/google/compute-external-event'

const event = (more: GoogleEvent = {}) =>
  computeExternalEvent({
    status: 'confirmed',
    start: { dateTime: '2026-12-01T10:00:00+01:00' },
    end: { dateTime: '2026-12-01T11:00:00+01:00' },
    ...more,
    id: 'a',
  })
const at = (text: string) => Date.parse(text)

describe('what keeps somebody from being booked', () => {
  it('is an event that takes place', () => {
    const busy = { start: at('2026-12-01T09:00Z'), end: at('2026-12-01T10:00Z') }
    expect(computeBusyTime(event(), 'UTC')).toEqual(busy)
    expect(computeBusyTime(event({ status: 'tentative' }), 'UTC')).toEqual(busy)
    expect(computeBusyTime(event({ eventType: 'outOfOffice' }), 'UTC')).toEqual(busy)
    expect(computeBusyTime(event({ eventType: 'focusTime' }), 'UTC')).toEqual(busy)
    const accepted = event({ attendees: [{ self: true, responseStatus: 'accepted' }] })
    expect(computeBusyTime(accepted, 'UTC')).toEqual(busy)
    const othersDeclined = event({ attendees: [{ responseStatus: 'declined' }] })
    expect(computeBusyTime(othersDeclined, 'UTC')).toEqual(busy)
  })

  it.each<[string, GoogleEvent]>([
    ['cancelled', { status: 'cancelled' }],
    ['free', { transparency: 'transparent' }],
    ['declined', { attendees: [{ self: true, responseStatus: 'declined' }] }],
    ['a place of work', { eventType: 'workingLocation' }],
    ['without a start', { start: {} }],
    ['of no length', { end: { dateTime: '2026-12-01T10:00:00+01:00' } }],
    ['with a date that is none', { start: { date: '2026-02-31' }, end: { date: '2026-03-01' } }],
    ['with a time that is none', { start: { dateTime: 'noon' } }],
  ])('is nothing that is %s', (_, more) => {
    expect(computeBusyTime(event(more), 'UTC')).toBeUndefined()
  })

  it('is the whole day on the clock of the calendar, also when the clocks change', () => {
    const wholeDay = event({ start: { date: '2026-10-25' }, end: { date: '2026-10-26' } })
    expect(computeBusyTime(wholeDay, 'Europe/Berlin')).toEqual({
      start: at('2026-10-24T22:00Z'),
      end: at('2026-10-25T23:00Z'),
    })
    expect(computeBusyTime(wholeDay, 'America/Los_Angeles')).toEqual({
      start: at('2026-10-25T07:00Z'),
      end: at('2026-10-26T07:00Z'),
    })
  })
})
