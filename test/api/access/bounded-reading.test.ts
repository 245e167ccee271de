import type pg from 'pg'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { createConsultant, createServiceType } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let database: TestDatabase
let client: pg.Client
/** Sees what is there at each moment, as nobody does within a transaction. */
let watcher: pg.Client
let anyone: RestClient
let consultant: string
let serviceType: string

beforeAll(async () => {
  database = await createTestDatabase()
  const { payload } = await openTestPayload({ DATABASE_POOL_SIZE: '10' }, database)
  client = await connectTo(database)
  watcher = await connectTo(database)
  anyone = await createRestClient(payload)
  const { profile } = await createConsultant(payload)
  consultant = profile.slug ?? ''
  serviceType = (await createServiceType(payload, [profile])).slug ?? ''
})

/** Whoever reads slots as records waits for as long as `run` takes, for their tags; booking has nothing to do with these. */
const whileTagsAreLocked = async <T>(run: () => Promise<T>): Promise<T> => {
  await client.query('BEGIN')
  await client.query('LOCK TABLE availability_slots_texts IN ACCESS EXCLUSIVE MODE')
  try {
    return await run()
  } finally {
    await client.query('ROLLBACK')
  }
}

const waitingStatements = async (): Promise<number> => {
  const { rowCount } = await watcher.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rowCount ?? 0
}

/** Until so many statements wait for the lock: as many as may be asked at the same time. */
const untilSomebodyReads = (statements: number): Promise<void> =>
  vi.waitFor(async () => expect(await waitingStatements()).toBe(statements), { timeout: 10_000, interval: 20 })

const from = (address: string) => ({ 'X-Forwarded-For': address })
const many = (count: number, addressOf: (index: number) => string): Promise<RestAnswer>[] =>
  Array.from({ length: count }, (_, index) => anyone.get('/availability-slots', from(addressOf(index))))

const book = async (): Promise<RestAnswer> => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const query = `consultant=${consultant}&serviceType=${serviceType}&start=${day(1)}&end=${day(14)}&timeZone=UTC`
  const { json, text } = await anyone.get(`/booking/slots?${query}`)
  const [first] = Object.values<{ start: string }[]>(json.slots ?? {}).flat()
  expect(first, text).toBeDefined()
  return anyone.post('/booking/sessions', {
    consultant,
    serviceType,
    start: first?.start,
    customer: { name: 'Ada', email: 'ada@example.com', timeZone: 'Europe/London' },
  })
}

describe('reading by nobody', () => {
  test('is ended when a statement takes too long, in PostgreSQL as well, and the connection goes on being used', async () => {
    const answer = await whileTagsAreLocked(async () => {
      const asked = anyone.get('/availability-slots')
      await untilSomebodyReads(1)
      const ended = await asked
      expect(await waitingStatements()).toBe(0)
      return ended
    })
    expect(answer.status, answer.text).toBe(503)
    expect(answer.json.errors[0].data.code).toBe('unavailable')
    expect(answer.headers.get('Retry-After')).toBe('2')
    for (let n = 0; n < 12; n++) expect((await anyone.get('/availability-slots')).status).toBe(200)
  })

  test('uses a part of the connections, so that others go on booking', async () => {
    const reading = await whileTagsAreLocked(async () => {
      const started = many(30, (index) => `198.51.${index}.1`)
      await untilSomebodyReads(3)
      const booked = await book()
      expect(booked.status, booked.text).toBe(201)
      expect(await waitingStatements()).toBeLessThanOrEqual(3)
      return started
    })
    for (const { status, text, headers } of await Promise.all(reading)) {
      expect([200, 503], text).toContain(status)
      if (status === 503) expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
    }
    expect((await anyone.get('/availability-slots')).status).toBe(200)
  })

  test('of one network is done a few at a time, and more than can wait are refused at once', async () => {
    const refused = await whileTagsAreLocked(async () => {
      const started = many(40, () => '198.51.100.9')
      await untilSomebodyReads(3)
      const first = await Promise.race(started)
      void Promise.allSettled(started)
      return first
    })
    expect(refused.status, refused.text).toBe(429)
    expect(refused.json.errors[0].data.code).toBe('rate_limited')
    expect(refused.headers.get('Retry-After')).toBe('1')
  })
})
