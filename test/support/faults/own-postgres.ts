import { execFile } from 'node:child_process'
import { mkdir, readFile, realpath, rename, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { type EmbeddedPostgres, removeEmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded-postgres'
import { accountFor, findPostgresBinaries } from '#database/postgres-binaries'
import { runMigrations } from '#database/run-migrations'
import { cleanUpLater } from '../clean-up'
import type { TestDatabase } from '../database'
import { createTemporaryFolder } from '../temporary-folder'

const run = promisify(execFile)

export type OwnPostgres = {
  database: TestDatabase
  /** Where it keeps its files, and the address of its administrator. */
  dataDir: string
  adminUrl: string
  /** Takes new connections again when it resolves. */
  restart: (mode: 'fast' | 'immediate') => Promise<void>
  /** Ends the server as the kernel would when memory runs out, and starts it again. */
  kill: () => Promise<void>
  /** Starts it if it does not run. */
  start: () => Promise<void>
  /** One statement, with a connection of its own. */
  query: (statement: string) => Promise<pg.QueryResult>
  /** Ends everybody's connections and takes all there are, for as long as `during` takes. */
  useUpConnections: (during: () => Promise<unknown>) => Promise<void>
  /** Leaves no room on the disk of the data, or of the log of writes. */
  fillDisk: (disk: Disk, during: () => Promise<unknown>) => Promise<void>
}

export type Disk = 'data' | 'log'

const connections = 60

/** A PostgreSQL that a test may do anything to, with a migrated database; with small disks of their own for its data and its log of writes. */
export const startOwnPostgres = async ({ hasSmallDisks = false } = {}): Promise<OwnPostgres> => {
  const folder = await createTemporaryFolder()
  const dataDir = path.join(folder, 'postgres')
  cleanUpLater(() => removeEmbeddedPostgres(dataDir))
  const settings = {
    max_connections: String(connections),
    shared_buffers: '64MB',
    min_wal_size: '32MB',
    max_wal_size: '64MB',
    // What was committed is to outlive a killed server, which it does without waiting for a disk.
    fsync: 'off',
  }
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, settings })
  const { port } = server
  const data = path.join(await realpath(dataDir), 'data')
  const account = await accountFor(data)
  const binaries = await findPostgresBinaries(account)
  const name = 'parley'
  const database = { name, url: server.url(name) }

  const query = async (statement: string, at = database.url): Promise<pg.QueryResult> => {
    const client = new pg.Client({ connectionString: at })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await client.query(statement)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const onServer = (statement: string) => query(statement, server.url('postgres'))
  const start = async () => {
    await server.stop().catch(() => undefined)
    server = await startEmbeddedPostgres({ dataDir, port, settings })
  }

  const disks: Partial<Record<Disk, string>> = {}
  if (hasSmallDisks) {
    disks.data = await mountSmallDisk(path.join(folder, 'data-disk'), { megabytes: 220, account })
    disks.log = await mountSmallDisk(path.join(folder, 'log-disk'), { megabytes: 150, account })
    await server.stop()
    await moveLog(data, path.join(disks.log, 'pg_wal'))
    await start()
    const space = path.join(disks.data, 'space')
    await mkdir(space)
    if (account) await run('chown', [`${account.uid}:${account.gid}`, space])
    await onServer(`CREATE TABLESPACE small LOCATION '${space}'`)
  }
  await onServer(`CREATE DATABASE ${name} ${hasSmallDisks ? 'TABLESPACE small' : ''}`)
  await runMigrations(database.url)

  return {
    database,
    dataDir: path.dirname(data),
    adminUrl: server.url('postgres'),
    query,
    start,
    restart: async (mode) => {
      await run(binaries.pgCtl, ['stop', '-D', data, '-m', mode, '-w', '-s'], { ...account, cwd: data })
      await start()
    },
    kill: async () => {
      process.kill(Number((await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGKILL')
      await start()
    },
    useUpConnections: async (during) => {
      const taken: pg.Client[] = []
      const admin = new pg.Client({ connectionString: server.url('postgres') })
      await admin.connect()
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
      const take = async (): Promise<boolean> => {
        const client = new pg.Client({ connectionString: server.url('postgres') })
        client.on('error', () => undefined)
        return client.connect().then(
          () => taken.push(client) > 0,
          () => false,
        )
      }
      const all = await Promise.all(Array.from({ length: connections }, take))
      if (all.every(Boolean)) throw new Error('There were more connections than were taken.')
      await during()
      await Promise.all([admin, ...taken].map((client) => client.end()))
    },
    fillDisk: async (disk, during) => {
      const at = disks[disk]
      if (at === undefined) throw new Error('This PostgreSQL has no small disks.')
      const file = path.join(at, 'filler')
      const { bavail, bsize } = await statfs(at)
      await writeFile(file, Buffer.alloc(bavail * bsize)).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      })
      await during()
      await rm(file)
    },
  }
}

/** A file system in memory, as only that can be filled without harm. @throws what is needed where it cannot be mounted. */
const mountSmallDisk = async (
  at: string,
  { megabytes, account }: { megabytes: number; account: { uid: number; gid: number } | undefined },
): Promise<string> => {
  await mkdir(at)
  const owner = account ? `,uid=${account.uid},gid=${account.gid}` : ''
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755${owner}`, 'tmpfs', at]).catch(
    (error: unknown) => {
      throw new Error(
        'A full disk is tried on a small file system of its own: run this as root on Linux, where tmpfs can be mounted.',
        {
          cause: error,
        },
      )
    },
  )
  cleanUpLater(() => run('umount', ['-l', at]))
  return at
}

const moveLog = async (data: string, to: string): Promise<void> => {
  const from = path.join(data, 'pg_wal')
  const { uid, gid } = await stat(from)
  await run('cp', ['-a', from, to])
  await rename(from, `${from}.moved`)
  await symlink(to, from)
  await run('chown', ['-h', `${uid}:${gid}`, from])
  await rm(`${from}.moved`, { recursive: true })
}
