import { expect, it } from 'vitest'
import { listMigrationFiles, type MigrationFile } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { writeMigration } from '../../support/migrations/write-migration'

const migrate = async (
  database: TestDatabase,
  migration: MigrationFile,
  { totalMs = 60_000, report }: { totalMs?: number; report?: (line: string) => void } = {},
): Promise<string[]> =>
  runMigrations(database.url, report, {
    files: [...(await listMigrationFiles()), migration],
    patience: { lockTimeoutMs: 50, totalMs },
  })

const name = '20990101_000000_weights'

const weights = `inSteps([
  transaction('column', 'ALTER TABLE reviews ADD COLUMN weight integer DEFAULT 1'),
  createIndex('reviews_weight_idx', 'reviews', '(weight, id)'),
  addConstraint('reviews', 'reviews_weight', 'CHECK (weight > 0)'),
  addUnique('reviews', 'reviews_weight_id', '(id, weight)'),
  setNotNull('reviews', 'weight'),
  dropIndex('reviews_weight_idx'),
])`

/** What is made by them, and what is remembered of them. */
const findMade = async (database: TestDatabase): Promise<unknown[]> => {
  const client = await connectTo(database)
  const { rows } = await client.query(`
    SELECT conname AS name, convalidated AS valid FROM pg_constraint WHERE conrelid = 'reviews'::regclass AND conname ~ 'weight' AND contype <> 'n'
    UNION ALL SELECT relname, indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname ~ 'reviews_weight'
    UNION ALL SELECT attname, attnotnull FROM pg_attribute WHERE attrelid = 'reviews'::regclass AND attname = 'weight'
    UNION ALL SELECT step, false FROM parley.migration_steps
    ORDER BY 1`)
  return rows
}

const allMade = [
  { name: 'reviews_weight', valid: true },
  { name: 'reviews_weight_id', valid: true },
  { name: 'reviews_weight_id', valid: true },
  { name: 'weight', valid: true },
]

it('two runs at once do once what cannot be done in a transaction, and leave nothing of the steps', async () => {
  const database = await createTestDatabase()
  const migration = await writeMigration(name, weights)
  const done = await Promise.all([migrate(database, migration), migrate(database, migration)])
  expect(done.flat()).toEqual([name])
  expect(await findMade(database)).toEqual(allMade)
  expect(await migrate(database, migration)).toEqual([])
})

it('goes on where it was ended, and makes an index anew that was left unfinished', async () => {
  const database = await createTestDatabase()
  const client = await connectTo(database)
  // Two rows that are alike make a unique index fail as it would when its connection is lost: what is left of it is invalid.
  await client.query('CREATE TABLE twice (value integer); INSERT INTO twice VALUES (1), (1)')
  await client.query('CREATE UNIQUE INDEX CONCURRENTLY twice_idx ON twice (value)').catch(() => undefined)
  const up = `inSteps([
    transaction('once', 'ALTER TABLE twice ADD COLUMN more integer'),
    createIndex('twice_idx', 'twice', '(value)', { unique: true }),
  ])`
  const migration = await writeMigration(name, up)
  await expect(migrate(database, migration)).rejects.toThrow(
    `Migration ${name} failed: could not create unique index "twice_idx"`,
  )
  const readIndexes = async () =>
    (await client.query(`SELECT indisvalid AS valid FROM pg_index WHERE indrelid = 'twice'::regclass`)).rows
  expect(await readIndexes()).toEqual([])
  expect((await client.query('SELECT step FROM parley.migration_steps')).rows).toEqual([{ step: 'once' }])

  await client.query('DELETE FROM twice WHERE ctid = (SELECT min(ctid) FROM twice)')
  // Ended between the index and the note that it is there.
  await client.query('CREATE UNIQUE INDEX CONCURRENTLY twice_idx ON twice (value)')
  expect(await migrate(database, migration)).toEqual([name])
  expect(await readIndexes()).toEqual([{ valid: true }])
})

it('waits for a lock only shortly, lets the others go first, and tries again until it has it', async () => {
  const database = await createTestDatabase()
  const [holder, other] = [await connectTo(database), await connectTo(database)]
  await holder.query('BEGIN; SELECT FROM reviews')
  const lines: string[] = []
  let tries = 0
  const done = migrate(database, await writeMigration(name, weights), {
    report: (line) => {
      lines.push(line)
      if (++tries === 2) void holder.query('COMMIT')
    },
  })
  // Whoever comes meanwhile waits no longer than one try.
  await other.query(`SET lock_timeout = '5s'`)
  await other.query('SELECT FROM reviews')
  expect(await done).toEqual([name])
  expect(lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^20990101_000000_weights, column: others hold a lock, tried again in [\d.]+ s/),
    expect.stringContaining(', column: others hold a lock'),
  ])
  expect(await findMade(database)).toEqual(allMade)
})

it('gives up when its patience is at an end, names who holds the lock, and leaves nothing', async () => {
  const database = await createTestDatabase()
  const holder = await connectTo(database)
  await holder.query(`SET application_name = 'a report'; BEGIN`)
  await holder.query('SELECT FROM reviews')
  await expect(migrate(database, await writeMigration(name, weights), { totalMs: 300 })).rejects.toThrow(
    /no lock within 0 s\. Open transactions: process \d+ \(a report, idle in transaction, \d+ s\)\. Run it again/,
  )
  await holder.query('ROLLBACK')
  expect(await findMade(database)).toEqual([])
})
