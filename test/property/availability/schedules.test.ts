import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { computeOpenDays } from '#availability/rules/compute-open-days'
import { computeOpenIntervals } from '#availability/rules/compute-open-intervals'
import { subtractIntervals, uniteIntervals } from '#availability/rules/intervals'
import type { AvailabilityRules, DateException } from '#availability/types'
import { repetitions } from '../../support/repetitions'
import { question } from './arbitraries'

const dayMs = 86_400_000
const days = 6

/** What is open on each of some days, told by the instants of the question. */
const openDays = (rules: AvailabilityRules, from: number) => computeOpenDays(rules, { from, days })

const timesOf = (usual: number): number => repetitions({ usual, long: 10 * usual })

const oneOff = (id: string, exception: DateException): AvailabilityRules['schedules'][number] => {
  const closed = { enabled: false, windows: [] }
  return {
    id,
    type: 'custom',
    appliedFrom: null,
    appliedTo: null,
    weeklyPattern: {
      monday: closed,
      tuesday: closed,
      wednesday: closed,
      thursday: closed,
      friday: closed,
      saturday: closed,
      sunday: closed,
    },
    recurrences: [],
    dateExceptions: [exception],
  }
}

const add = (rules: AvailabilityRules, ...more: AvailabilityRules['schedules']): AvailabilityRules => ({
  ...rules,
  schedules: [...rules.schedules, ...more],
})

/** The rules of a question, the instant of a day in its middle, and that day's date. */
const world = question.map(({ rules, from }) => {
  const date = Temporal.Instant.fromEpochMilliseconds(from + 2 * dayMs)
    .toZonedDateTimeISO(rules.timeZone)
    .toPlainDate()
  return { rules, from, date: date.toString() }
})

const dateAfter = (date: string) => Temporal.PlainDate.from(date).add({ days: 1 }).toString()

const noon = [{ startTime: '11:00', endTime: '13:00', slotDurationMinutes: null, isAvailable: true }]

it('a one-off opening, wherever it stands among the schedules, takes nothing from another day', () => {
  let changed = 0
  fc.assert(
    fc.property(world, fc.constantFrom('0', 'zz'), ({ rules, from, date }, id) => {
      const before = openDays(rules, from)
      const after = openDays(add(rules, oneOff(id, { date, isAvailable: true, windows: noon })), from)
      const left = uniteIntervals(after.flatMap(({ open }) => open))
      // What the day used to open, and to close, can have reached over midnight.
      const others = before.filter((day) => day.date !== date && day.date !== dateAfter(date))
      expect(others.flatMap(({ open }) => open.flatMap((interval) => subtractIntervals(interval, left)))).toEqual([])
      const far = ({ date: other }: { date: string }) => Math.abs(Temporal.PlainDate.from(other).until(date).days) > 1
      expect(after.filter(far)).toEqual(before.filter(far))
      const [was, is] = [before, after].map((all) => JSON.stringify(all.find((day) => day.date === date)?.open))
      if (was !== is) changed++
    }),
    { numRuns: timesOf(150) },
  )
  // A property about openings that open nothing would prove nothing.
  expect(changed).toBeGreaterThan(timesOf(30))
})

it('a date that is switched off opens nothing, and neither does any other schedule open it', () => {
  fc.assert(
    fc.property(world, fc.constantFrom('0', 'zz'), ({ rules, from, date }, id) => {
      const off = oneOff(id, { date, isAvailable: false, windows: [] })
      const on = oneOff('z', { date, isAvailable: true, windows: noon })
      expect(openDays(add(rules, off, on), from).find((day) => day.date === date)?.open).toEqual([])
    }),
    { numRuns: timesOf(100) },
  )
})

it('the order in which schedules are given does not matter', () => {
  fc.assert(
    fc.property(world, ({ rules, from }) => {
      const turned = { ...rules, schedules: rules.schedules.toReversed() }
      const asked = { from, to: from + days * dayMs }
      expect(computeOpenIntervals(turned, asked)).toEqual(computeOpenIntervals(rules, asked))
    }),
    { numRuns: timesOf(100) },
  )
})

it('without a schedule that speaks the working hours stay as they are', () => {
  fc.assert(
    fc.property(world, ({ rules, from }) => {
      const alone = { ...rules, schedules: [] }
      const silent = add(alone, {
        ...oneOff('a', { date: '1999-01-01', isAvailable: false, windows: [] }),
        type: 'weekly',
      })
      expect(openDays(silent, from)).toEqual(openDays(alone, from))
    }),
    { numRuns: timesOf(50) },
  )
})
