import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { removeEmbeddedPostgres } from '#database/embedded-postgres'
import { cleanUpLater } from '../support/clean-up'
import { findFreePort } from '../support/free-port'
import { repetitions } from '../support/repetitions'
import { runCommand, type Command } from '../support/run-command'
import { createTemporaryFolder } from '../support/temporary-folder'

const isLong = repetitions({ usual: 0, long: 1 }) === 1

/**
 * `npm start` as it is: its own PostgreSQL, demo, sandboxes, web process and worker, and then everything is killed in turn; in the long run
 * also while it fills the demo in.
 */
describe('npm start', () => {
  let dataDir: string
  let port: number
  let start: Command

  const url = (route: string) => `http://127.0.0.1:${port}${route}`

  const isReady = async (): Promise<boolean> => {
    const answer = await fetch(url('/api/health/ready')).catch(() => undefined)
    return answer?.status === 200
  }

  /** Until the condition holds; the test's own time limit ends it otherwise. */
  const eventually = async (condition: () => Promise<boolean> | boolean): Promise<void> => {
    while (!(await condition())) await delay(50)
  }

  /** A process that has ended but was not waited for yet is dead: it holds neither port nor file. */
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0)
      return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    } catch {
      return false
    }
  }

  const startIt = async (): Promise<Command> => {
    const command = runCommand('src/server/start.ts', { PORT: String(port), DATA_DIR: dataDir })
    await command.prints('Parley is ready.')
    return command
  }

  /** What such a start leaves is told apart in `test/integration/server/demo-state.test.ts` as well. */
  const killWhileFilling = async (): Promise<void> => {
    const killed = runCommand('src/server/start.ts', { PORT: String(port), DATA_DIR: dataDir })
    await killed.prints('Filling the demo database')
    await eventually(async () => (await countUsers()) > 0)
    killed.kill('SIGKILL')
    await killed.ended
  }

  const postmasterPid = async (): Promise<number> => {
    const file = await readFile(path.join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')
    return Number(file.split('\n')[0])
  }

  /** The processes that the start command has begun, by the script that they run. */
  const childPids = async (pid: number): Promise<Map<string, number>> => {
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')
    const found = new Map<string, number>()
    for (const child of children) {
      // One that ends meanwhile is none any more.
      const command = (await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).split('\0')
      const script = command.find((part) => part.endsWith('.ts'))
      if (script) found.set(path.basename(script, '.ts'), Number(child))
    }
    return found
  }

  const countConsultants = async (): Promise<number> => {
    const answer = await fetch(url('/api/booking/consultants?limit=1'))
    const { totalDocs } = (await answer.json()) as { totalDocs: number }
    return totalDocs
  }

  /** Straight from its PostgreSQL. */
  const countUsers = async (): Promise<number> => {
    const [password, pidFile] = await Promise.all(
      ['password', 'data/postmaster.pid'].map((file) => readFile(path.join(dataDir, 'postgres', file), 'utf8')),
    )
    const client = new pg.Client({
      connectionString: `postgres://postgres:${password}@127.0.0.1:${pidFile?.split('\n')[3]}/parley`,
    })
    await client.connect()
    try {
      const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM users')
      return rows[0]?.n ?? 0
    } finally {
      await client.end()
    }
  }

  beforeAll(async () => {
    dataDir = await createTemporaryFolder()
    port = await findFreePort()
    cleanUpLater(() => removeEmbeddedPostgres(path.join(dataDir, 'postgres')))
    if (isLong) await killWhileFilling()
    start = await startIt()
    if (isLong) expect(start.stdout()).toContain('Making the demo database anew: it was only half filled in')
  }, 400_000)

  it('ends with the addresses and the demo’s logins, and they answer', async () => {
    const said = start.stdout()
    expect(said).toContain(`http://localhost:${port}/admin`)
    expect(said).toContain('admin@parley.example')
    expect(await countConsultants()).toBe(12)
    for (const page of ['/', '/admin/login', '/docs']) expect((await fetch(url(page))).status).toBe(200)
    for (const [sandbox] of said.matchAll(/http:\S+(?= \(sandbox\))/g)) expect((await fetch(sandbox)).status).toBe(200)
    await eventually(isReady)
  })

  it('refuses a second start beside it, and leaves the first alone', async () => {
    const second = runCommand('src/server/start.ts', { PORT: String(await findFreePort()), DATA_DIR: dataDir })
    expect(await second.ended).toBe(1)
    expect(second.stderr().trim()).toBe(
      `The database in ${dataDir}/postgres is in use by process ${start.pid}. Stop that one first.`,
    )
    expect(await isReady()).toBe(true)
  })

  it.runIf(process.platform === 'linux')('brings back whatever is killed', async () => {
    const before = await childPids(start.pid)
    expect([...before.keys()].sort()).toEqual(['sandboxes', 'web', 'worker'])
    for (const pid of before.values()) process.kill(pid, 'SIGKILL')
    await eventually(async () => {
      const after = await childPids(start.pid)
      return after.size === 3 && [...after].every(([name, pid]) => pid !== before.get(name))
    })
    await eventually(isReady)

    const postmaster = await postmasterPid()
    process.kill(postmaster, 'SIGKILL')
    await eventually(async () => (await postmasterPid().catch(() => postmaster)) !== postmaster)
    await eventually(isReady)
    expect(await countConsultants()).toBe(12)
  })

  it('killed itself, leaves nobody on its port, and starts again on the same data', async () => {
    const children = process.platform === 'linux' ? [...(await childPids(start.pid)).values()] : []
    start.kill('SIGKILL')
    await start.ended
    start = await startIt()
    expect(start.stdout()).not.toContain('Filling the demo database')
    await eventually(() => children.filter(isAlive).length === 0)
    expect(await countConsultants()).toBe(12)
  })

  it('ends everything on Ctrl-C', async () => {
    const children = process.platform === 'linux' ? [...(await childPids(start.pid)).values()] : []
    const pids = [...children, await postmasterPid()]
    start.kill('SIGINT')
    expect(await start.ended).toBe(0)
    await eventually(() => pids.filter(isAlive).length === 0)
    await expect(fetch(url('/api/health/live'))).rejects.toThrow('fetch failed')
  })
})
