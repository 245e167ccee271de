import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { connectTo, type TestDatabase } from '../../support/database'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { startWebProcess, type WebProcess } from '../../support/servers'

let payload: Payload
let database: TestDatabase
let servers: [WebProcess, WebProcess]
let consultant: ConsultantProfile
let serviceType: ServiceType
let other: ServiceType

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant])
  other = await createServiceType(payload, [consultant], { durations: [60], defaultDurationMinutes: 60 })
  servers = await Promise.all([startWebProcess({ database }), startWebProcess({ database })])
})

type Answer = { status: number; text: string; json: { code?: string; token?: string } }

const post = async (
  server: WebProcess,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const response = await fetch(`${server.url}/api${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) as Answer['json'] }
}

const holdBody = (start: number, service: ServiceType = serviceType) => ({
  consultant: consultant.slug,
  serviceType: service.slug,
  start: iso(start),
})

const both = (n: number) => servers[n % 2 === 0 ? 0 : 1]

const countStatuses = (answers: Answer[]) =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, same]) => [status, same.length]))

const overlappingClaims = async (): Promise<number> => {
  const client = await connectTo(database)
  const { rows } = await client.query<{ count: number }>(`
    SELECT count(*)::int AS count FROM availability_slots a JOIN availability_slots b
      ON a.consultant_id = b.consultant_id AND a.id < b.id
        AND tstzrange(a.occupied_from, a.occupied_until) && tstzrange(b.occupied_from, b.occupied_until)
    WHERE a.status IN ('held', 'booked', 'blocked') AND b.status IN ('held', 'booked', 'blocked')`)
  return rows[0]?.count ?? -1
}

describe('two server processes on one database', () => {
  it('control: one after the other, the first gets the time and the others do not', async () => {
    const start = hourIn(10, 8)
    const answers: Answer[] = []
    for (let n = 0; n < 4; n++) answers.push(await post(both(n), '/booking/holds', holdBody(start)))
    expect(answers.map(({ status }) => status)).toEqual([201, 409, 409, 409])
  })

  it('race: of 100 holds of one time at once, one is given and 99 are refused as taken', async () => {
    const start = hourIn(10, 10)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => post(both(n), '/booking/holds', holdBody(start))),
    )
    expect(countStatuses(answers)).toEqual({ 201: 1, 409: 99 })
    expect(new Set(answers.flatMap(({ json }) => json.code ?? []))).toEqual(new Set(['slot_taken']))
    expect(await overlappingClaims()).toBe(0)
  })

  it('race: holds of overlapping times of different services and lengths never overlap', async () => {
    const start = hourIn(10, 12)
    const bodies = [holdBody(start), holdBody(start + 30 * 60_000), holdBody(start, other)]
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => post(both(n), '/booking/holds', bodies[n % 3])),
    )
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(answers.some(({ status }) => status === 201)).toBe(true)
    expect(await overlappingClaims()).toBe(0)
  })

  it('race: the same request with one key on both processes gives one booking and the same bytes', async () => {
    const key = randomUUID()
    const body = { ...holdBody(hourIn(10, 15)), customer: guest() }
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => post(both(n), '/booking/sessions', body, { 'Idempotency-Key': key })),
    )
    expect(countStatuses(answers)).toEqual({ 201: 10 })
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it('race: many customers book one time without a hold; one gets it', async () => {
    const start = hourIn(10, 17)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        post(both(n), '/booking/sessions', { ...holdBody(start), customer: guest() }),
      ),
    )
    expect(countStatuses(answers)).toEqual({ 201: 1, 409: 19 })
  })
})
