import type pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { lastReleasedMigration } from '#database/last-released-migration'
import { listMigrationFiles } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase } from '../../support/database'
import { judgeMigration } from '../../support/migrations/judge-migration'
import { judgeTransaction } from '../../support/migrations/judge-transaction'
import { type LockRule, lockRules } from '../../support/migrations/lock-rules'
import { writeMigration } from '../../support/migrations/write-migration'

it('new migrations hold no long lock on a table that was there, and leave the last release what it uses', async () => {
  const database = await createTestDatabase({ empty: true })
  const files = await listMigrationFiles()
  const isReleased = ({ name }: { name: string }) => name <= lastReleasedMigration
  expect(files.some(({ name }) => name === lastReleasedMigration)).toBe(true)
  await runMigrations(database.url, undefined, { files: files.filter(isReleased) })
  const client = await connectTo(database)
  await client.query('SET search_path TO public')
  for (const file of files.filter((one) => !isReleased(one))) {
    expect(await judgeMigration(client, file, { lastReleased: lastReleasedMigration })).toEqual([])
  }
}, 60_000)

let client: pg.Client

beforeAll(async () => {
  client = await connectTo(await createTestDatabase())
  await client.query('SET search_path TO public')
  await client.query('ALTER TABLE reviews ADD CONSTRAINT not_looked_at CHECK (rating > -1) NOT VALID')
})

/** Statements that break a rule, and the rule. */
const breaking: [LockRule, string][] = [
  ['rewrites-table', 'ALTER TABLE reviews ALTER COLUMN rating TYPE bigint'],
  ['rewrites-table', 'ALTER TABLE reviews ADD COLUMN chance float8 DEFAULT random()'],
  ['index-under-lock', 'CREATE INDEX some_idx ON reviews (rating)'],
  ['index-under-lock', 'ALTER TABLE reviews ADD CONSTRAINT some_key UNIQUE (id, rating)'],
  ['index-under-lock', 'ALTER TABLE reviews ADD EXCLUDE USING gist (id WITH =, rating WITH <>)'],
  ['index-dropped-under-lock', 'DROP INDEX reviews_created_at_idx'],
  ['constraint-checked-at-once', 'ALTER TABLE reviews ADD CONSTRAINT some_check CHECK (rating > 0)'],
  ['constraint-checked-at-once', 'ALTER TABLE reviews ADD COLUMN user_id uuid REFERENCES users'],
  [
    'constraint-checked-at-once',
    'ALTER TABLE reviews ADD CONSTRAINT some_check CHECK (rating > 0) NOT VALID; ALTER TABLE reviews VALIDATE CONSTRAINT some_check',
  ],
  [
    'validated-under-lock',
    'ALTER TABLE reviews ADD COLUMN more text; ALTER TABLE reviews VALIDATE CONSTRAINT not_looked_at',
  ],
  ['not-null-checked-at-once', 'ALTER TABLE payments ALTER COLUMN stripe_fee_amount SET NOT NULL'],
  ['required-column', 'ALTER TABLE reviews ADD COLUMN more text NOT NULL'],
  ['takes-away', 'ALTER TABLE reviews DROP COLUMN rating'],
  ['takes-away', 'ALTER TABLE reviews RENAME COLUMN rating TO stars'],
  ['takes-away', 'ALTER TABLE reviews RENAME TO opinions'],
  ['takes-away', 'DROP TABLE parley.work_decisions CASCADE'],
  ['writes-rows', 'UPDATE reviews SET rating = 1'],
  ['writes-rows', 'WITH gone AS (DELETE FROM parley.errands RETURNING id) SELECT count(*) FROM gone'],
  ['writes-rows', "INSERT INTO parley.errands (id, task, facts) SELECT gen_random_uuid(), '', '{}' FROM reviews"],
  ['writes-rows', 'TRUNCATE parley.errands'],
  ['locks-table', 'LOCK TABLE reviews IN SHARE MODE'],
  ['rebuilds', 'REINDEX TABLE reviews'],
  ['hides-statements', 'DO $$ BEGIN PERFORM 1; END $$'],
  [
    'locks-many-tables',
    ['reviews', 'users', 'customers', 'payments', 'refunds', 'invoices']
      .map((table) => `ALTER TABLE ${table} ADD COLUMN more text`)
      .join(';'),
  ],
]

it.each(breaking)('%s: %s', async (rule, statements) => {
  const found = await judgeTransaction(client, (recorded) => recorded.query(statements), { keep: false })
  expect(found.map((one) => one.rule)).toContain(rule)
})

it('every rule is broken by something', () => {
  expect(Object.keys(lockRules).filter((rule) => !breaking.some(([broken]) => broken === rule))).toEqual([])
})

it.each([
  'CREATE TABLE more (id uuid PRIMARY KEY, rating integer NOT NULL UNIQUE CHECK (rating > 0)); CREATE INDEX ON more (rating); UPDATE more SET rating = 2',
  `ALTER TABLE reviews ADD COLUMN weight integer NOT NULL DEFAULT 1, ADD COLUMN noted_at timestamptz DEFAULT now()`,
  'ALTER TABLE reviews ADD CONSTRAINT some_check CHECK (rating > 0) NOT VALID',
  'ALTER TABLE reviews VALIDATE CONSTRAINT not_looked_at',
  `INSERT INTO parley.number_series VALUES ('X', 0)`,
  `ALTER TYPE enum_invoices_kind ADD VALUE 'receipt'`,
])('is no matter: %s', async (statements) => {
  expect(await judgeTransaction(client, (recorded) => recorded.query(statements), { keep: false })).toEqual([])
})

it('an exception says why, in the migration, and what is taken away was unused in a release', async () => {
  const judge = async (name: string, up: string) =>
    judgeMigration(client, await writeMigration(name, up), { lastReleased: '20261129_152000_work_decisions' })
  const drop = 'ALTER TABLE payments DROP COLUMN metadata'
  expect(
    await judge('20990101_000000_one', `inSteps([transaction('drop', '${drop}', { allowed: { 'takes-away': ' ' } })])`),
  ).toEqual([expect.stringContaining('breaks takes-away (column public.payments.metadata)')])
  const contract = (column: string, since: string) =>
    `inSteps([contract('drop', 'ALTER TABLE payments DROP COLUMN ${column}', { unusedSince: '${since}' })])`
  expect(await judge('20990101_000001_two', contract('attempt', '20990101_000000_one'))).toEqual([
    expect.stringContaining('which no release has yet'),
  ])
  expect(await judge('20990101_000002_three', contract('stripe_fee_amount', '20261121_073004_initial'))).toEqual([])
  expect(
    await judge(
      '20990101_000003_four',
      `inSteps([transaction('none', 'SELECT 1', { allowed: { 'writes-rows': 'few' } })])`,
    ),
  ).toEqual([expect.stringContaining('allows writes-rows, which it does not break')])
})
