import type { Payload } from 'payload'
import type pg from 'pg'
import { listMigrations } from './migration-files'
import { hasClosedJobRows } from './open-job-rows'

/** What the database still lacks of `names`, by default all migrations that there are, without loading a single one. */
export const findPendingMigrations = async (
  client: Pick<pg.Client, 'query'>,
  names?: readonly string[],
): Promise<string[]> => {
  const { rows: tables } = await client.query<{ migrations: boolean; jobs: boolean }>(
    `SELECT to_regclass('payload_migrations') IS NOT NULL AS migrations, to_regclass('graphile_worker.jobs') IS NOT NULL AS jobs`,
  )
  const all = names ?? (await listMigrations())
  const hasJobs = tables[0]?.jobs && !(await hasClosedJobRows(client))
  const missing = hasJobs ? [] : ['graphile-worker']
  if (!tables[0]?.migrations) return [...all, ...missing]
  const { rows } = await client.query<{ name: string }>('SELECT name FROM payload_migrations')
  const done = new Set(rows.map(({ name }) => name))
  return [...all.filter((name) => !done.has(name)), ...missing]
}

/** The same for a process that has Payload open. */
export const listPendingMigrations = (payload: Payload): Promise<string[]> =>
  // The adapter keeps its pool there; Payload's type of it does not say so.
  findPendingMigrations((payload.db as unknown as { pool: pg.Pool }).pool)
