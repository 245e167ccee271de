import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { expectAllDone } from '../../support/faults/expect-all-done'
import { allReady, eventually, type FaultWorld, openFaultWorld } from '../../support/faults/fault-world'
import { type Booked, startLoad } from '../../support/faults/load'
import type { PgBouncer } from '../../support/faults/pgbouncer'
import { runCommand } from '../../support/run-command'

/** Of the processes of this test four have a pool of five, and workers another of eight: 36 connections and more share them. */
const sessions = 10

let world: FaultWorld
let pgBouncer: PgBouncer
const booked: Booked[] = []

beforeAll(async () => {
  world = await openFaultWorld({ webs: 2, workers: 2, experts: 2, pooledSessions: sessions })
  if (!world.pgBouncer) throw new Error('There is no PgBouncer.')
  pgBouncer = world.pgBouncer
}, 600_000)

afterAll(() => console.log(world?.said.join('\n')))

const faults: Record<string, () => Promise<unknown>> = {
  'nothing happens': async () => undefined,
  'PgBouncer is restarted': () => pgBouncer.restart(),
  'PostgreSQL is restarted': () => world.postgres.restart('fast'),
}

describe('two web processes and two workers behind PgBouncer 1.18 in transaction mode', () => {
  it.each(Object.entries(faults))(
    '%s under load: every booking has its mails, entries and money, once',
    async (name, happen) => {
      await allReady(world)
      const load = startLoad(world, 4)
      await eventually(() => expect(load.count()).toBeGreaterThan(4))
      await happen()
      const since = load.count()
      await eventually(() => expect(load.count()).toBeGreaterThan(since + 8))
      booked.push(...(await load.stop()))
      console.log(name, load.count(), JSON.stringify(load.answers))
      await eventually(() => expectAllDone(world, booked))
      expect(load.answers.faults).toEqual([])
    },
    900_000,
  )

  it('few sessions of PostgreSQL serve all of them, and each worker listens on one of its own', async () => {
    const [{ version } = {}] = await pgBouncer.show('VERSION')
    expect(String(version)).toMatch(/^PgBouncer 1\.18\./)
    const pool = (await pgBouncer.show('POOLS')).find(({ database }) => database === 'parley')
    expect(Number(pool?.cl_active) + Number(pool?.cl_waiting)).toBeGreaterThan(sessions)
    expect((await pgBouncer.show('SERVERS')).length).toBeLessThanOrEqual(sessions)
    const { rows } = await world.postgres.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    )
    expect(rows).toHaveLength(2)
  })

  it('ten logins at a time of one account live on, on either process', async () => {
    const { email } = await createUser(world.payload, ['customer'])
    const login = async (n: number): Promise<string> => {
      const answer = await fetch(`${world.urls[n % 2]}/api/users/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email, password: testPassword }),
      })
      if (answer.status === 503) return login(n)
      expect(answer.status).toBe(200)
      return ((await answer.json()) as { token: string }).token
    }
    const tokens = await Promise.all(Array.from({ length: 10 }, (_, n) => login(n)))
    for (const [n, token] of tokens.entries()) {
      const answer = await fetch(`${world.urls[(n + 1) % 2]}/api/users/me`, {
        headers: { Authorization: `JWT ${token}` },
      })
      expect(await answer.json()).toMatchObject({ user: { email } })
    }
  })

  it('a statement that takes too long is cancelled after fifteen seconds', async () => {
    const client = new pg.Client({ connectionString: pgBouncer.url })
    await client.connect()
    await expect(client.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' })
    await client.end()
  })

  it('commands go past it', async () => {
    const { DATABASE_URL = '', DATABASE_DIRECT_URL = '', DATABASE_POOLING = '', PAYLOAD_SECRET = '' } = world.env
    const env = { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_POOLING, PAYLOAD_SECRET, NODE_ENV: 'test' }
    for (const [script, says] of [
      ['src/database/migrate.ts', 'The database is up to date.'],
      ['src/server/check-money.ts', 'The books add up: '],
    ] as const) {
      const command = runCommand(script, env)
      expect(await command.ended, command.stderr()).toBe(0)
      expect(command.stdout()).toContain(says)
    }
  })

  it.each([
    [
      { DATABASE_POOLING: '', DATABASE_DIRECT_URL: '' },
      'DATABASE_URL leads to a pooler (it says: unsupported startup parameter: ',
    ],
    [
      { DATABASE_POOLING: 'transaction-prepared' },
      'The pooler does not carry prepared statements from session to session',
    ],
  ])('a process with %o does not start, and says why', async (settings, line) => {
    const command = runCommand('src/server/worker.ts', { ...world.env, ...settings, LOG_LEVEL: 'info' })
    expect(await command.ended).toBe(1)
    expect(command.stdout() + command.stderr()).toContain(line)
  })
})
