import { execFile } from 'node:child_process'
import { chown, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded-postgres'
import { accountFor } from '#database/postgres-binaries'
import { cleanUpLater } from '../clean-up'
import type { OwnPostgres } from './own-postgres'

const run = promisify(execFile)

export type Standby = {
  url: string
  /** One statement, with a connection of its own. */
  query: (statement: string) => Promise<pg.QueryResult>
  stop: () => Promise<void>
  start: () => Promise<void>
}

/** Copies the files of a running server as a backup, with the server's binary alone: there is no `pg_basebackup` here. */
const copyFiles = async (primary: OwnPostgres, to: string): Promise<void> => {
  const client = new pg.Client({ connectionString: primary.adminUrl })
  await client.connect()
  try {
    await client.query(`SELECT pg_backup_start('standby', true)`)
    // Files may go away meanwhile; what was written to them is in the log.
    await run('cp', ['-a', primary.dataDir, to]).catch(() => undefined)
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)')
    const data = path.join(to, 'data')
    await rm(path.join(data, 'postmaster.pid'), { force: true })
    for (const folder of ['pg_wal', 'pg_replslot']) {
      for (const name of await readdir(path.join(data, folder))) {
        if (name !== 'archive_status') await rm(path.join(data, folder, name), { recursive: true })
      }
    }
    await writeFile(path.join(data, 'backup_label'), rows[0]?.labelfile ?? '')
    await writeFile(path.join(data, 'standby.signal'), '')
    const account = await accountFor(data)
    for (const name of ['backup_label', 'standby.signal']) {
      if (account) await chown(path.join(data, name), account.uid, account.gid)
    }
  } finally {
    await client.end()
  }
}

/** A streaming standby that takes reads. */
export const startStandby = async (primary: OwnPostgres): Promise<Standby> => {
  const dataDir = `${primary.dataDir}-standby`
  cleanUpLater(() => removeEmbeddedPostgres(dataDir))
  await copyFiles(primary, dataDir)
  const { username, password, port: primaryPort } = new URL(primary.adminUrl)
  const settings = {
    max_connections: '60',
    shared_buffers: '64MB',
    fsync: 'off',
    primary_conninfo: `host=127.0.0.1 port=${primaryPort} user=${username} password=${password}`,
    // It would wait for five seconds before it looks for the primary again.
    wal_retrieve_retry_interval: '100ms',
  }
  let server = await startEmbeddedPostgres({ dataDir, settings })
  const { port } = server
  const url = server.url(primary.database.name)
  return {
    url,
    query: async (statement) => {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => undefined)
      await client.connect()
      try {
        return await client.query(statement)
      } finally {
        await client.end()
      }
    },
    stop: () => server.stop(),
    start: async () => {
      server = await startEmbeddedPostgres({ dataDir, port, settings })
    },
  }
}
