import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { ownScript } from '#shared/own-script'
import { findPendingMigrations } from './find-pending-migrations'
import { listMigrationFiles, MigrationError } from './migration-files'

/** Any number that nothing else locks: one start migrates, the others wait. */
const migrationLock = 7_284_310_552

type Up = (args: { db: unknown }) => Promise<void>

const loadUp = async (name: string): Promise<Up> => {
  const found = (await listMigrationFiles()).find((migration) => migration.name === name)
  const module: unknown =
    found &&
    (await import(pathToFileURL(ownScript(path.relative(process.cwd(), found.file).replaceAll(path.sep, '/'))).href))
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

const runOne = async (client: pg.Client, name: string, batch: number): Promise<void> => {
  const [up, { drizzle }] = await Promise.all([loadUp(name), import('@payloadcms/db-postgres/drizzle/node-postgres')])
  try {
    await client.query('BEGIN')
    // A role named like our schema would otherwise make Payload's tables there.
    await client.query('SET LOCAL search_path TO public')
    await up({ db: drizzle(client) })
    await client.query('INSERT INTO payload_migrations (id, name, batch) VALUES ($1, $2, $3)', [uuidv7(), name, batch])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new MigrationError(`Migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause: error,
    })
  }
}

/**
 * Brings the database up to date: the product's migrations, the extension's and those of the job queue, each in a transaction of its own, under
 * an advisory lock, so that any number of starts at once is fine. Does not load Payload: a migration is given `db` alone
 * and works in SQL. `payload migrate:status` and `migrate:create` understand what it leaves.
 * @returns the names of what was done; empty when nothing was pending.
 * @throws MigrationError
 */
export const runMigrations = async (
  connectionString: string,
  report: (line: string) => void = () => undefined,
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
    if (!(await findPendingMigrations(client)).length) return []
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const pending = await findPendingMigrations(client)
    const batch = await nextBatch(client)
    for (const name of pending) {
      if (name === 'graphile-worker') {
        const { runMigrations: migrateJobs } = await import('graphile-worker')
        await migrateJobs({ connectionString })
      } else {
        await runOne(client, name, batch)
      }
      report(`Migrated ${name}`)
    }
    return pending
  } finally {
    await client.end().catch(() => undefined)
  }
}
