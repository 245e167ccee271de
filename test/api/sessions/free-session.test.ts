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

const slotsUrl = (date: string, extra = '') =>
  `/booking/slots?consultant=${consultant.slug}&serviceType=${serviceType.slug}&start=${date}&end=${date}&timeZone=UTC${extra}`

describe('a free session', () => {
  it('is listed, held, booked, moved and cancelled', async () => {
    const start = hourIn(3)
    const date = iso(start).slice(0, 10)
    const listed = await api.get(slotsUrl(date))
    expect(listed.status, listed.text).toBe(200)
    expect(listed.json).toMatchObject({ timeZone: 'UTC', durationMinutes: 30 })

    const held = await api.post('/booking/holds', {
      consultant: consultant.slug,
      serviceType: serviceType.slug,
      start: iso(start),
    })
    expect(held.status, held.text).toBe(201)

    const booked = await api.post('/booking/sessions', { holdToken: held.json.token, customer: guest() })
    expect(booked.status, booked.text).toBe(201)
    expect(booked.json.session).toMatchObject({ status: 'scheduled', start: iso(start) })

    const headers = { Authorization: `Bearer ${booked.json.manageToken}` }
    const url = `/booking/sessions/${booked.json.session.reference}`
    const read = await api.get(url, headers)
    expect(read.status, read.text).toBe(200)
    expect(read.json.actions).toContain('cancel')

    const moved = await api.post(`${url}/reschedule`, { start: iso(start + 15 * 60_000) }, headers)
    expect(moved.status).toBe(422)
    const overlapping = await api.post(`${url}/reschedule`, { start: iso(start + 30 * 60_000) }, headers)
    expect(overlapping.status, overlapping.text).toBe(200)
    expect(overlapping.json.session.start).toBe(iso(start + 30 * 60_000))

    const cancelled = await api.post(`${url}/cancel`, { reason: 'plans changed' }, headers)
    expect(cancelled.status, cancelled.text).toBe(200)
    expect(cancelled.json.session.status).toBe('cancelled_by_user')
  })
})
