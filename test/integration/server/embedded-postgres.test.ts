import { access, chmod, lstat, mkdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  throwAwaySettings,
  type EmbeddedPostgres,
} from '#database/embedded-postgres'
import { cleanUpLater } from '../../support/clean-up'
import { createTemporaryFolder } from '../../support/temporary-folder'

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

const isGone = (port: number) =>
  expect(query(`postgres://postgres:x@127.0.0.1:${port}/postgres`, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')

describe('an embedded PostgreSQL', () => {
  let dataDir: string
  let first: EmbeddedPostgres

  beforeAll(async () => {
    dataDir = path.join(await createTemporaryFolder(), 'postgres')
    first = await startEmbeddedPostgres({ dataDir, settings: { ...throwAwaySettings, work_mem: '7MB' } })
    cleanUpLater(() => removeEmbeddedPostgres(dataDir))
  })

  it('is a PostgreSQL 18 with the extensions, settings and order that we rely on', async () => {
    const url = first.url('postgres')
    expect(await query(url, `SELECT current_setting('server_version_num')::int / 10000 AS version`)).toEqual([
      { version: 18 },
    ])
    expect(await query(url, 'SHOW work_mem')).toEqual([{ work_mem: '7MB' }])
    const [extensions] = await query(
      url,
      `SELECT count(*)::int AS n FROM pg_available_extensions WHERE name IN ('btree_gist', 'pg_trgm')`,
    )
    expect(extensions).toEqual({ n: 2 })
    expect(await query(url, `SELECT lower('ÀÉ') AS lower, 'a' > 'B' AS by_code_point`)).toEqual([
      { lower: 'àé', by_code_point: true },
    ])
  })

  it('listens on loopback only and lets nobody in without the password', async () => {
    expect(await query(first.url('postgres'), 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    await expect(query(`postgres://postgres:wrong@127.0.0.1:${first.port}/postgres`, 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    )
    expect((await stat(path.join(dataDir, 'password'))).mode & 0o077).toBe(0)
    expect((await stat(path.join(dataDir, 'postgres.log'))).mode & 0o077).toBe(0)
  })

  it('refuses a second start, with one line that names the first', async () => {
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      `The database in ${dataDir} is in use by process ${process.pid}. Stop that one first.`,
    )
  })

  it('lets a command share it, which leaves it running', async () => {
    const second = await startEmbeddedPostgres({ dataDir, shared: true })
    expect([second.port, second.isOwner]).toEqual([first.port, false])
    await second.stop()
    expect(await query(first.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('keeps its data over a stop, also with a pid file that names a process of another program', async () => {
    await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    await isGone(first.port)
    await writeFile(
      path.join(dataDir, 'data', 'postmaster.pid'),
      `${process.pid}\n${dataDir}\n0\n${first.port}\n\n\n\nready\n`,
    )
    const again = await startEmbeddedPostgres({ dataDir })
    cleanUpLater(again.stop)
    expect(await query(again.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('says when its port is taken', async () => {
    const other = path.join(await createTemporaryFolder(), 'postgres')
    const server = await startEmbeddedPostgres({ dataDir: other })
    cleanUpLater(() => removeEmbeddedPostgres(other))
    const third = path.join(await createTemporaryFolder(), 'postgres')
    await expect(startEmbeddedPostgres({ dataDir: third, port: server.port })).rejects.toThrow(
      `Port ${server.port} is in use (PostgreSQL).`,
    )
    await server.stop()
  })

  it('is made once when two starts come at the same time', async () => {
    const dir = path.join(await createTemporaryFolder(), 'postgres')
    const outcomes = await Promise.allSettled([
      startEmbeddedPostgres({ dataDir: dir }),
      startEmbeddedPostgres({ dataDir: dir }),
    ])
    cleanUpLater(() => removeEmbeddedPostgres(dir))
    const said = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'started' : String(outcome.reason)))
    expect(said.sort()).toEqual([expect.stringContaining('is in use by process'), 'started'])
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.stop()
  })
})

describe.runIf(process.getuid?.() === 0)('as root in a folder that only root may enter', () => {
  it('runs outside of it, behind a link, and a checkout that is new there starts empty', async () => {
    const secluded = await createTemporaryFolder()
    await chmod(secluded, 0o700)
    const dataDir = path.join(secluded, 'checkout', '.data', 'postgres')
    const first = await startEmbeddedPostgres({ dataDir })
    cleanUpLater(() => removeEmbeddedPostgres(dataDir))
    const outside = await readlink(dataDir)
    expect(outside).toMatch(/^\/var\/lib\/parley-/)
    await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()

    const second = await startEmbeddedPostgres({ dataDir })
    expect(await query(second.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])

    await rm(path.join(secluded, 'checkout'), { recursive: true })
    const third = await startEmbeddedPostgres({ dataDir })
    expect((await lstat(dataDir)).isSymbolicLink()).toBe(true)
    await isGone(second.port)
    await expect(query(third.url('postgres'), 'SELECT answer FROM kept')).rejects.toThrow('does not exist')
    await third.stop()

    await removeEmbeddedPostgres(dataDir)
    await expect(access(outside)).rejects.toThrow('ENOENT')
  })

  it('is made once there when two starts come at the same time', async () => {
    const secluded = await createTemporaryFolder()
    await chmod(secluded, 0o700)
    const dataDir = path.join(secluded, 'postgres')
    const outcomes = await Promise.allSettled([startEmbeddedPostgres({ dataDir }), startEmbeddedPostgres({ dataDir })])
    cleanUpLater(() => removeEmbeddedPostgres(dataDir))
    const said = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'started' : String(outcome.reason)))
    expect(said.sort()).toEqual([expect.stringContaining('is in use by process'), 'started'])
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.stop()
  })

  it('runs as the account that owns the cluster, never as root', async () => {
    const dataDir = path.join(await createTemporaryFolder(), 'postgres')
    await mkdir(dataDir)
    const server = await startEmbeddedPostgres({ dataDir })
    cleanUpLater(() => removeEmbeddedPostgres(dataDir))
    const owner = (await stat(path.join(dataDir, 'data'))).uid
    expect(owner).not.toBe(0)
    const [pid] = (await readFile(path.join(dataDir, 'data', 'postmaster.pid'), 'utf8')).split('\n')
    if (process.platform === 'linux') expect((await stat(`/proc/${pid}`)).uid).toBe(owner)
    await server.stop()
  })
})
