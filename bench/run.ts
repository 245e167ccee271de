import { parseArgs } from 'node:util'
import { findFreePort } from '#server/free-port'
import { setEnvironment } from '#server/environment'
import { openBenchDatabase, startProviders } from './bench-world'
import { bookingsOf } from './bookings'
import { askLikePrometheus, type Compared, compareProcessorTime } from './compare-processor-time'
import { describeMachine, formatMeasured, formatTarget, isMet, type Target } from './format'
import { compare, type Load, usualConnections } from './load'
import { processorSecondsOfPostgres } from './processor-time'
import { startWeb, startWorker } from './processes'
import type { Seeded } from './seed'
import { benchSlotEngine } from './slot-engine'
import { statementSettings, writeStatements } from './statements'

/**
 * `npm run bench`: starts a PostgreSQL and a web process of its own, measures, and prints ratios within this run.
 * `--only=slots,booking,limits,engine,fulfilment,calendar,many,bounds,metrics` runs parts; `--rounds`, `--seconds`; `--profile=dir` leaves CPU profiles of the
 * web process and the worker, `--statements=file` what PostgreSQL did for each statement.
 */

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'slots,booking,limits,engine,fulfilment,calendar,many,bounds,metrics' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    consultants: { type: 'string', default: '2000' },
    payments: { type: 'string', default: '1000' },
    profile: { type: 'string' },
    statements: { type: 'string' },
  },
})
const parts = new Set(values.only.split(','))
const timing = { rounds: Number(values.rounds), seconds: Number(values.seconds) }

const say = (line: string) => process.stdout.write(`${line}\n`)
const targets: Target[] = []
const note = (target: Target) => {
  targets.push(target)
  say(formatTarget(target))
}
const show = (results: Record<string, Parameters<typeof formatMeasured>[0]>) => {
  for (const [name, measured] of Object.entries(results)) say(`  ${name.padEnd(34)} ${formatMeasured(measured)}`)
}

const dayMs = 86_400_000
const dateIn = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

const live: Load = { path: '/api/health/live' }

const slotsPath = (consultant: string, serviceType: string): string =>
  `/api/booking/slots?consultant=${consultant}&serviceType=${serviceType}&start=${dateIn(3)}&end=${dateIn(9)}&timeZone=Europe%2FBerlin`

/** Seven days of one consultant after the other. */
const slotsLoad = ({ consultants, serviceType }: Seeded): Load => {
  let turn = 0
  return { path: () => slotsPath(consultants[turn++ % consultants.length] ?? '', serviceType) }
}

/** The same from another instant each time, so that no list is one that was asked for before. */
const variedSlotsLoad = ({ consultants, serviceType }: Seeded): Load => {
  const first = Math.ceil(Date.now() / dayMs + 3) * dayMs
  const end = new Date(first + 7 * dayMs).toISOString()
  let turn = 0
  return {
    path: () => {
      const start = new Date(first + turn).toISOString()
      const consultant = consultants[turn++ % consultants.length] ?? ''
      return `/api/booking/slots?consultant=${consultant}&serviceType=${serviceType}&start=${start}&end=${end}&timeZone=Europe%2FBerlin`
    },
  }
}

/** @throws Error unless both answer the same slots. */
const requireSameSlots = async (url: string, paths: readonly string[]): Promise<void> => {
  const answers = await Promise.all(
    paths.map(async (path) => {
      const { slots } = (await (await fetch(`${url}${path}`)).json()) as { slots?: object }
      return JSON.stringify(slots)
    }),
  )
  if (new Set(answers).size > 1 || !answers[0]?.includes('start')) throw new Error('These are not equally bookable.')
}

const bookingLoad = ({ bookable, serviceType }: Seeded, daysAhead = 1): Load => ({
  path: '/api/booking/sessions',
  // Nobody has thousands of bookings; the time that it takes to count those of one visitor is that of a few.
  perCaller: 20,
  body: bookingsOf(bookable, serviceType, daysAhead),
})

