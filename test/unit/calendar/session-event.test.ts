import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import {
  calendarContentType,
  createSessionCalendar,
  type SessionCalendarEvent,
} from '#calendar/icalendar/session-event'

const event: SessionCalendarEvent = {
  sessionId: '0199c0de-0000-7000-8000-000000000001',
  sequence: 2,
  startsAt: Date.UTC(2026, 11, 1, 9),
  endsAt: Date.UTC(2026, 11, 1, 9, 30),
  stamp: Date.UTC(2026, 10, 21, 7),
  status: 'CONFIRMED',
  summary: 'Pricing review with Ada Okafor',
  description: 'Booking PY-7KQ2M9XB\nJoin: https://parley.example/j',
  joinUrl: 'https://parley.example/api/booking/sessions/PY-7KQ2M9XB/join?key=a,b;c',
  organizer: { name: 'Parley', email: 'bookings@parley.example' },
  attendee: { name: 'Jo Müller', email: 'jo@example.com' },
}

const write = (changes: Partial<SessionCalendarEvent> = {}, method: 'REQUEST' | 'CANCEL' | 'PUBLISH' = 'REQUEST') =>
  createSessionCalendar({ method, events: [{ ...event, ...changes }] })

const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent')
  const vevent = events[0]
  if (!vevent) throw new Error('no event')
  return { calendar, events, vevent }
}

describe('createSessionCalendar', () => {
  it('says what, when and where, in UTC', () => {
    const { calendar, vevent } = read(write())
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST')
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(vevent.getFirstPropertyValue('uid')).toBe('0199c0de-0000-7000-8000-000000000001@parley')
    expect(vevent.getFirstPropertyValue('sequence')).toBe(2)
    expect(write()).toContain('\r\nDTSTART:20261201T090000Z\r\nDTEND:20261201T093000Z\r\n')
    expect(write()).toContain('\r\nDTSTAMP:20261121T070000Z\r\n')
    expect(vevent.getFirstPropertyValue('summary')).toBe(event.summary)
    expect(vevent.getFirstPropertyValue('description')).toBe(event.description)
    expect(vevent.getFirstPropertyValue('url')).toBe(event.joinUrl)
    expect(vevent.getFirstPropertyValue('location')).toBe(event.joinUrl)
    expect(vevent.getFirstPropertyValue('organizer')).toBe('mailto:bookings@parley.example')
    expect(vevent.getFirstProperty('attendee')?.getParameter('cn')).toBe('Jo Müller')
  })

  it('keeps the UID and withdraws with a higher sequence', () => {
    const { calendar, vevent } = read(write({ sequence: 3, status: 'CANCELLED' }, 'CANCEL'))
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(vevent.getFirstPropertyValue('uid')).toBe(read(write()).vevent.getFirstPropertyValue('uid'))
    expect(vevent.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(vevent.getFirstPropertyValue('transp')).toBe('TRANSPARENT')
    expect(vevent.getFirstPropertyValue('sequence')).toBe(3)
  })

  it('gives the same bytes for the same input', () => {
    expect(write()).toBe(write())
  })

  it('names the method in the MIME type', () => {
    expect(calendarContentType('CANCEL')).toBe('text/calendar; charset=utf-8; method=CANCEL')
  })

  it('lets no name end its line or its parameter', () => {
    const name = 'Eve"\r\nATTENDEE:mailto:evil@example.com\r\nX-A:1;CN=x,y:z^n\u202Egnp\u0000'
    const text = write({ summary: name, description: name, attendee: { name, email: 'a@b.example\r\nX-B:1' } })
    const { vevent, events } = read(text)
    expect(events).toHaveLength(1)
    expect(vevent.getAllProperties('attendee')).toHaveLength(1)
    expect(vevent.getAllProperties('x-a')).toHaveLength(0)
    expect(vevent.getAllProperties('x-b')).toHaveLength(0)
    expect(vevent.getFirstPropertyValue('summary')).toBe('Eve" ATTENDEE:mailto:evil@example.com X-A:1;CN=x,y:z^ngnp')
    expect(vevent.getFirstProperty('attendee')?.getParameter('cn')).toBe(
      'Eve" ATTENDEE:mailto:evil@example.com X-A:1;CN=x,y:z^ngnp',
    )
    expect(text).not.toMatch(/[\u202E\u0000]/)
  })

  it('refuses links that a calendar must not open', () => {
    expect(() => write({ joinUrl: 'javascript:alert(1)' })).toThrow('http or https')
    expect(() => write({ joinUrl: 'not a link' })).toThrow('http or https')
  })

  it('refuses a session that ends before it starts, and a negative sequence', () => {
    expect(() => write({ endsAt: event.startsAt })).toThrow('ends after it starts')
    expect(() => write({ sequence: -1 })).toThrow('sequence')
  })

  it.each(['x', 'ü', '日', '😀'])(
    'fills no line with more than 75 octets of %s, the leading space counted',
    (character) => {
      const name = character.repeat(100)
      for (let before = 1; before <= 8; before++) {
        const text = write({ summary: 'x'.repeat(before) + name, attendee: { name, email: 'jo@example.com' } })
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      }
    },
  )

  it('has lines of at most 75 octets of whole characters, whatever people type, and reads back what was written', () => {
    const alphabet = fc.constantFrom('a', 'ü', '日', '😀', '\r', '\n', ';', ',', ':', '"', '\\', '^', ' ', '\u202E')
    const anything = fc.string({ unit: alphabet, minLength: 1, maxLength: 190 })
    fc.assert(
      fc.property(anything, anything, (summary, name) => {
        const text = write({ summary: `x${summary}`, attendee: { name: `x${name}`, email: 'jo@example.com' } })
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line.isWellFormed()).toBe(true)
          expect(line).not.toMatch(/[\r\n]/)
        }
        const { vevent } = read(text)
        const clean = (value: string) =>
          `x${value}`
            .replace(/\u202E/g, '')
            .replace(/\s+/g, ' ')
            .trim()
        expect(vevent.getFirstPropertyValue('summary')).toBe(clean(summary))
        expect(vevent.getAllProperties('attendee')).toHaveLength(1)
      }),
    )
  })
})
