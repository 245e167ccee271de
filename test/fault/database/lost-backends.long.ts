import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { inspect } from 'node:util'
import type { Payload } from 'payload'
import pg from 'pg'
import { beforeAll, expect, inject, it, vi } from 'vitest'
import type { ConsultantProfile, Customer, ServiceType } from '#payload-types'
import type { TestDatabase } from '../../support/database'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let database: TestDatabase
let api: RestClient
let staff: RestClient
let consultant: ConsultantProfile
let serviceType: ServiceType
let customer: Customer

beforeAll(async () => {
  const opened = await openTestPayload({ RATE_LIMIT_FACTOR: '0', DATABASE_POOL_SIZE: '8' })
  payload = opened.payload
  database = opened.database
  api = await createRestClient(payload)
  staff = await api.as(await createUser(payload, ['operations']))
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant], { durations: [15], defaultDurationMinutes: 15 })
  customer = (await createCustomer(payload)).customer
})

let quarter = 0
const nextStart = () => iso(hourIn(2) + quarter++ * 15 * 60_000)

const order = () => ({
  consultant: consultant.slug,
  serviceType: serviceType.slug,
  start: nextStart(),
  customer: guest(),
})
const form = () => ({
  customer: customer.id,
  consultant: consultant.id,
  serviceType: serviceType.id,
  startsAt: nextStart(),
})
const mutation = `mutation ($data: mutationScheduledSessionInput!) { createScheduledSession(data: $data) { id } }`

const ways: Record<string, () => Promise<RestAnswer>> = {
  'booking API': () => api.post('/booking/sessions', order()),
  'booking API with a key': () => api.post('/booking/sessions', order(), { 'Idempotency-Key': randomUUID() }),
  REST: () => staff.post('/scheduled-sessions', form()),
  GraphQL: () => staff.graphql(mutation, { data: form() }),
  'REST, of another collection': () => staff.patch(`/customers/${customer.id}`, { name: randomUUID() }),
}

const statusOf = ({ status, json }: RestAnswer): number => json?.errors?.[0]?.extensions?.statusCode ?? status

/** Ends the backends of this test's database one by one, whatever they are at, at moments that nobody has chosen. */
const endBackends = async (isOver: () => boolean): Promise<number> => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  let ended = 0
  while (!isOver()) {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND state <> 'idle' ORDER BY random() LIMIT 1`,
      [database.name],
    )
    ended += rowCount ?? 0
    await delay(Math.random() * 120)
  }
  await client.end()
  return ended
}

const count = 120

it('a backend that ends at any moment of a request is answered with 503, never with 500', async () => {
  const answers: Record<string, Record<number, number>> = {}
  const unexpected: string[] = []
  // What a 500 does not say.
  const log = vi.spyOn(payload.logger, 'error')
  let isOver = false
  const ending = endBackends(() => isOver)
  for (const [way, ask] of Object.entries(ways)) {
    const byStatus: Record<number, number> = (answers[way] = {})
    let left = count
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        while (left-- > 0) {
          const answer = await ask()
          const status = statusOf(answer)
          byStatus[status] = (byStatus[status] ?? 0) + 1
          if (status >= 300 && status !== 503) unexpected.push(`${way}: ${status} ${answer.text}`)
        }
      }),
    )
  }
  isOver = true
  console.log(`${await ending} backends ended: ${JSON.stringify(answers)}`)
  const reasons = log.mock.calls.map(([line]) => inspect(line, { depth: 6 }))
  expect(unexpected, reasons.filter((reason) => reason.includes('A request failed')).join('\n')).toEqual([])
  for (const byStatus of Object.values(answers)) expect(byStatus[503]).toBeGreaterThan(0)
}, 600_000)
