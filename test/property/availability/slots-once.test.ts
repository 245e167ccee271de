import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Offer } from '#availability/offers/offer'
import { readTaken, type TakenText } from '#availability/offers/taken-text'
import { computeOfferedSlots } from '#availability/slots/compute-offered-slots'
import { computeSlotsOnce } from '#availability/slots/slots-once'
import { dayMs, hourMs, minuteMs } from '#shared/time'
import { repetitions } from '../../support/repetitions'
import { daily, rulesOf } from '../../unit/availability/make-rules'

const monday = Date.UTC(2026, 2, 23)

const offerOf = (more: Pick<Offer, 'minBookingNoticeHours' | 'maxAdvanceBookingDays'>): Offer => ({
  consultantId: 'one',
  consultantSlug: 'one',
  consultantName: 'One',
  serviceTypeId: 'call',
  serviceTypeSlug: 'call',
  serviceTypeName: 'Call',
  version: '1',
  rules: rulesOf({ timeZone: 'Europe/Berlin', workingHours: daily('09:00-12:00') }),
  durations: [30, 60],
  defaultDurationMinutes: 30,
  prices: new Map(),
  requiresConfirmation: false,
  confirmsEmail: 'nobody',
  questions: [],
  policies: [],
  meetingProvider: null,
  meetingUrl: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  ...more,
})

const hourOf = (day: number, hour: number): [number, number] => {
  const start = monday + day * dayMs + hour * hourMs
  return [start, start + hourMs]
}

// Notice and horizon are such that the clock moves both ends of the windows below; versions of one offer follow each other.
const offers = [0, 5, 30].flatMap((minBookingNoticeHours) =>
  [3, 60].map((maxAdvanceBookingDays) => offerOf({ minBookingNoticeHours, maxAdvanceBookingDays })),
)
const takens: TakenText[] = ['[[],[]]', JSON.stringify([[hourOf(1, 9)], [hourOf(2, 8), hourOf(0, 9)]]), null]

const asking = fc.record({
  other: fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, fc.integer({ min: 0, max: offers.length - 1 })),
  taken: fc.oneof({ weight: 3, arbitrary: fc.constant(takens[1] ?? null) }, fc.constantFrom(...takens)),
  durationMinutes: fc.constantFrom(30, 30, 60),
  // More than one start of a window within minutes, so that what is remembered comes up again.
  window: fc.constantFrom({ from: 0, days: 1 }, { from: 0, days: 7 }, { from: 2, days: 3 }),
  passes: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 10 * minuteMs }) },
    fc.integer({ min: 0, max: 2 * dayMs }),
    fc.integer({ min: -hourMs, max: 0 }),
  ),
})

it('is what would be computed, whatever was asked before and however the clock goes', () => {
  let [repeated, offered] = [0, 0]
  fc.assert(
    fc.property(
      fc.array(asking, { minLength: 10, maxLength: 60 }),
      fc.integer({ min: 0, max: offers.length - 1 }),
      (all, usual) => {
        let now = monday - dayMs
        const before = new Set<object>()
        for (const { other, taken, durationMinutes, window, passes } of all) {
          now += passes
          const offer = offers[other ?? usual] as Offer
          const start = monday + window.from * dayMs
          const question = { durationMinutes, window: { start, end: start + window.days * dayMs }, now }
          const slots = computeSlotsOnce(offer, { ...question, taken })
          expect(slots).toEqual(computeOfferedSlots(offer, { ...question, taken: readTaken(taken) }))
          if (before.has(slots)) repeated++
          before.add(slots)
          offered += slots.length
        }
      },
    ),
    { numRuns: repetitions({ usual: 200, long: 5_000 }) },
  )
  // It would prove nothing about lists that are computed each time, or empty.
  expect(repeated).toBeGreaterThan(100)
  expect(offered).toBeGreaterThan(1_000)
})

it('holds no more than so many, however many are asked for', () => {
  const offer = offerOf({ minBookingNoticeHours: 0, maxAdvanceBookingDays: 60 })
  const ask = (milliseconds: number) =>
    computeSlotsOnce(offer, {
      taken: '[[],[]]',
      durationMinutes: 30,
      window: { start: monday + milliseconds, end: monday + 30 * dayMs },
      now: monday - dayMs,
    })
  const first = ask(0)
  expect(ask(0)).toBe(first)
  for (let n = 1; n < 1_000; n++) ask(n)
  expect(ask(999)).toBe(ask(999))
  expect(ask(0)).not.toBe(first)
  expect(ask(0)).toEqual(first)
})
