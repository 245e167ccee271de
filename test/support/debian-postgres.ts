import { execFile } from 'node:child_process'
import { chmod, chown, readdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { accountFor } from '#database/postgres-binaries'
import { runMigrations } from '#database/run-migrations'
import { cleanUpLater } from './clean-up'
import type { TestDatabase } from './database'
import { findFreePort } from './free-port'
import { createTemporaryFolder } from './temporary-folder'

const run = promisify(execFile)
const home = '/usr/lib/postgresql'

export type DebianPostgres = {
  /** Migrated, and owned by a role that has no other right. */
  database: TestDatabase
  query: (statement: string) => Promise<pg.QueryResult>
  /** An empty database of a role of its own. */
  createEmpty: (name: string) => Promise<TestDatabase>
  /** Where pg_dump and pg_restore of the same version are. */
  binDir: string
  /** What tells an administrator's psql where the server is. */
  asAdministrator: { PGHOST: string; PGPORT: string; POSTGRES_USER: string }
}

/** PostgreSQL as Debian packs it, with its client programs, which the embedded one lacks. @throws what to install where there is none. */
export const startDebianPostgres = async (): Promise<DebianPostgres> => {
  const [version] = (await readdir(home).catch(() => [])).sort((a, b) => Number(b) - Number(a))
  if (!version) throw new Error('This test runs PostgreSQL of Debian: install it with `apt-get install postgresql`.')
  const binDir = path.join(home, version, 'bin')
  const folder = await createTemporaryFolder()
  const account = await accountFor(folder)
  if (account) await chown(folder, account.uid, account.gid)
  await chmod(folder, 0o755)
  const data = path.join(folder, 'data')
  const port = await findFreePort()
  const as = { ...account, cwd: folder }
  await run(
    path.join(binDir, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    as,
  )
  const pgCtl = (...args: string[]) => run(path.join(binDir, 'pg_ctl'), [...args, '-D', data, '-s', '-w'], as)
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off -c max_connections=120`
  await pgCtl('start', '-l', path.join(folder, 'log'), '-o', options)
  cleanUpLater(() => pgCtl('stop', '-m', 'immediate'))

  const query = async (statement: string, url: string): Promise<pg.QueryResult> => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await client.query(statement)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const createEmpty = async (name: string): Promise<TestDatabase> => {
    const server = `postgres://postgres@127.0.0.1:${port}/postgres`
    await query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret' NOSUPERUSER NOCREATEDB NOCREATEROLE`, server)
    await query(`CREATE DATABASE ${name} OWNER ${name}`, server)
    return { name, url: `postgres://${name}:secret@127.0.0.1:${port}/${name}` }
  }
  const database = await createEmpty('parley_first')
  await runMigrations(database.url)
  const asAdministrator = { PGHOST: '127.0.0.1', PGPORT: String(port), POSTGRES_USER: 'postgres' }
  return { database, createEmpty, binDir, asAdministrator, query: (statement) => query(statement, database.url) }
}
