import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { expectAllDone } from '../../support/faults/expect-all-done'
import { allReady, eventually, type FaultWorld, openFaultWorld } from '../../support/faults/fault-world'
import { type Booked, startLoad } from '../../support/faults/load'

let world: FaultWorld
const booked: Booked[] = []

beforeAll(async () => {
  world = await openFaultWorld({ webs: 2, workers: 2, experts: 2, hasSmallDisks: true })
}, 240_000)

/** How long what does not pass by itself lasts. */
const lasting = () => delay(12_000)

/** PostgreSQL writes into segments that it has, and stops when it needs another one. */
const writeUntilItFails = () =>
  eventually(() =>
    expect(
      world.postgres.query(`SELECT pg_logical_emit_message(false, 'x', repeat('x', 8000000)), pg_switch_wal()`),
    ).rejects.toThrow(),
  )

const readOnly = async (mode: 'on' | 'off') => {
  await world.postgres.query(`ALTER SYSTEM SET default_transaction_read_only = ${mode}`)
  await world.postgres.query('SELECT pg_reload_conf()')
}

const faults: Record<string, () => Promise<unknown>> = {
  'is restarted': () => world.postgres.restart('fast'),
  crashes: () => world.postgres.restart('immediate'),
  'is killed': () => world.postgres.kill(),
  'has no connection left': () => world.postgres.useUpConnections(lasting),
  'is read-only': async () => {
    await readOnly('on')
    await lasting()
    await readOnly('off')
  },
  'has no room for data': () => world.postgres.fillDisk('data', lasting),
  'has no room for its log': async () => {
    await world.postgres.fillDisk('log', writeUntilItFails)
    await world.postgres.start()
  },
}

describe('under load, PostgreSQL', () => {
  it.each(Object.entries(faults))(
    '%s: every booking has its mails, entries and money, once',
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
    600_000,
  )

  afterAll(() => console.log(world?.said.join('\n')))
})

describe('logins of one account', () => {
  const login = async (url: string, email: string): Promise<string> => {
    const answer = await fetch(`${url}/api/users/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password: testPassword }),
    })
    const text = await answer.text()
    // On a machine that is busy otherwise, the pool may have nothing to give in time.
    if (answer.status === 503) return login(url, email)
    expect(answer.status, text).toBe(200)
    return (JSON.parse(text) as { token: string }).token
  }
  const isAlive = async (url: string, token: string): Promise<boolean> => {
    const answer = await fetch(`${url}/api/users/me`, { headers: { Authorization: `JWT ${token}` } })
    return ((await answer.json()) as { user: unknown }).user !== null
  }

  it.each([1, 10])(
    '%i at a time on two web processes: all fifty live on',
    async (atOnce) => {
      await allReady(world)
      const { email } = await createUser(world.payload, ['customer'])
      const urlOf = (n: number) => world.urls[n % world.urls.length] ?? ''
      const tokens: string[] = []
      while (tokens.length < 50) {
        tokens.push(...(await Promise.all(Array.from({ length: atOnce }, (_, n) => login(urlOf(n), email)))))
      }
      const alive = await Promise.all(tokens.map((token, n) => isAlive(urlOf(n), token)))
      expect(alive.filter(Boolean)).toHaveLength(50)
    },
    240_000,
  )
})
