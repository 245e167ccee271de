import { type Load, measure, median } from './load'
import type { BenchServer } from './processes'

/** As long as functions are still being compiled, the two differ by chance. */
const warmUpRounds = 3

/** How often Prometheus comes. */
const scrapeSeconds = 15

/** Asks for metrics as often as Prometheus would. @param seconds of each turn. @throws Error where nothing is measured. */
export const askLikePrometheus = (scrape: string, seconds: number): (() => Promise<void>) => {
  let sinceScrape = 0
  return async () => {
    sinceScrape += seconds
    if (sinceScrape < scrapeSeconds) return
    sinceScrape -= scrapeSeconds
    const answer = await fetch(scrape)
    if (!(await answer.text()).includes('parley_http_requests_total{')) throw new Error('It does not measure.')
  }
}

type Turn = {
  load: Load
  seconds: number
  beside: (() => Promise<void>) | undefined
  /** What works for the server elsewhere: its database. */
  elsewhere: () => Promise<number>
}

/** Seconds of processor time for 1,000 requests. */
const costOf = async (server: BenchServer, { load, seconds, beside, elsewhere }: Turn): Promise<number> => {
  const used = async () => (await server.processorSeconds()) + (await elsewhere())
  const before = await used()
  const [{ requests }] = await Promise.all([measure(server.url, load, seconds), beside?.()])
  return (((await used()) - before) / requests) * 1_000
}

const quartiles = (values: readonly number[]): [number, number] => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  return [at(0.25), at(0.75)]
}

/**
 * What a request costs a process that does something more, to what it costs one that does not: both in each round, in alternating order, so that what else
 * happens on the machine meets both. The first rounds warm up.
 * @param beside is asked once in each turn of `on`.
 * @param elsewhere seconds of the processor that were used for both outside of them, in all.
 */
export const compareProcessorTime = async (
  { on, off }: { on: BenchServer; off: BenchServer },
  load: Load,
  {
    rounds,
    seconds,
    beside,
    elsewhere = () => Promise.resolve(0),
  }: { rounds: number; seconds: number; beside?: () => Promise<void>; elsewhere?: () => Promise<number> },
): Promise<{ ratio: number; spread: [number, number]; seconds: { on: number; off: number } }> => {
  const costs: { on: number; off: number }[] = []
  for (let round = 1 - warmUpRounds; round <= rounds; round++) {
    const cost = { on: 0, off: 0 }
    const turns = [
      async () => {
        cost.on = await costOf(on, { load, seconds, beside, elsewhere })
      },
      async () => {
        cost.off = await costOf(off, { load, seconds, beside: undefined, elsewhere })
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
