import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
    await world.postgres
      .query('BEGIN READ WRITE; ALTER SYSTEM SET default_transaction_read_only = off')
      .catch(() => undefined)
    await readOnly('off')
  },
  'has no room for data': () => world.postgres.fillDisk('data', lasting),
  'has no room for its log': async () => {
    await world.postgres.fillDisk('log', lasting)
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
      for (const one of (await load.stop()).slice()) booked.push(one)
      console.log(name, load.count(), JSON.stringify(load.answers))
      await eventually(() => expectAllDone(world, booked))
      expect(load.answers.faults).toEqual([])
    },
    600_000,
  )

  afterAll(() => console.log(world?.said.join('\n')))
})
