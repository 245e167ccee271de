import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type * as Leases from '#access/leases'
import type * as LimitStore from '#database/limit-store'
import { connectTo } from '../../support/database'
import { openTestPayload } from '../../support/payload'

let payload: Payload
let client: pg.Client
let store: typeof LimitStore
let createCounter: typeof Leases.createLeaseCounter

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  client = await connectTo(opened.database)
  store = await import('#database/limit-store')
  createCounter = (await import('#access/leases')).createLeaseCounter
})

beforeEach(() => client.query('TRUNCATE parley.rate_limits'))

const lease = async (points: number, most: number, key = 'k') =>
  (await store.limitStore([{ key, points, most, seconds: 60 }]))[0]

/** A process that has just started. */
const startProcess = (limits: Leases.LeaseStore = store.limitStore) =>
  createCounter(limits, {
    now: () => performance.now(),
    noteFailure: (error) => {
      throw error
    },
  })

describe('leases in PostgreSQL', () => {
  it('are given until there is nothing left, in the window of the first', async () => {
    expect(await lease(3, 5)).toMatchObject({ points: 3, isLast: false })
    expect(await lease(3, 5)).toMatchObject({ points: 2, isLast: true })
    await client.query("UPDATE parley.rate_limits SET ends_at = ends_at - interval '50 seconds'")
    const refused = await lease(3, 5)
    expect(refused).toMatchObject({ points: 0, isLast: true })
    expect(refused?.endsInMs).toBeLessThanOrEqual(10_000)
    expect(refused?.endsInMs).toBeGreaterThan(0)
    await client.query("UPDATE parley.rate_limits SET ends_at = now() - interval '1 ms'")
    expect(await lease(3, 5)).toMatchObject({ points: 3, isLast: false })
  })

  it('give nothing beyond a limit that was lowered', async () => {
    await lease(100, 240)
    expect(await lease(1, 24)).toMatchObject({ points: 0, isLast: true })
    expect(await lease(1, 240)).toMatchObject({ points: 1, isLast: false })
  })

  it('are answered in the order in which they were asked for', async () => {
    const requests = [5, 1, 4, 2, 3].map((points) => ({ key: `k${points}`, points, most: 10, seconds: 60 }))
    expect((await store.limitStore(requests)).map(({ points }) => points)).toEqual([5, 1, 4, 2, 3])
  })

  it('are remembered when a process starts anew', async () => {
    const before = startProcess()
    for (let n = 0; n < 5; n++) expect(await before('k', { most: 5, seconds: 60 })).toBeUndefined()
    expect(await startProcess()('k', { most: 5, seconds: 60 })).toBeGreaterThan(55_000)
  })

  it('are tidied up when their time is over, and not before', async () => {
    await lease(1, 5, 'over')
    await client.query("UPDATE parley.rate_limits SET ends_at = now() - interval '1 ms'")
    await lease(1, 5, 'running')
    await store.deleteOldLimits(payload)
    expect((await client.query('SELECT key FROM parley.rate_limits')).rows).toEqual([{ key: 'running' }])
  })
})
