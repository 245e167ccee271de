import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { computeOpenIntervals } from '#availability/rules/compute-open-intervals'
import { computeRecurringBlocks } from '#availability/rules/compute-recurring-blocks'
import { computeSlots } from '#availability/slots/compute-slots'
import { repetitions } from '../../support/repetitions'
import { question } from './arbitraries'

const minuteMs = 60_000

/** A block near the days of a question, which may begin weeks before them: every so many days. */
const block = fc.record({
  daysBefore: fc.integer({ min: -3, max: 40 }),
  startMinute: fc.nat({ max: 1_439 }),
  minutes: fc.integer({ min: 5, max: 1_440 }),
  interval: fc.integer({ min: 1, max: 5 }),
})

it('a block that comes back is on each of its dates at its time of day, and takes just the sessions that it meets', () => {
  let taken = 0
  fc.assert(
    fc.property(question, block, (asked, { daysBefore, startMinute, minutes, interval }) => {
      const { timeZone } = asked.rules
      const at = (date: Temporal.PlainDate, minute: number) =>
        date
          .toPlainDateTime(Temporal.PlainTime.from('00:00'))
          .add({ minutes: minute })
          .toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds
      const first = Temporal.Instant.fromEpochMilliseconds(asked.from)
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .subtract({ days: daysBefore })
      const [start, end] = [at(first, startMinute), at(first, startMinute + minutes)]
      // One whose first time lies in a gap is another one by the time that it is stored.
      const wallOf = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
      fc.pre(end > start && wallOf(start).hour * 60 + wallOf(start).minute === startMinute)
      fc.pre(wallOf(end).hour * 60 + wallOf(end).minute === (startMinute + minutes) % 1_440)
      const rules = {
        ...asked.rules,
        recurringBlocks: [{ start, end, rrule: `FREQ=DAILY;INTERVAL=${interval}` }],
      }
      const window = { from: asked.from, to: asked.to }
      const expected = Array.from({ length: 60 }, (_, n) => first.add({ days: n * interval }))
        .map((date) => ({ start: at(date, startMinute), end: at(date, startMinute + minutes), date }))
        .filter((again) => again.end > again.start)
      const found = computeRecurringBlocks(rules, { from: asked.from, to: asked.to + 3 * 1_440 * minuteMs })
      const isIn = (instant: number) => found.some((one) => one.start <= instant && instant < one.end)
      for (const again of expected) {
        if (again.end <= asked.from || again.start >= asked.to) continue
        expect(isIn(Math.max(again.start, asked.from))).toBe(true)
        expect(isIn(Math.min(again.end, asked.to) - 1)).toBe(true)
      }
      const total = (all: readonly { start: number; end: number }[]) =>
        all.reduce((sum, one) => sum + Math.max(0, Math.min(one.end, asked.to) - Math.max(one.start, asked.from)), 0)
      // No more than these, but for what an hour that is put back adds to one that would be no time at all.
      expect(total(found)).toBeLessThanOrEqual(total(expected) + 120 * minuteMs)

      const open = computeOpenIntervals(rules, window)
      const slots = (more: readonly { start: number; end: number }[]) =>
        computeSlots({
          ...{ open, taken: [...asked.taken, ...more], durationMinutes: asked.durationMinutes },
          ...{
            bufferBeforeMinutes: 0,
            bufferAfterMinutes: 0,
            earliestStart: -Infinity,
            latestStart: Infinity,
            ...window,
          },
        })
      const all = slots([])
      const left = slots(found)
      const meets = (slot: { start: number; end: number }) =>
        found.some((one) => one.start < slot.end && one.end > slot.start)
      expect(left).toEqual(all.filter((slot) => !meets(slot)))
      taken += all.length - left.length
    }),
    { numRuns: repetitions({ usual: 120, long: 1_200 }) },
  )
  expect(taken).toBeGreaterThan(0)
})
