import path from 'node:path'
import pg from 'pg'
import { findPendingMigrations } from '#database/find-pending-migrations'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database/embedded-postgres'
import { isRestoring, unfinishedRestore } from '#database/unfinished-restore'
import { directUrlOf, findPoolingFault } from '#shared/database-pooling'
import { requireOwnSession } from './check-pooling'
import { dataDirOf, type Environment } from './environment'
import { StartError } from './exit-with-line'

export const embeddedDatabaseName = 'parley'

export type OpenDatabase = { url: string; embedded?: EmbeddedPostgres; stop: () => Promise<void> }

/** The database cannot be used; the message is one line without the password. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError'
}

const withoutPassword = (url: string): string => {
  const { host, pathname } = new URL(url)
  return host + pathname
}

const oldestSupported = 150_000

/** @throws DatabaseUnreachableError when nothing answers there, the login is wrong or the server too old. */
export const checkDatabase = async (url: string, setting = 'DATABASE_URL'): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    )
    if ((rows[0]?.version ?? 0) < oldestSupported) throw new Error('PostgreSQL 15 or newer is needed')
  } catch (error) {
    const reason = error instanceof AggregateError ? error.errors.map(String).join(', ') : (error as Error).message
    throw new DatabaseUnreachableError(`${setting}: ${withoutPassword(url)} cannot be used: ${reason}`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** @throws StartError when a migration has not run, or a restore did not come to its end. */
export const requireMigrations = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    if (await isRestoring(client)) throw new StartError(unfinishedRestore)
    const pending = await findPendingMigrations(client)
    if (pending.length) throw new StartError(`The database lacks ${pending.join(', ')}: run \`npm run migrate\` first.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Where the database of `npm start` lies. */
export const embeddedDataDirOf = (env: Environment): string => path.join(dataDirOf(env), 'postgres')

const createDatabase = async (
  maintenanceUrl: string,
  { name, anew = false }: { name: string; anew?: boolean },
): Promise<void> => {
  const client = new pg.Client({ connectionString: maintenanceUrl })
  await client.connect()
  try {
    if (anew) await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`)
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/**
 * The database of `DATABASE_URL`, past a pooler if there is one, or without it the embedded one in the data folder.
 * @param shared Also when a running `npm start` has it: for commands beside the server.
 */
export const openDatabase = async (env: Environment, { shared }: { shared: boolean }): Promise<OpenDatabase> => {
  const fault = findPoolingFault(env)
  if (fault) throw new StartError(fault)
  const url = directUrlOf(env)
  if (url) {
    const setting = env.DATABASE_DIRECT_URL ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL'
    await checkDatabase(url, setting)
    await requireOwnSession(url, setting)
    return { url, stop: async () => undefined }
  }
  const embedded = await startEmbeddedPostgres({ dataDir: embeddedDataDirOf(env), shared })
  await createDatabase(embedded.url('postgres'), { name: embeddedDatabaseName })
  return { url: embedded.url(embeddedDatabaseName), embedded, stop: embedded.stop }
}

/** Throws the embedded database away and makes an empty one. */
export const emptyEmbeddedDatabase = (embedded: EmbeddedPostgres): Promise<void> =>
  createDatabase(embedded.url('postgres'), { name: embeddedDatabaseName, anew: true })
