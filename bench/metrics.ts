import { type Load, measure, median } from './load'
import type { BenchServer } from './processes'

/** As long as functions are still being compiled, the two differ by chance. */
const warmUpRounds = 3

/** Prometheus comes that often. */
const scrapeSeconds = 15

/** Seconds of processor time for 1,000 requests. */
const costOf = async (
  server: BenchServer,
  load: Load,
  seconds: number,
  beside?: () => Promise<void>,
): Promise<number> => {
  const before = await server.processorSeconds()
  const [{ requests }] = await Promise.all([measure(server.url, load, seconds), beside?.()])
  return (((await server.processorSeconds()) - before) / requests) * 1_000
}

const quartiles = (values: readonly number[]): [number, number] => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  return [at(0.25), at(0.75)]
}

/**
 * What a request costs a process that measures, to what it costs one that does not: both in each round, in alternating order, so that what else
 * happens on the machine meets both. The one that measures is asked for its metrics as often as Prometheus would ask. The first rounds warm up.
 */
export const compareProcessorTime = async (
  { on, off, scrape }: { on: BenchServer; off: BenchServer; scrape: string },
  load: Load,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<{ ratio: number; spread: [number, number]; seconds: { on: number; off: number } }> => {
  const costs: { on: number; off: number }[] = []
  let sinceScrape = 0
  const ask = async (): Promise<void> => {
    sinceScrape += seconds
    if (sinceScrape < scrapeSeconds) return
    sinceScrape -= scrapeSeconds
    const answer = await fetch(scrape)
    if (!(await answer.text()).includes('parley_http_requests_total{')) throw new Error('It does not measure.')
  }
  for (let round = 1 - warmUpRounds; round <= rounds; round++) {
    const cost = { on: 0, off: 0 }
    const turns = [
      async () => {
        cost.on = await costOf(on, load, seconds, ask)
      },
      async () => {
        cost.off = await costOf(off, load, seconds)
      },
    ]
    for (const turn of round % 2 ? turns : turns.reverse()) await turn()
    if (round > 0) costs.push(cost)
  }
  const ratios = costs.map((cost) => cost.on / cost.off)
  return {
    ratio: median(ratios),
    spread: quartiles(ratios),
    seconds: { on: median(costs.map((cost) => cost.on)), off: median(costs.map((cost) => cost.off)) },
  }
}
