import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { findPendingMigrations } from './find-pending-migrations'
import type { LockPatience, PatientWaiter } from './lock-patience'
import { listMigrationFiles, type MigrationFile } from './migration-files'
import { openJobRows } from './open-job-rows'
import { runMigrationFile } from './run-migration-file'
import { withMigrationClient } from './with-migration-client'

/**
 * Brings the database up to date: the product's migrations, the extension's and those of the job queue, one after the other, each in a
 * transaction of its own or in steps (`migration-steps.ts`), under an advisory lock, so that any number of starts at once is fine.
 * Others may go on reading and writing: see {@link LockPatience}. Does not load Payload: a migration is given `db` alone and works in
 * SQL. Payload's own commands run the same (`with-own-migrations.ts`).
 * @param options.files other migrations than those of the checkout: a part of them, or a test's own.
 * @returns the names of what was done; empty when nothing was pending.
 * @throws MigrationError
 */
export const runMigrations = async (
  connectionString: string,
  report: (line: string) => void = () => undefined,
  { patience, files }: { patience?: LockPatience; files?: readonly MigrationFile[] } = {},
): Promise<string[]> => {
  const all = files ?? (await listMigrationFiles())
  const findPending = (client: pg.Client) =>
    findPendingMigrations(
      client,
      all.map(({ name }) => name),
    )
  const hasWork = async (client: pg.Client) => (await findPending(client)).length > 0
  const done = await withMigrationClient(
    connectionString,
    { report, hasWork, ...(patience && { patience }) },
    async (client, waiter) => {
      const pending = await findPending(client)
      const batch = await nextBatch(client)
      for (const name of pending) {
        if (name === 'graphile-worker') {
          const { runMigrations: migrateJobs } = await import('graphile-worker')
          await migrateJobs({ connectionString })
          await openJobRows(client, waiter)
        }
        const migration = all.find((one) => one.name === name)
        if (migration) await runUp(client, waiter, { migration, batch })
        report(`Migrated ${name}`)
      }
      return pending
    },
  )
  return done ?? []
}

const runUp = (
  client: pg.Client,
  waiter: PatientWaiter,
  { migration, batch }: { migration: MigrationFile; batch: number },
): Promise<void> =>
  runMigrationFile({ client, waiter, migration, direction: 'up' }, async () => {
    await client.query('INSERT INTO payload_migrations (id, name, batch) VALUES ($1, $2, $3)', [
      uuidv7(),
      migration.name,
      batch,
    ])
  })

const nextBatch = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('payload_migrations') IS NOT NULL AS exists`,
  )
  if (!rows[0]?.exists) return 1
  const { rows: batches } = await client.query<{ next: number }>(
    'SELECT coalesce(max(batch), 0)::int + 1 AS next FROM payload_migrations WHERE batch > 0',
  )
  return batches[0]?.next ?? 1
}
