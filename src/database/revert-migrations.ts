import { existsSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { settings } from '#settings'
import { lastReleasedMigration } from './last-released-migration'
import { listMigrationFiles, MigrationError, type MigrationFile, productMigrationsDir } from './migration-files'
import { runMigrationFile } from './run-migration-file'
import { type MigrationRun, withMigrationClient } from './with-migration-client'

/**
 * Takes back what the last run of migrations did, the newest first, the product's and the extension's. For development: going back to the
 * last release needs none of it, as its code runs on the newer schema, and what was taken back is gone with its data.
 * @returns the names of what was taken back.
 * @throws MigrationError in production, where one of them was released, and where the file of one is not there any more; then nothing is changed
 */
export const revertMigrations = async (
  connectionString: string,
  { files, ...run }: MigrationRun & { files?: readonly MigrationFile[] } = {},
): Promise<string[]> => {
  if (settings.isProduction) {
    throw new MigrationError(
      'Migrations are not taken back in production, as their data would be gone: start the older release on this database as it is (docs/operations.md, Upgrades). Nothing was changed.',
    )
  }
  const all = files ?? (await listMigrationFiles())
  const reverted = await withMigrationClient(connectionString, run, async (client, waiter) => {
    const batch = (await listLastBatch(client)).map((name) => findRevertible(name, all))
    for (const migration of batch) {
      const { name } = migration
      await runMigrationFile({ client, waiter, migration, direction: 'down' }, async () => {
        if (await hasMigrations(client)) await client.query('DELETE FROM payload_migrations WHERE name = $1', [name])
      })
      run.report?.(`Took back ${name}`)
    }
    return batch.map(({ name }) => name)
  })
  return reverted ?? []
}

const findRevertible = (name: string, all: readonly MigrationFile[]): MigrationFile => {
  if (isReleased(name)) {
    throw new MigrationError(
      `${name} was released, so it is not taken back: start the older release on this database as it is (docs/operations.md, Upgrades). Nothing was changed.`,
    )
  }
  const migration = all.find((one) => one.name === name)
  if (migration) return migration
  throw new MigrationError(
    `There is no file of the migration ${name}, so it cannot be taken back. Nothing was changed.`,
  )
}

/** Of the product. Nobody has tried what these say of the way back: databases with people's data have gone on from them. */
const isReleased = (name: string): boolean =>
  name <= lastReleasedMigration && existsSync(path.join(productMigrationsDir, `${name}.ts`))

const hasMigrations = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('payload_migrations') IS NOT NULL AS exists`,
  )
  return rows[0]?.exists ?? false
}

const listLastBatch = async (client: pg.Client): Promise<string[]> => {
  if (!(await hasMigrations(client))) return []
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM payload_migrations WHERE batch = (SELECT max(batch) FROM payload_migrations) ORDER BY name DESC',
  )
  return rows.map(({ name }) => name)
}
