import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

/** What begins or ended outside of the window that is asked for, and is in the way of a session within it all the same. */

const minute = 60_000

let api: RestClient
let operations: RestClient
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  const { payload } = await openTestPayload()
  api = await createRestClient(payload)
  operations = await api.as(await createUser(payload, ['operations']))
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant], {
    durations: [30, 60],
    defaultDurationMinutes: 30,
    bufferBeforeMinutes: 60,
    bufferAfterMinutes: 90,
  })
})

const block = async (start: number, minutes: number) => {
  const answer = await operations.post('/availability-slots', {
    consultant: consultant.id,
    status: 'blocked',
    startsAt: iso(start),
    endsAt: iso(start + minutes * minute),
  })
  expect(answer.status, answer.text).toBe(201)
}

/** The starts of an hour's sessions that are offered in the millisecond of `start`. */
const offeredAt = async (start: number): Promise<number[]> => {
  const query = new URLSearchParams({
    consultant: consultant.slug ?? '',
    serviceType: serviceType.slug ?? '',
    start: iso(start),
    end: iso(start + 1),
    durationMinutes: '60',
  })
  const { status, text, json } = await api.get(`/booking/slots?${query}`)
  expect(status, text).toBe(200)
  const days: Record<string, { start: string }[]> = json.slots
  return Object.values(days).flatMap((slots) => slots.map((slot) => Date.parse(slot.start)))
}

describe('a session of an hour, with an hour kept free before it and one and a half after it', () => {
  it.each([
    { what: 'while it would take place', day: 6, from: 45, minutes: 10, isOffered: false },
    { what: 'within the time kept free after it', day: 7, from: 140, minutes: 10, isOffered: false },
    { what: 'from the end of that time on', day: 8, from: 150, minutes: 10, isOffered: true },
    { what: 'within the time kept free before it', day: 9, from: -65, minutes: 10, isOffered: false },
    { what: 'until the beginning of that time', day: 10, from: -70, minutes: 10, isOffered: true },
  ])('beside time that is taken $what: offered $isOffered', async ({ day, from, minutes, isOffered }) => {
    const start = hourIn(day, 12)
    expect(await offeredAt(start)).toEqual([start])
    await block(start + from * minute, minutes)
    expect(await offeredAt(start)).toEqual(isOffered ? [start] : [])
  })
})
