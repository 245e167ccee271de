import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let api: RestClient
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  const payload = await getTestPayload()
  api = await createRestClient(payload)
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant])
})

const booking = (start: number) => ({
  consultant: consultant.slug,
  serviceType: serviceType.slug,
  start: iso(start),
  customer: guest(),
})

const keyed = (key: string = randomUUID()) => ({ 'Idempotency-Key': key })

describe('Idempotency-Key', () => {
  it('gives the first answer again, byte for byte, and books once', async () => {
    const body = booking(hourIn(4, 8))
    const headers = keyed()
    const first = await api.post('/booking/sessions', body, headers)
    const second = await api.post('/booking/sessions', body, headers)
    expect(first.status, first.text).toBe(201)
    expect(second.status).toBe(201)
    expect(second.text).toBe(first.text)
  })

  it('gives one booking and the same bytes when the same request runs many times at once', async () => {
    const body = booking(hourIn(4, 9))
    const headers = keyed()
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post('/booking/sessions', body, headers)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it('repeats a refusal too', async () => {
    const start = hourIn(4, 10)
    await api.post('/booking/sessions', booking(start))
    const headers = keyed()
    const body = booking(start)
    const first = await api.post('/booking/sessions', body, headers)
    expect(first.json).toMatchObject({ status: 409, code: 'slot_taken' })
    expect((await api.post('/booking/sessions', body, headers)).text).toBe(first.text)
  })

  it('refuses the key for another body', async () => {
    const headers = keyed()
    await api.post('/booking/sessions', booking(hourIn(4, 11)), headers)
    const other = await api.post('/booking/sessions', booking(hourIn(4, 12)), headers)
    expect(other.json).toMatchObject({ status: 409, code: 'idempotency_conflict' })
  })

  it('refuses a key that is none, and stores nothing', async () => {
    const start = hourIn(4, 13)
    const refused = await api.post('/booking/sessions', booking(start), keyed('x'.repeat(256)))
    expect(refused.json).toMatchObject({ status: 400, code: 'invalid_request' })
    expect((await api.post('/booking/sessions', booking(start))).status).toBe(201)
  })

  it('does not mix callers up: somebody else may use the same key', async () => {
    const key = randomUUID()
    const mine = await api.post('/booking/sessions', booking(hourIn(4, 14)), {
      ...keyed(key),
      Authorization: 'Bearer one',
    })
    const theirs = await api.post('/booking/sessions', booking(hourIn(4, 15)), {
      ...keyed(key),
      Authorization: 'Bearer two',
    })
    expect([mine.status, theirs.status]).toEqual([201, 201])
  })
})
