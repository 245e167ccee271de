import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { accountFor } from '#database/postgres-binaries'
import { cleanUpLater } from '../clean-up'
import { findFreePort } from '../free-port'
import { createTemporaryFolder } from '../temporary-folder'

const run = promisify(execFile)

export type PgBouncer = {
  /** The same database, through the pooler. */
  url: string
  /** What `SHOW …` of its console says. */
  show: (what: 'POOLS' | 'VERSION' | 'SERVERS') => Promise<Record<string, unknown>[]>
  /** `SIGTERM`: it drops all connections. It takes new ones when this resolves. */
  restart: () => Promise<void>
}

const program = '/usr/sbin/pgbouncer'

/**
 * Debian's PgBouncer with the delivered configuration in front of a database, as an account without rights.
 * @param size of its pool of sessions.
 */
export const startPgBouncer = async (databaseUrl: string, { size }: { size: number }): Promise<PgBouncer> => {
  await run(program, ['--version']).catch(() => {
    throw new Error('This test runs pgbouncer: install it with `apt-get install pgbouncer`.')
  })
  const folder = await createTemporaryFolder()
  const account = await accountFor(folder)
  const port = await findFreePort()
  const target = new URL(databaseUrl)
  const places: [from: string | RegExp, to: string][] = [
    ['host=db.internal port=5432', `host=127.0.0.1 port=${target.port}`],
    [
      'dbname=parley',
      `dbname=${target.pathname.slice(1)} user=${target.username} password=${target.password || 'none'}`,
    ],
    ['listen_port = 6432', `listen_port = ${port}`],
    ['auth_type = scram-sha-256', 'auth_type = any'],
    [/^auth_file = .*$/m, `admin_users = ${target.username}\nunix_socket_dir =`],
    ['default_pool_size = 20', `default_pool_size = ${size}`],
    ['reserve_pool_size = 5', 'reserve_pool_size = 0'],
  ]
  let configuration = await readFile('deploy/pgbouncer/pgbouncer.ini', 'utf8')
  for (const [from, to] of places) {
    const changed = configuration.replace(from, to)
    if (changed === configuration) throw new Error(`The sample has no "${String(from)}" any more.`)
    configuration = changed
  }
  const file = path.join(folder, 'pgbouncer.ini')
  await writeFile(file, configuration, { mode: 0o644 })
  if (account) await Promise.all([folder, file].map((one) => chown(one, account.uid, account.gid)))

  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  url.pathname = '/parley'
  const ask = async (database: string, statement: string): Promise<Record<string, unknown>[]> => {
    const at = new URL(url)
    at.pathname = `/${database}`
    const client = new pg.Client({ connectionString: at.href, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return (await client.query<Record<string, unknown>>(statement)).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  const start = async () => {
    const child = spawn(program, [file], { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', ...account })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-20_000)))
    const ended = once(child, 'exit')
    for (;;) {
      if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${said}`)
      if (await ask('parley', 'SELECT 1').catch(() => undefined)) break
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))])
    }
    return async () => {
      child.kill('SIGTERM')
      await ended
    }
  }
  let stop = await start()
  cleanUpLater(() => stop())
  return {
    url: url.href,
    show: (what) => ask('pgbouncer', `SHOW ${what}`),
    restart: async () => {
      await stop()
      stop = await start()
    },
  }
}
