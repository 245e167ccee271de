import { parseArgs } from 'node:util'
import { setEnvironment } from '#server/environment'
import { openBenchDatabase, startProviders } from './bench-world'
import { describeMachine } from './format'
import { startWeb, startWorker } from './processes'
import {
  describeColumns,
  describeIndexes,
  describeTables,
  readSizes,
  readWeights,
  type Sizes,
} from './storage/read-sizes'

/**
 * How many bytes a paid booking leaves in PostgreSQL, and where: `node --import tsx bench/bytes-per-booking.ts --bookings=2000`. Every booking is made,
 * paid, written into a calendar, told of by mail, reminded of, held, invoiced and paid out by the product itself; one in ten is cancelled and refunded,
 * one in ten moved. `--columns` says what the columns weigh, `--indexes` how often each index was used, `--keep` leaves the database running until
 * Ctrl+C.
 */
const { values } = parseArgs({
  options: {
    bookings: { type: 'string', default: '2000' },
    columns: { type: 'boolean', default: false },
    indexes: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})
const total = Number(values.bookings)

const cleanUps: (() => Promise<unknown>)[] = []
const say = (line: string) => process.stdout.write(`${line}\n`)

const measure = async (): Promise<void> => {
  say(`Machine: ${describeMachine()}; ${total} paid bookings`)
  // Between the phases, which stand for weeks, it is vacuumed as autovacuum would have done by then.
  const opened = await openBenchDatabase({ shared_buffers: '256MB', synchronous_commit: 'off' })
  const { url: databaseUrl, client: database } = opened
  cleanUps.push(opened.close)
  const { stripe, google, webhookSecret, env, close: closeProviders } = await startProviders()
  cleanUps.push(closeProviders)
  setEnvironment({
    NODE_ENV: 'production',
    PARLEY_DEMO: '1',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'error',
    ...env,
  })
  const [{ openPayload }, { seedStorage }, { runBookings }] = await Promise.all([
    import('#server/open-payload'),
    import('./storage/seed-storage'),
    import('./storage/run-bookings'),
  ])
  const { payload, close } = await openPayload()
  cleanUps.push(close)
  const experts = await seedStorage(payload, { stripe, google, count: Math.max(4, Math.ceil(total / 150)) })
  const web = await startWeb(databaseUrl)
  cleanUps.push(web.stop)
  const worker = await startWorker(databaseUrl)
  cleanUps.push(worker.stop)
  await runBookings({ url: web.url, database, stripe, experts, total, webhookSecret, say, measureFrom: () => before() })
  async function before() {
    await database.query('VACUUM (FULL, ANALYZE)')
    sizesBefore = await readSizes(database)
    weightsBefore = await readWeights(database)
    await database.query('SELECT pg_stat_reset()')
  }
  await database.query('VACUUM (ANALYZE)')
  const sizes = await readSizes(database)
  say(`\nAs it lies there\n${describeTables(sizes, sizesBefore, total)}`)
  if (values.indexes) say(`\nIndexes\n${await describeIndexes(database, total)}`)
  if (values.columns) say(`\nColumns\n${await describeColumns(database, sizes, total)}`)
  await database.query('VACUUM (FULL, ANALYZE)')
  say(`\nRows and entries themselves\n${describeTables(await readWeights(database), weightsBefore, total)}`)
  say(`\nPacked (VACUUM FULL)\n${describeTables(await readSizes(database), sizesBefore, total)}`)
  if (values.keep) {
    say(`\n${databaseUrl}`)
    await new Promise((resolve) => process.once('SIGINT', resolve))
  }
}

let sizesBefore: Sizes = new Map()
let weightsBefore: Sizes = new Map()

try {
  await measure()
} finally {
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
}
process.exit(0)
