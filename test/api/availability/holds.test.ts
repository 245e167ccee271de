import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let consultant: ConsultantProfile
let serviceType: ServiceType
let other: ServiceType

beforeAll(async () => {
  payload = await getTestPayload()
  api = await createRestClient(payload)
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant])
  other = await createServiceType(payload, [consultant], { durations: [20], defaultDurationMinutes: 20 })
})

const hold = (start: number, extra: object = {}) =>
  api.post('/booking/holds', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(start),
    ...extra,
  })

const isListed = async (start: number, { holdToken = '', service = serviceType } = {}) => {
  const date = iso(start).slice(0, 10)
  const answer = await api.get(
    `/booking/slots?consultant=${consultant.slug}&serviceType=${service.slug}&start=${date}&end=${date}&timeZone=UTC&holdToken=${holdToken}`,
  )
  const slots: { start: string }[] = answer.json.slots[date] ?? []
  return slots.some((slot) => Date.parse(slot.start) === start)
}

/** Time passes for one hold, without waiting. */
const letHoldRunOut = async (start: number) => {
  const { drizzle } = payload.db as unknown as { drizzle: { execute: (query: unknown) => Promise<unknown> } }
  await drizzle.execute(sql`
    UPDATE availability_slots SET hold_expires_at = now() - interval '1 second'
    WHERE status = 'held' AND starts_at = ${iso(start)}::timestamptz`)
}

describe('a hold', () => {
  it('takes the time from everybody but its holder', async () => {
    const start = hourIn(5, 8)
    const held = await hold(start)
    expect(held.status, held.text).toBe(201)
    expect(held.json).toMatchObject({
      start: iso(start),
      end: iso(start + 30 * 60_000),
      price: { amount: 0, currency: 'GBP' },
    })
    expect(await isListed(start)).toBe(false)
    expect(await isListed(start, { holdToken: held.json.token })).toBe(true)
    expect((await hold(start)).json).toMatchObject({ status: 409, code: 'slot_taken' })
  })

  it('of one service blocks another one', async () => {
    const start = hourIn(5, 9)
    await hold(start)
    expect(await isListed(start + 20 * 60_000, { service: other })).toBe(false)
    const overlapping = await hold(start + 20 * 60_000, { serviceType: other.slug })
    expect(overlapping.json).toMatchObject({ status: 409, code: 'slot_taken' })
  })

  it('that ran out blocks nobody, with no job having come by', async () => {
    const start = hourIn(5, 10)
    await hold(start)
    await letHoldRunOut(start)
    expect(await isListed(start)).toBe(true)
    expect((await hold(start)).status).toBe(201)
  })

  it('that ran out can still be booked while nobody else has the time', async () => {
    const start = hourIn(5, 11)
    const held = await hold(start)
    await letHoldRunOut(start)
    const booked = await api.post('/booking/sessions', { holdToken: held.json.token, customer: guest() })
    expect(booked.status, booked.text).toBe(201)
  })

  it('that ran out and whose time is taken is gone', async () => {
    const start = hourIn(5, 12)
    const held = await hold(start)
    await letHoldRunOut(start)
    await hold(start)
    const late = await api.post('/booking/sessions', { holdToken: held.json.token, customer: guest() })
    expect(late.json).toMatchObject({ status: 410, code: 'hold_expired' })
  })

  it('becomes one session, not two', async () => {
    const held = await hold(hourIn(5, 13))
    const book = () => api.post('/booking/sessions', { holdToken: held.json.token, customer: guest() })
    const statuses = (await Promise.all([book(), book(), book()])).map(({ status }) => status).sort()
    expect(statuses).toEqual([201, 410, 410])
  })

  it('is replaced when its holder goes back and chooses again', async () => {
    const first = await hold(hourIn(5, 14))
    const second = await hold(hourIn(5, 15), { replaces: first.json.token })
    expect(second.status).toBe(201)
    expect(await isListed(hourIn(5, 14))).toBe(true)
    const again = await hold(hourIn(5, 15), { replaces: second.json.token })
    expect(again.status, 'the same time again').toBe(201)
  })

  it('keeps the old time when the new one is taken', async () => {
    const mine = await hold(hourIn(5, 16))
    await hold(hourIn(5, 17))
    const refused = await hold(hourIn(5, 17), { replaces: mine.json.token })
    expect(refused.json).toMatchObject({ code: 'slot_taken' })
    expect(await isListed(hourIn(5, 16))).toBe(false)
  })

  it('is given back, and giving back tells nothing', async () => {
    const held = await hold(hourIn(5, 18))
    expect((await api.del(`/booking/holds/${held.json.token}`)).status).toBe(204)
    expect(await isListed(hourIn(5, 18))).toBe(true)
    expect((await api.del('/booking/holds/never-given-out')).status).toBe(204)
  })

  it.each([
    ['in the past', () => ({ start: iso(hourIn(-1)) }), 422, 'slot_not_offered'],
    ['off the grid', () => ({ start: iso(hourIn(5, 19) + 60_000) }), 422, 'slot_not_offered'],
    ['beyond the horizon', () => ({ start: iso(hourIn(61)) }), 422, 'slot_not_offered'],
    ['of a length that is not offered', () => ({ durationMinutes: 45 }), 400, 'invalid_request'],
    ['without a zone', () => ({ start: '2027-01-01T10:00:00' }), 400, 'invalid_request'],
    ['with an unknown field', () => ({ price: 1 }), 400, 'invalid_request'],
    ['of nobody', () => ({ consultant: 'nobody' }), 404, 'not_found'],
  ])('is refused %s', async (_what, change, status, code) => {
    const refused = await hold(hourIn(5, 19), change())
    expect(refused.json).toMatchObject({ status, code })
  })
})
