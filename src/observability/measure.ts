import type { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { type LabelsOf, type MetricName, metricRows, metricTable, type NamesOf } from './metric-table'

type Store = {
  registry: Registry
  counters: ReadonlyMap<MetricName, Counter>
  gauges: ReadonlyMap<MetricName, Gauge>
  histograms: ReadonlyMap<MetricName, Histogram>
}

let store: Store | undefined

/** Whether anybody wants to see the metrics of this process. */
export const isMeasuring = (): boolean => store !== undefined

/** Adds to a counter; nothing happens in a process whose metrics nobody wants. */
export const count = <Name extends NamesOf<'counter'>>(name: Name, labels: LabelsOf<Name>, by = 1): void => {
  store?.counters.get(name)?.inc(bounded(name, labels), by)
}

/** Adds a duration, in seconds. */
export const observe = <Name extends NamesOf<'histogram'>>(
  name: Name,
  labels: LabelsOf<Name>,
  seconds: number,
): void => {
  store?.histograms.get(name)?.observe(bounded(name, labels), seconds)
}

export const setGauge = <Name extends NamesOf<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void => {
  store?.gauges.get(name)?.set(bounded(name, labels), value)
}

/** Forgets every value of a gauge, so that it is not told until it is set again; one without labels as well, which `reset` makes 0. */
export const clearGauge = (name: NamesOf<'gauge'>): void => {
  const gauge = store?.gauges.get(name)
  gauge?.reset()
  if (!Object.keys(metricTable[name].labels).length) gauge?.remove()
}

/** Is called before the metrics are told, to set gauges. */
export type Look = () => void | Promise<void>

const looks = new Set<Look>()

/** @returns how to end it. */
export const lookBeforeTelling = (look: Look): (() => void) => {
  looks.add(look)
  return () => looks.delete(look)
}

/** The metrics of this process in the text format of Prometheus; undefined when it does not measure. */
export const tellMetrics = async (): Promise<{ text: string; contentType: string } | undefined> => {
  if (!store) return undefined
  await Promise.all([...looks].map(async (look) => look()))
  return { text: await store.registry.metrics(), contentType: store.registry.contentType }
}

/** Begins to measure, with what Node tells of itself. Loads the library, so that a process that does not measure is spared it. */
export const startMeasuring = async (): Promise<void> => {
  if (store) return
  const { default: client } = await import('prom-client')
  if (isMeasuring()) return
  const registry = new client.Registry()
  const counters = new Map<MetricName, Counter>()
  const gauges = new Map<MetricName, Gauge>()
  const histograms = new Map<MetricName, Histogram>()
  for (const { name, type, help, labels, buckets } of metricRows) {
    const options = { name, help, labelNames: Object.keys(labels), registers: [registry] }
    if (type === 'counter') counters.set(name, new client.Counter(options))
    else if (type === 'gauge') gauges.set(name, new client.Gauge(options))
    else histograms.set(name, new client.Histogram({ ...options, ...(buckets ? { buckets: [...buckets] } : {}) }))
  }
  client.collectDefaultMetrics({ register: registry })
  store = { registry, counters, gauges, histograms }
}

/** For labels whose values are only told in words: whatever goes wrong, there are no more than this. */
const mostValues = 300

const other = 'other'

/** What each label takes: its values, or the first ones that came. */
const takenBy = new Map<MetricName, readonly { label: string; values: Set<string>; isOpen: boolean }[]>(
  metricRows.map(({ name, labels }) => [
    name,
    Object.entries(labels).map(([label, values]) => {
      const isOpen = typeof values === 'string'
      return { label, values: new Set(isOpen ? [] : values), isOpen }
    }),
  ]),
)

/** The labels with `other` for whatever is none of their values. */
const bounded = (name: MetricName, labels: Readonly<Record<string, string>>): Record<string, string> => {
  const result: Record<string, string> = {}
  for (const { label, values, isOpen } of takenBy.get(name) ?? []) {
    const value = labels[label] ?? other
    if (isOpen && values.size < mostValues) values.add(value)
    result[label] = values.has(value) ? value : other
  }
  return result
}
