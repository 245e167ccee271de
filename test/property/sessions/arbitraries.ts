import fc from 'fast-check'
import { sessionStateNames } from '#sessions/session-states'
import { paymentStateNames } from '#payments/payment-states'

const minute = 60_000

/** The sides that a person can be on. */
export const personRole = fc.constantFrom<'admin' | 'operations' | 'consultant' | 'customer'>(
  'admin',
  'operations',
  'consultant',
  'customer',
)
export const sessionState = fc.constantFrom(...sessionStateNames)
export const paymentState = fc.constantFrom(...paymentStateNames)

type Moment = 'start' | 'end' | 'early' | number

/** A session and a moment around it, on and beside the edges; epoch milliseconds. */
export const sessionClock = fc
  .record({
    startsAt: fc.integer({ min: 0, max: 4_000_000 }).map((minutes) => minutes * minute),
    durationMinutes: fc.integer({ min: 5, max: 480 }),
    // An edge by its name, or so many minutes from the start.
    moment: fc.oneof(
      fc.constantFrom<Moment>('start', 'end', 'early'),
      fc.integer({ min: -100 * 1_440, max: 1_440 }).map((minutes): Moment => minutes),
    ),
    nudge: fc.constantFrom(-1, 0, 1),
  })
  .map(({ startsAt, durationMinutes, moment, nudge }) => {
    const endsAt = startsAt + durationMinutes * minute
    const edges = { start: startsAt, end: endsAt, early: startsAt - 15 * minute }
    const now = typeof moment === 'number' ? startsAt + moment * minute : edges[moment]
    return { startsAt, endsAt, now: now + nudge }
  })

export const reschedulePolicy = fc.record({
  untilHoursBefore: fc.integer({ min: 0, max: 24 * 90 }),
  maxReschedules: fc.integer({ min: 0, max: 5 }),
})
