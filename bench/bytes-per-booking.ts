import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded-postgres'
import { runMigrations } from '#database/run-migrations'
import { startGoogleSandbox } from '#sandbox/google/start-google-sandbox'
import { startResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import { startStripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { setEnvironment } from '#server/environment'
import { benchTables } from './bench-tables'
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

const dir = await mkdtemp(path.join(tmpdir(), 'parley-bench-'))
const dataDir = path.join(dir, 'postgres')
const postgres = await startEmbeddedPostgres({
  dataDir,
  // Between the phases, which stand for weeks, it is vacuumed as autovacuum would have done by then.
  settings: { max_connections: '60', shared_buffers: '256MB', synchronous_commit: 'off' },
})
const cleanUps: (() => Promise<unknown>)[] = []
const say = (line: string) => process.stdout.write(`${line}\n`)
const webhookSecret = 'whsec_of_the_bench'

const measure = async (): Promise<void> => {
  say(`Machine: ${describeMachine()}; ${total} paid bookings`)
  const admin = new pg.Client({ connectionString: postgres.url('postgres') })
  await admin.connect()
  await admin.query('CREATE DATABASE bench')
  await admin.end()
  const databaseUrl = postgres.url('bench')
  await runMigrations(databaseUrl)
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  await database.query(benchTables)
  cleanUps.push(() => database.end())
  const stripe = await startStripeSandbox({ port: 0, host: '127.0.0.1' })
  cleanUps.push(stripe.close)
  const resend = await startResendSandbox({ port: 0 })
  cleanUps.push(resend.close)
  const oauth = { clientId: 'bench.apps.googleusercontent.com', clientSecret: 'GOCSPX-bench' }
  const google = await startGoogleSandbox({ port: 0, host: '127.0.0.1', ...oauth })
  cleanUps.push(google.close)
  setEnvironment({
    NODE_ENV: 'production',
    PARLEY_DEMO: '1',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'error',
    STRIPE_SECRET_KEY: 'sk_test_bench',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: stripe.url,
    RESEND_API_KEY: 're_bench',
    RESEND_BASE_URL: resend.url,
    GOOGLE_CLIENT_ID: oauth.clientId,
    GOOGLE_CLIENT_SECRET: oauth.clientSecret,
    GOOGLE_API_BASE: google.url,
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
  await postgres.stop()
  await removeEmbeddedPostgres(dataDir)
  await rm(dir, { recursive: true, force: true })
}
process.exit(0)
