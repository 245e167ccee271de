import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { listMigrationFiles } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { createTemporaryFolder } from '../../support/temporary-folder'

const helpers = path.resolve('src/database/migration-steps.ts')

/** A migration beside those of the checkout. */
const writeMigration = async (name: string, up: string) => {
  const file = path.join(await createTemporaryFolder(), `${name}.ts`)
  await writeFile(
    file,
    `import { addConstraint, addUnique, createIndex, dropIndex, inSteps, setNotNull, transaction } from '${helpers}'\nexport const up = ${up}\n`,
  )
  return { name, file }
}

const migrate = async (
  database: TestDatabase,
  migration: { name: string; file: string },
  options: { lockTimeoutMs?: number; totalMs?: number; report?: (line: string) => void } = {},
) =>
  runMigrations(database.url, options.report, {
    files: [...(await listMigrationFiles()), migration],
    patience: { lockTimeoutMs: options.lockTimeoutMs ?? 50, totalMs: options.totalMs ?? 60_000 },
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

it('does what cannot be done in a transaction, in steps, and leaves nothing of them', async () => {
  const database = await createTestDatabase()
  const client = await connectTo(database)
  expect(await migrate(database, await writeMigration(name, weights))).toEqual([name])
  const { rows } = await client.query(`
    SELECT conname AS name, convalidated AS valid FROM pg_constraint WHERE conrelid = 'reviews'::regclass AND conname ~ 'weight' AND contype <> 'n'
    UNION ALL SELECT relname, indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname ~ 'reviews_weight'
    ORDER BY 1`)
  expect(rows).toEqual([
    { name: 'reviews_weight', valid: true },
    { name: 'reviews_weight_id', valid: true },
    { name: 'reviews_weight_id', valid: true },
  ])
  const { rows: columns } = await client.query(
    `SELECT attnotnull FROM pg_attribute WHERE attrelid = 'reviews'::regclass AND attname = 'weight'`,
  )
  expect(columns).toEqual([{ attnotnull: true }])
  expect((await client.query('SELECT * FROM parley.migration_steps')).rows).toEqual([])
  expect(await migrate(database, { name, file: '' })).toEqual([])
})
