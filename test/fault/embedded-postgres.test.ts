import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { expect, it } from 'vitest'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded-postgres'
import { cleanUpLater } from '../support/clean-up'
import { createTemporaryFolder } from '../support/temporary-folder'

const hold = async (dataDir: string): Promise<{ holder: ChildProcess; port: number }> => {
  const script = path.resolve('test/support/hold-embedded-postgres.ts')
  const holder = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUpLater(() => holder.kill('SIGKILL'))
  const [line] = (await once(holder.stdout, 'data')) as [Buffer]
  return { holder, port: Number(line.toString()) }
}

const kill = async (holder: ChildProcess): Promise<void> => {
  const ended = once(holder, 'exit')
  holder.kill('SIGKILL')
  await ended
}

const count = async (url: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM kept')).rows[0]?.n
  } finally {
    await client.end()
  }
}

it('takes over the server of a killed start, with all that was committed', async () => {
  const dataDir = path.join(await createTemporaryFolder(), 'postgres')
  cleanUpLater(() => removeEmbeddedPostgres(dataDir))
  const { holder, port } = await hold(dataDir)
  const shared = await startEmbeddedPostgres({ dataDir, shared: true })
  const client = new pg.Client({ connectionString: shared.url('postgres') })
  await client.connect()
  await client.query('CREATE TABLE kept AS SELECT generate_series(1, 1000)')
  await client.end()
  await kill(holder)

  const next = await startEmbeddedPostgres({ dataDir })
  expect([next.isOwner, next.port]).toEqual([true, port])
  expect(await count(next.url('postgres'))).toBe(1000)
  await next.stop()
})

it('recovers when the start and its server were both killed', async () => {
  const dataDir = path.join(await createTemporaryFolder(), 'postgres')
  cleanUpLater(() => removeEmbeddedPostgres(dataDir))
  const { holder } = await hold(dataDir)
  const shared = await startEmbeddedPostgres({ dataDir, shared: true })
  const client = new pg.Client({ connectionString: shared.url('postgres') })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('CREATE TABLE kept AS SELECT generate_series(1, 1000)')
  const [pid] = (await readFile(path.join(dataDir, 'data', 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
  await kill(holder)

  const next = await startEmbeddedPostgres({ dataDir })
  expect(await count(next.url('postgres'))).toBe(1000)
  await next.stop()
})

it('says so when its server is killed under it', async () => {
  const dataDir = path.join(await createTemporaryFolder(), 'postgres')
  cleanUpLater(() => removeEmbeddedPostgres(dataDir))
  const server = await startEmbeddedPostgres({ dataDir })
  const [pid] = (await readFile(path.join(dataDir, 'data', 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
  await server.lost
  const again = await startEmbeddedPostgres({ dataDir, port: server.port })
  expect(again.port).toBe(server.port)
  await again.stop()
})
