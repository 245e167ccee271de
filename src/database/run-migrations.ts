import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { findPendingMigrations } from './find-pending-migrations'
import { type LockPatience, PatientWaiter, usualPatience } from './lock-patience'
import { listMigrationFiles, MigrationError, type MigrationFile } from './migration-files'
import type { MigrationStep } from './migration-steps'
import { forgetSteps, inTransaction, runMigrationSteps } from './run-migration-steps'

/** Any number that nothing else locks: one start migrates, the others wait. */
const migrationLock = 7_284_310_552

type Up = ((args: { db: unknown }) => Promise<void>) & { steps?: readonly MigrationStep[] }

const loadUp = async ({ name, file }: MigrationFile): Promise<Up> => {
  const module: unknown = await import(pathToFileURL(file).href)
  if (!module || typeof module !== 'object' || !('up' in module) || typeof module.up !== 'function') {
    throw new MigrationError(`Migration ${name} exports no function up.`)
  }
  return module.up as Up
}

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

const runOne = async (
  client: pg.Client,
  waiter: PatientWaiter,
  { migration, batch }: { migration: MigrationFile; batch: number },
): Promise<void> => {
  const { name } = migration
  const [up, { drizzle }] = await Promise.all([
    loadUp(migration),
    import('@payloadcms/db-postgres/drizzle/node-postgres'),
  ])
  const remember = () =>
    client.query('INSERT INTO payload_migrations (id, name, batch) VALUES ($1, $2, $3)', [uuidv7(), name, batch])
  try {
    if (up.steps) await runMigrationSteps({ client, waiter, migration: name, steps: up.steps })
    await waiter.run(name, () =>
      inTransaction(client, async () => {
        if (up.steps) await forgetSteps(client, name)
        else await up({ db: drizzle(client) })
        await remember()
      }),
    )
  } catch (error) {
    throw new MigrationError(`Migration ${name} failed: ${reasonOf(error)}`, { cause: error })
  }
}

/** Drizzle says which statement failed, and PostgreSQL in the cause why. */
const reasonOf = (error: unknown): string => {
  const isOfDrizzle = error instanceof Error && !('code' in error) && error.message.startsWith('Failed query')
  const said = isOfDrizzle ? error.cause : error
  return said instanceof Error ? said.message : String(said)
}

/**
 * One run migrates, the others wait. Asked again and again, as whoever waited in a statement would hold a snapshot, and an index that
 * is made `CONCURRENTLY` waits for all of those.
 */
const lockMigrations = async (client: pg.Client): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      migrationLock,
    ])
    if (rows[0]?.locked) return
    await sleep(100 + Math.random() * 100)
  }
}

/**
 * Brings the database up to date: the product's migrations, the extension's and those of the job queue, one after the other, each in a
 * transaction of its own or in steps (`migration-steps.ts`), under an advisory lock, so that any number of starts at once is fine.
 * Others may go on reading and writing: see {@link LockPatience}. Does not load Payload: a migration is given `db` alone and works in
 * SQL. `payload migrate:status` and `migrate:create` understand what it leaves.
 * @param options.files other migrations than those of the checkout: a part of them, or a test's own.
 * @returns the names of what was done; empty when nothing was pending.
 * @throws MigrationError
 */
export const runMigrations = async (
  connectionString: string,
  report: (line: string) => void = () => undefined,
  { patience = usualPatience, files }: { patience?: LockPatience; files?: readonly MigrationFile[] } = {},
): Promise<string[]> => {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: 'parley migrate',
  })
  // A lost connection is reported by the query that meets it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const all = files ?? (await listMigrationFiles())
    const names = all.map(({ name }) => name)
    if (!(await findPendingMigrations(client, names)).length) return []
    await lockMigrations(client)
    const pending = await findPendingMigrations(client, names)
    const batch = await nextBatch(client)
    // A role named like our schema would otherwise make Payload's tables there. An index may take longer than its statements may otherwise.
    await client.query('SET search_path TO public; SET statement_timeout = 0')
    const waiter = new PatientWaiter(client, { patience, report })
    for (const name of pending) {
      if (name === 'graphile-worker') {
        const { runMigrations: migrateJobs } = await import('graphile-worker')
        await migrateJobs({ connectionString })
      }
      const migration = all.find((one) => one.name === name)
      if (migration) await runOne(client, waiter, { migration, batch })
      report(`Migrated ${name}`)
    }
    return pending
  } finally {
    await client.end().catch(() => undefined)
  }
}
