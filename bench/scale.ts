import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { type EmbeddedPostgres, removeEmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded-postgres'
import { runMigrations } from '#database/run-migrations'
import { startResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import { startStripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { projectRoot } from '#server/environment'
import { bookingsOf } from './bookings'
import { describeMachine, formatMeasured, formatTarget, isMet, type Target } from './format'
import { compare } from './load'
import { startProduction } from './processes'
import { bookable, freeService, scaleGroups, type ScaleLoad, scaleLoads } from './scale-loads'

/**
 * `npm run bench:scale`: fills a small and a large database, runs two web processes and two workers on each as production does, asks both for the
 * same over HTTP in turn, and prints how much longer the large one takes. `--consultants=5000 --sessions=1000000` say how large it is;
 * `--only=slots,directory,booking,lists`, `--match=…` (a part of the name) what is asked; `--rounds`, `--seconds`, `--connections`;
 * `--data-dir=…` keeps the databases for the next run with the same sizes.
 */
const { values } = parseArgs({
  options: {
    consultants: { type: 'string', default: '5000' },
    sessions: { type: 'string', default: '1000000' },
    only: { type: 'string', default: scaleGroups.join(',') },
    match: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '2' },
    'data-dir': { type: 'string' },
  },
})
const sizes = {
  small: { consultants: 12, sessions: 1_000 },
  large: { consultants: Number(values.consultants), sessions: Number(values.sessions) },
}
type Size = (typeof sizes)['small']

const say = (line: string) => process.stdout.write(`${line}\n`)
const staff = { email: 'scale@parley.example', password: 'a-long-enough-password-for-scale' }
const dayMs = 86_400_000

const withClient = async <Result>(url: string, run: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

const fill = async (url: string, { consultants, sessions }: Size): Promise<void> => {
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', '--no-deprecation', 'bench/scale-fill.ts', `--database=${url}`],
      ...[`--consultants=${consultants}`, `--sessions=${sessions}`],
      ...[`--email=${staff.email}`, `--password=${staff.password}`],
    ],
    { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The database was not filled: exit code ${code}.`)
}

/** A database of that size; one that an earlier run has left is taken as it is. */
const database = async (postgres: EmbeddedPostgres, size: Size): Promise<string> => {
  const name = `scale_${size.consultants}_${size.sessions}`
  const isFilled = await withClient(postgres.url('postgres'), async (client) => {
    const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    return rows.length > 0
  })
  if (isFilled) {
    await runMigrations(postgres.url(name))
    return postgres.url(name)
  }
  const half = `${name}_half`
  await withClient(postgres.url('postgres'), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${half}`)
    await client.query(`CREATE DATABASE ${half}`)
  })
  say(`Filling ${size.consultants} consultants, ${size.sessions} sessions`)
  await fill(postgres.url(half), size)
  await withClient(postgres.url('postgres'), (client) => client.query(`ALTER DATABASE ${half} RENAME TO ${name}`))
  return postgres.url(name)
}

const tokenOf = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/api/users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(staff),
  })
  const { token } = (await answer.json()) as { token?: string }
  if (!token) throw new Error(`Nobody of staff can log in there: ${answer.status}`)
  return token
}

/** Days from now after which nothing of whom we book is taken, and how many records a list has. */
const readFacts = (url: string): Promise<{ freeAfter: number; counts: Map<string, number> }> =>
  withClient(url, async (client) => {
    const { rows: booked } = await client.query<{ last: Date | null }>(
      `SELECT max(s.starts_at) AS last FROM availability_slots s JOIN consultant_profiles c ON c.id = s.consultant_id
       WHERE c.slug LIKE 'open-%' AND s.status = 'booked'`,
    )
    const { rows } = await client.query<{ name: string; count: number }>(
      'SELECT relname AS name, reltuples::float8 AS count FROM pg_class WHERE relkind = $1',
      ['r'],
    )
    const last = booked[0]?.last?.getTime() ?? 0
    return {
      freeAfter: Math.max(1, Math.ceil((last - Date.now()) / dayMs)),
      counts: new Map(rows.map(({ name, count }) => [name, count])),
    }
  })

