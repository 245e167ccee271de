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

export type Compared = { ratio: number; spread: [number, number]; seconds: { on: number; off: number } }

/** Two processes that do the same differ by what was compiled and collected in them, and stay so: as many are asked as this. */
const pairs = 4

/**
 * What a request costs a process that does something more, to what it costs one that does not: both in each round, in alternating order, so that what else
 * happens on the machine meets both; and several of both, one pair after the other. The first rounds of each warm up.
 * @param loads by name; `seconds` of each turn.
 * @param rounds in all.
 * @param beside is asked once in each turn of `on`.
 * @param elsewhere seconds of the processor that were used for both outside of them, in all.
 */
export const compareProcessorTime = async (
  start: { on: () => Promise<BenchServer>; off: () => Promise<BenchServer> },
  loads: Record<string, Pick<Turn, 'load' | 'seconds'>>,
  {
    rounds,
    beside,
    elsewhere = () => Promise.resolve(0),
  }: { rounds: number; beside?: () => Promise<void>; elsewhere?: () => Promise<number> },
): Promise<Map<string, Compared>> => {
  const costs = new Map(Object.keys(loads).map((name): [string, Cost[]] => [name, []]))
  for (let pair = 0; pair < pairs; pair++) {
    const servers: BenchServer[] = []
    const open = async (one: () => Promise<BenchServer>) => {
      const server = await one()
      servers.push(server)
      return server
    }
    try {
      const on = await open(start.on)
      const off = await open(start.off)
      for (const [name, load] of Object.entries(loads)) {
        for (let round = 1 - warmUpRounds; round <= Math.ceil(rounds / pairs); round++) {
          const cost = await costsOf({ on, off }, { ...load, elsewhere, beside }, (round + pair) % 2 === 0)
          if (round > 0) costs.get(name)?.push(cost)
        }
      }
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
    }
  }
  return new Map([...costs].map(([name, all]) => [name, summarize(all)]))
}

type Cost = { on: number; off: number }

const costsOf = async (
  { on, off }: { on: BenchServer; off: BenchServer },
  turn: Turn,
  isOffFirst: boolean,
): Promise<Cost> => {
  const costOfOff = () => costOf(off, { ...turn, beside: undefined })
  if (isOffFirst) {
    const first = await costOfOff()
    return { off: first, on: await costOf(on, turn) }
  }
  const first = await costOf(on, turn)
  return { on: first, off: await costOfOff() }
}

const summarize = (costs: readonly Cost[]): Compared => {
  const ratios = costs.map((cost) => cost.on / cost.off)
  return {
    ratio: median(ratios),
    spread: quartiles(ratios),
    seconds: { on: median(costs.map((cost) => cost.on)), off: median(costs.map((cost) => cost.off)) },
  }
}
