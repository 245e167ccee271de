import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import type pg from 'pg'
import { sql } from '@payloadcms/db-postgres'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { noteBackfill } from '#database/backfill-queries'
import { poolDb } from '#database/transactions'
import { connectTo, type TestDatabase } from '../../support/database'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'

let payload: Payload
let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  client = await connectTo(database)
})

const note = (name: string, sql: string) =>
  noteBackfill(client, { name, table: 'public.filled', key: 'id', rows: 10, sql })

beforeEach(async () => {
  await client.query(`DELETE FROM parley.backfills; DROP TABLE IF EXISTS filled;
    CREATE TABLE filled (id integer PRIMARY KEY, value integer, times integer NOT NULL DEFAULT 0);
    INSERT INTO filled SELECT n FROM generate_series(1, 35) n`)
})

const fill = 'UPDATE filled SET value = id * 2, times = times + 1 WHERE id BETWEEN $1 AND $2'

const readProgress = async () =>
  (
    await client.query(
      'SELECT name, after, done::int, finished_at IS NOT NULL AS finished FROM parley.backfills ORDER BY number',
    )
  ).rows as unknown[]

const readFilled = async () =>
  (
    await client.query(
      'SELECT count(*)::int AS rows, min(times) AS least, max(times) AS most FROM filled WHERE value = id * 2',
    )
  ).rows as unknown[]

const sweep = async () => {
  const { enqueueOverdue } = await import('#outbox/enqueue-overdue')
  const { unfinishedBackfills } = await import('#outbox/unfinished-backfill-queries')
  await enqueueOverdue(payload, [unfinishedBackfills])
  await runDueJobs(payload, database, { only: ['run-backfill'] })
}

it('the worker finds what a migration has left, and fills in every row once, one backfill after the other', async () => {
  await note('one', fill)
  await note('two', 'UPDATE filled SET value = value * 10 WHERE id BETWEEN $1 AND $2 AND value IS NOT NULL')
  await sweep()
  expect(await readProgress()).toEqual([
    { name: 'one', after: '35', done: 35, finished: true },
    { name: 'two', after: '35', done: 35, finished: true },
  ])
  const { rows } = await client.query('SELECT count(*)::int AS rows FROM filled WHERE value = id * 20 AND times = 1')
  expect(rows).toEqual([{ rows: 35 }])
})

it('goes on where it failed, keeps what was done, and is listed as stuck meanwhile', async () => {
  await note(
    'one',
    'UPDATE filled SET value = id * 2 / (CASE WHEN id = 25 THEN 0 ELSE 1 END), times = times + 1 WHERE id BETWEEN $1 AND $2',
  )
  await sweep()
  const { stuckKinds } = await import('#desk/work/all-stuck-work')
  const jobs = stuckKinds.get('job')
  if (!jobs) throw new Error('Jobs are no kind of stuck work.')
  const { rows: stuck } = await poolDb(payload).execute(sql`SELECT what, error FROM (${jobs.select}) listed`)
  expect(stuck).toEqual([{ what: 'run-backfill', error: expect.stringContaining('division by zero') as string }])
  expect(jobs.title('run-backfill')).toBe('Filling in what an update needs')
  expect(await readProgress()).toEqual([{ name: 'one', after: '20', done: 20, finished: false }])
  expect(await readFilled()).toEqual([{ rows: 20, least: 1, most: 1 }])
  // A later release corrects the statement; what is done stays done.
  await note('one', fill)
  await client.query(`DELETE FROM graphile_worker._private_jobs`)
  await sweep()
  expect(await readProgress()).toEqual([{ name: 'one', after: '35', done: 35, finished: true }])
  expect(await readFilled()).toEqual([{ rows: 35, least: 1, most: 1 }])
})

it('while somebody else is at a batch it leaves that alone', async () => {
  await note('one', fill)
  const other = await connectTo(database)
  await other.query('BEGIN; SELECT FROM parley.backfills FOR UPDATE')
  const { runBackfill } = await import('#outbox/run-backfill')
  await runBackfill(payload, randomUUID())
  expect(await readProgress()).toEqual([{ name: 'one', after: null, done: 0, finished: false }])
  await other.query('ROLLBACK')
})
