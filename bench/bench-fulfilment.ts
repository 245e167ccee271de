import type { Client } from 'pg'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { Target } from './format'
import { type Fulfilled, prepareFulfilment } from './fulfilment'
import { type Load, measure, median } from './load'
import type { BenchServer, BenchWorker } from './processes'
import { processorSecondsOf, processorSecondsOfPostgres } from './processor-time'

type Options = {
  rounds: number
  seconds: number
  /** How many are fulfilled by one worker, and again by two. */
  payments: number
  bookings: () => object
  create: Load
  web: BenchServer
  startWorker: (profileDir?: string) => Promise<BenchWorker>
  profileDir: string | undefined
  stripe: StripeSandbox
  webhookSecret: string
  database: Client
  say: (line: string) => void
  note: (target: Target) => void
}

/** How much longer Stripe takes than the sandbox beside the worker: about what it takes from afar. */
const stripeMs = 150
/** Fewer are enough where most of the time is waited. */
const fewer = 3

/** Fulfilment by one worker and by two, with Stripe at hand and from afar. */
export const benchFulfilment = async (options: Options): Promise<void> => {
  const { rounds, seconds, payments, bookings, create, web, stripe, webhookSecret, database, say, note } = options
  const batch = Math.ceil(payments / rounds)
  const farBatch = Math.ceil(batch / fewer)
  say(
    `Fulfilment of ${batch * rounds} payments by one worker, of as many by two, and of ${2 * farBatch} with Stripe far away`,
  )
  const workers = [await options.startWorker(options.profileDir)]
  const { rows } = await database.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const load = await prepareFulfilment({
    url: web.url,
    // What warms up does not count, as with the other loads.
    bookings: Array.from({ length: batch * (2 * rounds + 2) + farBatch * 2 }, bookings),
    stripe,
    webhookSecret,
    database,
    processors: {
      workers: async () => sum(await Promise.all(workers.map((worker) => worker.processorSeconds()))),
      web: web.processorSeconds,
      PostgreSQL: () => processorSecondsOfPostgres(rows[0]?.pid ?? 0),
      'bench and sandbox': () => processorSecondsOf(process.pid),
    },
  })

  const measureRounds = async (name: string) => {
    const near: (Fulfilled & { createRate: number })[] = []
    for (let round = 0; round <= rounds; round++) {
      await load.rest()
      const { rate: createRate } = await measure(web.url, create, seconds)
      const fulfilled = await load.fulfil(batch)
      if (round > 0) near.push({ ...fulfilled, createRate })
    }
    const far = await load.fulfil(farBatch, stripeMs)
    const middle = (of: (one: (typeof near)[number]) => number) => median(near.map(of))
    const rates = {
      create: middle(({ createRate }) => createRate),
      'events into the inbox': middle(({ inboxRate }) => inboxRate),
      'events fulfilled': middle(({ rate }) => rate),
      'with Stripe far away': far.rate,
    }
    say(`  ${name}`)
    for (const [what, rate] of Object.entries(rates)) say(`    ${what.padEnd(32)} ${rate.toFixed(0).padStart(6)}/s`)
    const costs = Object.keys(far.costs).map((who) => `${who} ${middle(({ costs }) => costs[who] ?? 0).toFixed(1)} ms`)
    say(`    processor an event, with all that follows: ${costs.join(', ')}`)
    say(
      `    idle until all were fulfilled: ${percent(middle(({ idle }) => idle))}, with Stripe far away ${percent(far.idle)}`,
    )
    return {
      ratio: middle(({ rate, createRate }) => rate / createRate),
      far: far.rate,
      cost: middle(({ costs }) => costs.workers ?? 0),
    }
  }

  const one = await measureRounds('one worker')
  workers.push(await options.startWorker())
  const two = await measureRounds('two workers')
  await load.rest()
  await Promise.all(workers.map((worker) => worker.stop()))
  note({ name: 'fulfilment / create of five fields, throughput', value: one.ratio, atLeast: 0.15 })
  note({ name: 'fulfilment by two workers / by one, both to create', value: two.ratio / one.ratio, atLeast: 1.7 })
  note({ name: 'the same with Stripe far away', value: two.far / one.far, atLeast: 1.7 })
  note({ name: 'processor of the workers an event, two / one', value: two.cost / one.cost, atMost: 1.18 })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const percent = (part: number): string => `${(part * 100).toFixed(0)} %`
