import { pathToFileURL } from 'node:url'
import { computeOpenIntervals } from '#availability/rules/compute-open-intervals'
import { computeSlots } from '#availability/slots/compute-slots'
import type { AvailabilityRules, Interval } from '#availability/types'

/** The slot engine alone: rules → open intervals → slots of 60 days, Mon–Fri 09–17, 30 minutes, 20 busy intervals. */

const dayMs = 86_400_000
const hourMs = 3_600_000
const runs = 200
const targetMs = 0.8

// A Monday; the clocks of the zone change within the 60 days.
const from = Date.UTC(2026, 2, 2)
const to = from + 60 * dayMs

const weekday = { enabled: true, startTime: '09:00', endTime: '17:00' }
const weekend = { ...weekday, enabled: false }

const rules: AvailabilityRules = {
  timeZone: 'Europe/Berlin',
  isAvailable: true,
  workingHours: {
    monday: weekday,
    tuesday: weekday,
    wednesday: weekday,
    thursday: weekday,
    friday: weekday,
    saturday: weekend,
    sunday: weekend,
  },
  breaks: [],
  unavailableDates: [],
  recurringBlocks: [],
  schedules: [],
}

const taken: Interval[] = Array.from({ length: 20 }, (_, index) => {
  const start = from + index * 3 * dayMs + (9 + (index % 6)) * hourMs
  return { start, end: start + hourMs }
})

const computeAll = (): Interval[] =>
  computeSlots({
    open: computeOpenIntervals(rules, { from, to }),
    taken,
    durationMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    earliestStart: from,
    latestStart: to,
    from,
    to,
  })

export type SlotEngineResult = {
  slots: number
  medianMs: number
  p99Ms: number
  targetMs: number
  /** Median by target: 1 or less keeps it. */
  ratio: number
}

/** Times 200 runs, after as many to warm up. */
export const benchSlotEngine = (): SlotEngineResult => {
  for (let run = 0; run < runs; run++) computeAll()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    computeAll()
    return performance.now() - start
  }).sort((a, b) => a - b)
  const at = (part: number) => times[Math.min(runs - 1, Math.floor(runs * part))] ?? Number.NaN
  const medianMs = at(0.5)
  return { slots: computeAll().length, medianMs, p99Ms: at(0.99), targetMs, ratio: medianMs / targetMs }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { slots, medianMs, p99Ms, ratio } = benchSlotEngine()
  console.log(
    `slot engine, 60 days, ${slots} slots: median ${medianMs.toFixed(3)} ms of ${runs}, p99 ${p99Ms.toFixed(3)} ms; ` +
      `${ratio.toFixed(2)} of the ${targetMs} ms allowed`,
  )
}
