import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { computeOpenIntervals } from '#availability/rules/compute-open-intervals'
import { computeSlots, isOffered, type SlotQuestion } from '#availability/slots/compute-slots'
import { groupByLocalDate } from '#availability/slots/group-by-local-date'
import { zoneOffsets } from '#availability/rules/zone-offsets'
import { repetitions } from '../../support/repetitions'
import { question } from './arbitraries'
import { offeredStarts, type OracleQuestion } from './oracle'

const minuteMs = 60_000

/** The question as the engine takes it, its open intervals computed for `window`. */
const toEngine = (asked: OracleQuestion, window: { from: number; to: number } = asked): SlotQuestion => ({
  ...asked,
  open: computeOpenIntervals(asked.rules, window),
})

const ask = (asked: OracleQuestion) => computeSlots(toEngine(asked))

/** @param usual how often `npm test` asks; in the long run it is ten times as much. */
const holds = <T>(property: fc.IProperty<T>, usual: number) => {
  fc.assert(property, { numRuns: timesOf(usual) })
}

const timesOf = (usual: number): number => repetitions({ usual, long: 10 * usual })

it('offers exactly what the oracle offers: none outside the rules, none lost', () => {
  let offered = 0
  holds(
    fc.property(question, (asked) => {
      const starts = ask(asked).map(({ start }) => start)
      offered += starts.length
      expect(starts).toEqual(offeredStarts(asked))
    }),
    200,
  )
  // A property about empty lists would prove nothing.
  expect(offered).toBeGreaterThan(timesOf(400))
})

it('offers sessions of the asked length, in order, that with their buffers overlap nothing taken', () => {
  holds(
    fc.property(question, (asked) => {
      let previous = -Infinity
      for (const { start, end } of ask(asked)) {
        expect(end - start).toBe(asked.durationMinutes * minuteMs)
        expect(start).toBeGreaterThan(previous)
        previous = start
        const occupied = {
          start: start - asked.bufferBeforeMinutes * minuteMs,
          end: end + asked.bufferAfterMinutes * minuteMs,
        }
        expect(asked.taken.filter((taken) => taken.start < occupied.end && taken.end > occupied.start)).toEqual([])
      }
    }),
    300,
  )
})

it('offers the same instants however the window is split', () => {
  holds(
    fc.property(question, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }), (asked, cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), 1].map((part) =>
        Math.round(asked.from + (asked.to - asked.from) * part),
      )
      const parts = edges.slice(1).map((to, index) => ask({ ...asked, from: edges[index] ?? to, to }))
      expect(parts.flat()).toEqual(ask(asked))
    }),
    300,
  )
})

it('offers the same from open intervals that were computed for a wider window', () => {
  holds(
    fc.property(question, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (asked, before, after) => {
      const wide = { from: asked.from - before * 86_400_000, to: asked.to + after * 86_400_000 }
      expect(computeSlots({ ...toEngine(asked, wide), from: asked.from, to: asked.to })).toEqual(ask(asked))
    }),
    300,
  )
})

it('can hold what is listed, and nothing else', () => {
  holds(
    fc.property(question, (asked) => {
      const listed = new Set(ask(asked).map(({ start }) => start))
      const { from, to, ...rest } = toEngine(asked)
      for (let start = from; start < to; start += 5 * minuteMs) {
        expect(isOffered({ ...rest, start })).toBe(listed.has(start))
      }
      for (const start of listed) expect(isOffered({ ...rest, start })).toBe(true)
    }),
    150,
  )
})

it('shows the same instants in every zone of a viewer, written as Temporal writes them', () => {
  const viewer = fc.constantFrom(...Intl.supportedValuesOf('timeZone').filter((_, index) => index % 15 === 0))
  holds(
    fc.property(question, viewer, (asked, timeZone) => {
      const slots = ask(asked).slice(0, 40)
      const grouped = groupByLocalDate(slots, timeZone)
      const show = (epochMs: number) => Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone)
      expect(
        Object.entries(grouped).flatMap(([date, times]) => times.map(({ start, end }) => [date, start, end])),
      ).toEqual(
        slots.map(({ start, end }) => [
          show(start).toPlainDate().toString(),
          show(start).toString({ timeZoneName: 'never' }),
          show(end).toString({ timeZoneName: 'never' }),
        ]),
      )
    }),
    150,
  )
})

it("reads a zone's clock as Temporal does, whichever zone and wall-clock time", () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone').filter((_, index) => index % 9 === 0))
  const wall = fc.integer({ min: Date.UTC(2020, 0, 1) / minuteMs, max: Date.UTC(2032, 0, 1) / minuteMs })
  holds(
    fc.property(zone, wall, (timeZone, minutes) => {
      const text = new Date(minutes * minuteMs).toISOString().slice(0, -1)
      const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
      expect(zoneOffsets(timeZone).toInstant(minutes * minuteMs)).toBe(expected.epochMilliseconds)
      expect(zoneOffsets(timeZone).offsetAt(minutes * minuteMs)).toBe(
        Temporal.Instant.fromEpochMilliseconds(minutes * minuteMs).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6,
      )
    }),
    2000,
  )
})