const createLoad: Load = {
  path: '/api/bench-notes',
  body: () => ({ title: 'A note', body: 'Some text.', amount: 42, at: new Date().toISOString(), isActive: true }),
}

const cleanUps: (() => Promise<unknown>)[] = []

const measureAll = async (): Promise<void> => {
  say(
    `Machine: ${describeMachine()}; ${usualConnections} connections, median of ${timing.rounds} × ${timing.seconds} s\n`,
  )
  // Durable as in production: what a commit costs is part of what is measured.
  const {
    url: databaseUrl,
    client,
    close: closeDatabase,
  } = await openBenchDatabase({
    shared_buffers: '512MB',
    ...(values.statements ? statementSettings : {}),
  })
  cleanUps.push(closeDatabase)
  const { statements } = values
  if (statements) cleanUps.push(() => writeStatements(client, statements))
  const { stripe, google, webhookSecret, env, close: closeProviders } = await startProviders()
  cleanUps.push(closeProviders)

  setEnvironment({
    NODE_ENV: 'production',
    PARLEY_DEMO: '1',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'warn',
    ...env,
  })
  const [{ openPayload }, { multiplyConsultants, seed }] = await Promise.all([
    import('#server/open-payload'),
    import('./seed'),
  ])
  const { payload, close } = await openPayload()
  cleanUps.push(close)
  const seeded = await seed(payload)
  // As autovacuum would, sooner or later: statements are planned by what the tables hold.
  await client.query('ANALYZE')
  const web = await startWeb(databaseUrl, { profileDir: values.profile, env: { TRUSTED_PROXIES: '1' } })
  cleanUps.push(web.stop)
  const { url } = web
  const slots = slotsLoad(seeded)

  if (parts.has('slots')) {
    say('Slots of one consultant over 7 days')
    const varied = variedSlotsLoad(seeded)
    const results = await compare(
      { bare: { url, ...live }, slots: { url, ...slots }, 'slots, each list another': { url, ...varied } },
      timing,
    )
    show(results)
    const { bare } = results
    note({ name: 'slots / bare, throughput', value: results.slots.rate / bare.rate, atLeast: 0.5 })
    note({ name: 'slots / bare, p99', value: results.slots.p99 / bare.p99, atMost: 2 })
    const other = results['slots, each list another']
    note({ name: 'slots, each list another / bare, throughput', value: other.rate / bare.rate, atLeast: 0.35 })
    say('')
  }

  if (parts.has('booking')) {
    say('A complete booking without a hold: free, new guest')
    const results = await compare({ create: { url, ...createLoad }, booking: { url, ...bookingLoad(seeded) } }, timing)
    show(results)
    note({
      name: 'booking / create of five fields, throughput',
      value: results.booking.rate / results.create.rate,
      atLeast: 0.35,
    })
    say('')
  }

  if (parts.has('limits')) {
    say('Rate limits that all processes count, and slow statements that are watched for')
    const limited = await startWeb(databaseUrl, { env: { RATE_LIMIT_FACTOR: '1', TRUSTED_PROXIES: '1' } })
    cleanUps.push(limited.stop)
    const unwatched = await startWeb(databaseUrl, { env: { SLOW_QUERY_MS: '0' } })
    cleanUps.push(unwatched.stop)
    const results = await compare(
      {
        'slots, no limits': { url, ...slots },
        'slots, statements not watched': { url: unwatched.url, ...slots },
        'slots, 50 of each caller': { url: limited.url, ...slots, perCaller: 50 },
        'slots, each of another caller': { url: limited.url, ...slots, perCaller: 1 },
        'booking, no limits': { url, ...bookingLoad(seeded, 8) },
        'booking, each of another caller': { url: limited.url, ...bookingLoad(seeded, 20), perCaller: 1 },
      },
      timing,
    )
    await Promise.all([limited.stop(), unwatched.stop()])
    show(results)
    const rateOf = (name: keyof typeof results) => results[name].rate
    const none = rateOf('slots, no limits')
    note({
      name: 'slots, 50 of each caller / no limits',
      value: rateOf('slots, 50 of each caller') / none,
      atLeast: 0.9,
    })
    note({
      name: 'slots, each of another caller / no limits',
      value: rateOf('slots, each of another caller') / none,
      atLeast: 0.6,
    })
    note({
      name: 'booking, each of another caller / no limits',
      value: rateOf('booking, each of another caller') / rateOf('booking, no limits'),
      atLeast: 0.9,
    })
    note({ name: 'slots, watched / not', value: none / rateOf('slots, statements not watched'), atLeast: 0.97 })
    say('')
  }

  if (parts.has('engine')) {
    const engine = benchSlotEngine()
    say(`The slot engine alone: 60 days, ${engine.slots} slots`)
    note({ name: 'median of 200, ms', value: engine.medianMs, atMost: engine.targetMs })
    say('')
  }

  if (parts.has('fulfilment')) {
    const { benchFulfilment } = await import('./bench-fulfilment')
    await benchFulfilment({
      ...timing,
      payments: Number(values.payments),
      bookings: bookingsOf(seeded.bookable, seeded.paidServiceType, 40),
      create: createLoad,
      web,
      startWorker: async (profileDir) => {
        const worker = await startWorker(databaseUrl, profileDir)
        cleanUps.push(worker.stop)
        return worker
      },
      profileDir: values.profile,
      stripe,
      webhookSecret,
      database: client,
      say,
      note,
    })
    say('')
  }

  if (parts.has('calendar')) {
    say('Calendars: reading them from Google, and slots beside what was read')
    const { benchCalendar } = await import('./calendar')
    const { full, empty } = seeded.alike
    const { disconnect, ...readings } = await benchCalendar(payload, google, full.id)
    for (const [what, { pages, seconds, memory, statements }] of Object.entries(readings)) {
      const { data, transactions } = statements
      const held = memory > 0 ? `, at most ${memory.toFixed(1)} MB more held than before` : ''
      say(
        `  ${what.padEnd(8)} ${pages} pages, ${data.length} statements and ${transactions} transactions, ${seconds.toFixed(2)} s${held}`,
      )
    }
    const { small, large, change } = readings
    note({
      name: 'transactions beside one a page, first reading of 5,000',
      value: large.statements.transactions - large.pages,
      atMost: 1,
    })
    note({ name: 'memory, 5,000 events / 1,000 events', value: large.memory / small.memory, atMost: 1.5 })
    note({
      name: 'statements for one change, with BEGIN and COMMIT',
      value: change.statements.data.length + 2 * change.statements.transactions,
      atMost: 5,
    })
    const paths = [empty, full].map(({ slug }) => slotsPath(slug, seeded.serviceType))
    // The readings before have left their rows, and autovacuum comes within minutes.
    await client.query('VACUUM ANALYZE')
    await requireSameSlots(url, paths)
    const [none = '', many = ''] = paths
    const results = await compare({ 'no calendar': { url, path: none }, '5,001 busy': { url, path: many } }, timing)
    show(results)
    note({
      name: 'slots with 5,001 busy intervals / with none, throughput',
      value: results['5,001 busy'].rate / results['no calendar'].rate,
      atLeast: 0.8,
    })
    await disconnect()
    say('')
  }

  if (parts.has('many')) {
    const total = Number(values.consultants)
    const few = await compare({ slots: { url, ...slots } }, timing)
    const startedAt = Date.now()
    await multiplyConsultants(payload, client, total)
    say(`${total} consultants with 60 days published (${Math.round((Date.now() - startedAt) / 1_000)} s to make)`)
    const from = `${dateIn(4)}T14:00:00Z`
    const to = `${dateIn(4)}T18:00:00Z`
    const results = await compare(
      {
        search: { url, path: '/api/booking/consultants' },
        'search by time': { url, path: `/api/booking/consultants?availableFrom=${from}&availableTo=${to}` },
        'search by words': { url, path: '/api/booking/consultants?q=advice%20tax' },
        'published slots by REST': {
          url,
          path: `/api/availability-slots?where[status][equals]=available&where[startsAt][greater_than_equal]=${from}&where[endsAt][less_than_equal]=${to}&depth=0&limit=50`,
        },
        slots: { url, ...slots },
      },
      timing,
    )
    show({ 'slots with 12 consultants': few.slots, ...results })
    note({ name: 'search by time / search, p95', value: results['search by time'].p95 / results.search.p95, atMost: 3 })
    note({ name: 'slots with many / with 12, throughput', value: results.slots.rate / few.slots.rate, atLeast: 0.95 })
    say('')
  }
  const rounds = Math.max(timing.rounds, 10)
  const noteProcessorTime = (name: string, { ratio, spread, seconds }: Compared, atMost: number) => {
    const [low, high] = spread.map((value) => value.toFixed(3))
    say(
      `  ${name}: ${seconds.on.toFixed(3)} s / ${seconds.off.toFixed(3)} s, ratio ${low} to ${high} in ${rounds} rounds`,
    )
    note({ name, value: ratio, atMost })
  }

  if (parts.has('bounds')) {
    say(
      'Processor time of the web process and PostgreSQL for 1,000 requests, with limits whose bounds are out of reach and without, in turn',
    )
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const backend = rows[0]?.pid ?? 0
    // One row that all requests count in would be what is measured.
    const env = { TRUSTED_PROXIES: '1' }
    const turn = (load: Load) => ({ load, seconds: timing.seconds })
    const compared = await compareProcessorTime(
      {
        on: () => startWeb(databaseUrl, { env: { ...env, RATE_LIMIT_FACTOR: '1000' } }),
        off: () => startWeb(databaseUrl, { env }),
      },
      {
        slots: turn({ ...slots, perCaller: 50 }),
        // There are no more than so many times to book.
        bookings: { load: bookingLoad(seeded, 46), seconds: Math.min(timing.seconds, 1) },
        'list of consultants': turn({ path: '/api/booking/consultants', perCaller: 50 }),
        'list of records': turn({ path: '/api/consultant-profiles?limit=10&depth=1', perCaller: 50 }),
      },
      { rounds, elsewhere: () => processorSecondsOfPostgres(backend) },
    )
    for (const [name, one] of compared) {
      noteProcessorTime(`${name}: processor time with limits / without`, one, 1.05)
    }
    say('')
  }

  if (parts.has('metrics')) {
    say('Processor time of the web process for 1,000 requests, with metrics and without, in turn')
    const metricsPort = await findFreePort(4_300, '127.0.0.1')
    const env = { METRICS_PORT: String(metricsPort) }
    const turn = (load: Load) => ({ load, seconds: timing.seconds })
    const compared = await compareProcessorTime(
      {
        on: () => startWeb(databaseUrl, { profileDir: values.profile, env }),
        off: () => startWeb(databaseUrl),
      },
      { slots: turn(slots), bare: turn(live) },
      { rounds, beside: askLikePrometheus(`http://127.0.0.1:${metricsPort}/metrics`, timing.seconds) },
    )
    for (const [name, one] of compared) {
      noteProcessorTime(`${name}: processor time with metrics / without`, one, 1.02)
    }
    say('')
  }
  note({ name: 'resident memory of the web process, MB', value: await web.memory(), atMost: 700 })
}

try {
  await measureAll()
} finally {
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
}
const missed = targets.filter((target) => !isMet(target))
say(missed.length ? `\n${missed.length} of ${targets.length} targets missed` : `\nAll ${targets.length} targets met`)
process.exit(missed.length ? 1 : 0)
