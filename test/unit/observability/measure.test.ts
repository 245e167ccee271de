import { beforeAll, expect, it, vi } from 'vitest'
import type * as Measure from '#observability/measure'

let measure: typeof Measure

beforeAll(async () => {
  vi.resetModules()
  measure = await import('#observability/measure')
})

const told = async (): Promise<string> => (await measure.tellMetrics())?.text ?? ''
const seriesOf = async (name: string): Promise<string[]> =>
  (await told()).split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))

it('nothing is counted, and nothing told, before somebody wants it', async () => {
  measure.count('parley_events_total', { event: 'session.created' })
  expect(measure.isMeasuring()).toBe(false)
  expect(await measure.tellMetrics()).toBeUndefined()
  await measure.startMeasuring()
  expect(measure.isMeasuring()).toBe(true)
  expect(await seriesOf('parley_events_total')).toEqual([])
})

it('a counter adds up, by its labels', async () => {
  measure.count('parley_bookings_total', { outcome: 'booked' })
  measure.count('parley_bookings_total', { outcome: 'booked' })
  measure.count('parley_bookings_total', { outcome: 'taken' })
  expect(await seriesOf('parley_bookings_total')).toEqual([
    'parley_bookings_total{outcome="booked"} 2',
    'parley_bookings_total{outcome="taken"} 1',
  ])
})

it('a value that a label does not have counts as other', async () => {
  for (let n = 0; n < 1_000; n++) measure.count('parley_holds_total', { outcome: `made up ${n}` })
  expect(await seriesOf('parley_holds_total')).toEqual(['parley_holds_total{outcome="other"} 1000'])
})

it('a label whose values are only told in words has no more than 300 of them', async () => {
  for (let n = 0; n < 1_000; n++) measure.count('parley_events_total', { event: `event ${n}` })
  const series = await seriesOf('parley_events_total')
  expect(series).toHaveLength(301)
  expect(series).toContain('parley_events_total{event="other"} 700')
})

it('a duration falls into its bucket', async () => {
  measure.observe('parley_job_seconds', { task: 'sweep' }, 0.3)
  const series = await seriesOf('parley_job_seconds_bucket')
  expect(series).toContain('parley_job_seconds_bucket{le="0.25",task="sweep"} 0')
  expect(series).toContain('parley_job_seconds_bucket{le="0.5",task="sweep"} 1')
})

it('whoever looks before the telling is heard until they stop', async () => {
  const stop = measure.lookBeforeTelling(() => measure.setGauge('parley_workers', {}, 3))
  expect(await seriesOf('parley_workers')).toEqual(['parley_workers 3'])
  stop()
  measure.clearGauge('parley_workers')
  expect(await seriesOf('parley_workers')).toEqual([])
})