/** Until the workers have done what they find when they start: what is measured is an installation that has run for a while. */
const awaitRest = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    const startedAt = Date.now()
    for (let quiet = 0; quiet < 3; await delay(1_000)) {
      const { rowCount } = await client.query(
        'SELECT FROM graphile_worker._private_jobs WHERE run_at <= now() AND attempts < max_attempts LIMIT 1',
      )
      quiet = rowCount === 0 ? quiet + 1 : 0
    }
    say(`At rest after ${Math.round((Date.now() - startedAt) / 1_000)} s`)
  })

const cleanUps: (() => Promise<unknown>)[] = []

type Installation = { url: string[]; loads: Map<string, ScaleLoad> }

const install = async (databaseUrl: string): Promise<Installation> => {
  const webs: { url: string }[] = []
  // One after the other: a port is free until the process listens.
  for (const script of [
    'src/server/web.ts',
    'src/server/web.ts',
    'src/server/worker.ts',
    'src/server/worker.ts',
  ] as const) {
    const { url, stop } = await startProduction(script, databaseUrl)
    cleanUps.push(stop)
    if (script === 'src/server/web.ts') webs.push({ url })
  }
  await awaitRest(databaseUrl)
  const { freeAfter, counts } = await readFacts(databaseUrl)
  return {
    url: webs.map(({ url }) => url),
    loads: scaleLoads({
      headers: { authorization: `JWT ${await tokenOf(webs[0]?.url ?? '')}` },
      counts: (collection) => counts.get(collection.replaceAll('-', '_')) ?? 0,
      booking: bookingsOf(bookable, freeService, freeAfter),
    }),
  }
}

const targets: Target[] = []

const compareLoads = async (small: Installation, large: Installation): Promise<void> => {
  const timing = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
  }
  say(
    `Machine: ${describeMachine()}; ${timing.connections} connections over two web processes, median of ${timing.rounds} × ${timing.seconds} s\n`,
  )
  for (const [name, { group, ratio, ...load }] of large.loads) {
    const other = small.loads.get(name)
    if (!other || !values.only.split(',').includes(group) || !name.includes(values.match)) continue
    try {
      const results = await compare({ small: { ...other, url: small.url }, large: { ...load, url: large.url } }, timing)
      const target = { name: `${name}: p95 large / small`, value: results.large.p95 / results.small.p95, atMost: ratio }
      targets.push(target)
      say(formatTarget(target))
      for (const [which, measured] of Object.entries(results)) say(`  ${which.padEnd(8)} ${formatMeasured(measured)}`)
    } catch (error) {
      targets.push({ name, value: Number.NaN, atMost: ratio })
      say(`FAILED ${name}: ${String(error)}`)
    }
  }
}

const dir = values['data-dir'] ?? (await mkdtemp(path.join(tmpdir(), 'parley-scale-')))
await mkdir(dir, { recursive: true })
const dataDir = path.join(dir, 'postgres')
const postgres = await startEmbeddedPostgres({
  dataDir,
  settings: { max_connections: '150', shared_buffers: '2GB', max_wal_size: '8GB', checkpoint_timeout: '15min' },
})
try {
  const stripe = await startStripeSandbox({ port: 0, host: '127.0.0.1' })
  const resend = await startResendSandbox({ port: 0 })
  cleanUps.push(stripe.close, resend.close)
  Object.assign(process.env, {
    STRIPE_SECRET_KEY: 'sk_test_bench',
    STRIPE_WEBHOOK_SECRET: 'whsec_of_the_bench',
    STRIPE_API_BASE: stripe.url,
    RESEND_API_KEY: 're_bench',
    RESEND_BASE_URL: resend.url,
  })
  const small = await database(postgres, sizes.small)
  const large = await database(postgres, sizes.large)
  const installations = { small: await install(small), large: await install(large) }
  await compareLoads(installations.small, installations.large)
} finally {
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
  await postgres.stop()
  if (values['data-dir'] === undefined) {
    await removeEmbeddedPostgres(dataDir)
    await rm(dir, { recursive: true, force: true })
  }
}
const missed = targets.filter((target) => !isMet(target))
say(missed.length ? `\n${missed.length} of ${targets.length} targets missed` : `\nAll ${targets.length} targets met`)
process.exit(missed.length ? 1 : 0)
