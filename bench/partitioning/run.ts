import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { removeEmbeddedPostgres, startEmbeddedPostgres, throwAwaySettings } from '#database/embedded-postgres'
import { runMigrations } from '#database/run-migrations'
import { median } from '../load'
import { fillMonths } from './fill-months'
import { listObstacles } from './list-obstacles'
import { monthsFrom } from './month-boundary'
import { monthlyTables, partitionByMonth } from './partition-by-month'

/**
 * `node --import tsx bench/partitioning/run.ts --rows=1000000 --months=24`: the product's schema as it is beside the same schema with one partition a month, filled
 * alike, on a PostgreSQL of its own. Prints milliseconds (medians) and ratios, how long a full database is locked by the change, and what stands in the way of Citus.
 */

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, months: { type: 'string', default: '24' } },
})
const rows = Number(values.rows)
const months = Number(values.months)
const say = (line: string) => process.stdout.write(`${line}\n`)

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** Not a multiple of anything, so that rows of all months are asked for. */
const someRow = (turn: number): number => Math.floor((turn * 0.618_034 * rows) % rows)

type Question = { name: string; ask: (client: pg.ClientBase, turn: number) => Promise<unknown>; turns: number }

const insertSession = `
  INSERT INTO scheduled_sessions (id, reference, status, consultant_id, customer_id, service_type_id, starts_at, ends_at, duration_minutes, time_zone,
    price_amount, price_currency, price_platform_fee_amount, price_consultant_payout_amount)
  VALUES (uuidv7(), $1, 'completed', md5('consultant1')::uuid, md5('customer1')::uuid, md5('service')::uuid, now(), now() + interval '30 minutes', 30,
    'Europe/Berlin', 100, 'EUR', 20, 80)`

const questions: Question[] = [
  {
    name: 'a session by its id',
    turns: 300,
    ask: async (client, turn) => {
      const { rows: found } = await client.query<{ id: string }>(
        'SELECT id FROM scheduled_sessions WHERE reference = $1',
        [`S-${someRow(turn)}`],
      )
      return client.query('SELECT * FROM scheduled_sessions WHERE id = $1', [found[0]?.id])
    },
  },
  {
    name: 'a session by its reference',
    turns: 300,
    ask: (client, turn) =>
      client.query('SELECT * FROM scheduled_sessions WHERE reference = $1', [`S-${someRow(turn)}`]),
  },
  {
    name: 'the 20 newest sessions',
    turns: 100,
    ask: (client) => client.query('SELECT * FROM scheduled_sessions ORDER BY created_at DESC LIMIT 20'),
  },
  {
    name: 'the 20 newest of one consultant',
    turns: 100,
    ask: (client, turn) =>
      client.query(
        `SELECT * FROM scheduled_sessions WHERE consultant_id = md5('consultant' || 1 + $1::int % 500)::uuid ORDER BY starts_at DESC LIMIT 20`,
        [turn],
      ),
  },
  {
    name: 'the ledger of one consultant, a month',
    turns: 50,
    ask: (client, turn) =>
      client.query(
        `SELECT sum(amount) FROM ledger_entries WHERE consultant_id = md5('consultant' || 1 + $1::int % 500)::uuid
         AND occurred_at >= date_trunc('month', now()) - interval '2 months' AND occurred_at < date_trunc('month', now()) - interval '1 month'`,
        [turn],
      ),
  },
  {
    name: 'all movements of a session',
    turns: 300,
    ask: (client, turn) =>
      client.query(
        'SELECT * FROM ledger_entries WHERE scheduled_session_id = (SELECT scheduled_session_id FROM ledger_entries WHERE stripe_object_id = $1)',
        [`ch_${someRow(turn)}`],
      ),
  },
  {
    name: 'a session written',
    turns: 300,
    ask: (client) => client.query(insertSession, [`new-${Math.random()}`]),
  },
]

const compare = async (plain: pg.Client, monthly: pg.Client): Promise<void> => {
  for (const { name, ask, turns } of questions) {
    const times = { plain: [] as number[], monthly: [] as number[] }
    for (let turn = 0; turn < turns; turn += 1) {
      times.plain.push(await timed(() => ask(plain, turn)))
      times.monthly.push(await timed(() => ask(monthly, turn)))
    }
    const [before, after] = [median(times.plain), median(times.monthly)]
    say(`${name.padEnd(40)} ${before.toFixed(2)} ms, by month ${after.toFixed(2)} ms: ${(after / before).toFixed(2)}`)
  }
}

const oldestMonth = `date_trunc('month', now()) - interval '${months} months'`

/** How the oldest month of notifications goes: by DELETE and VACUUM, and with its partition. */
const removeMonth = async (plain: pg.Client, monthly: pg.Client): Promise<void> => {
  const deleted = await timed(async () => {
    await plain.query(`DELETE FROM notifications WHERE created_at < ${oldestMonth} + interval '1 month'`)
    await plain.query('VACUUM notifications')
  })
  const { rows: names } = await monthly.query<{ name: string }>(
    `SELECT 'notifications_' || to_char(${oldestMonth}, 'YYYY_MM') AS name`,
  )
  const name = names[0]?.name ?? ''
  const dropped = await timed(async () => {
    await monthly.query(`ALTER TABLE notifications DETACH PARTITION ${name} CONCURRENTLY`)
    await monthly.query(`DROP TABLE ${name}`)
  })
  say(
    `a month of notifications removed: DELETE and VACUUM ${deleted.toFixed(0)} ms, its partition ${dropped.toFixed(0)} ms`,
  )
}

const dir = await mkdtemp(path.join(tmpdir(), 'parley-months-'))
const postgres = await startEmbeddedPostgres({ dataDir: dir, settings: { ...throwAwaySettings, autovacuum: 'on' } })
const connect = async (database: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: postgres.url(database) })
  // The server ends before its clients where something fails.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
try {
  const server = await connect('postgres')
  await server.query('CREATE DATABASE plain')
  await runMigrations(postgres.url('plain'))
  await server.query('CREATE DATABASE monthly TEMPLATE plain')
  const [plain, monthly] = [await connect('plain'), await connect('monthly')]

  const { obstacles, placed } = await listObstacles(plain)
  const count = (of: string[]) =>
    Object.entries(Object.groupBy(of, (one) => one)).map(([one, all]) => `${all?.length} ${one}`)
  say(
    `Citus, by consultant. Tables: ${count([...placed.values()]).join(', ')}. In the way: ${count(obstacles.map(({ kind }) => kind)).join(', ')}.`,
  )

  const first = new Date()
  first.setUTCMonth(first.getUTCMonth() - months, 1)
  for (const table of monthlyTables) await partitionByMonth(monthly, table, monthsFrom(first, months + 3))
  say(`filling twice ${rows} sessions over ${months} months …`)
  await fillMonths(plain, rows, months)
  await fillMonths(monthly, rows, months)
  await compare(plain, monthly)
  await removeMonth(plain, monthly)
  for (const table of monthlyTables) {
    const locked = await timed(() => partitionByMonth(plain, table, monthsFrom(new Date(), 4).slice(1)))
    say(`${table.table} of ${rows} rows changed in place: locked for ${locked.toFixed(0)} ms`)
  }
  await Promise.all([server.end(), plain.end(), monthly.end()])
} finally {
  await postgres.stop()
  await removeEmbeddedPostgres(dir).catch(() => undefined)
  await rm(dir, { recursive: true, force: true })
}
