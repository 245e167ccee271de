import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { alwaysOpen, createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

const dayMs = 86_400_000

let payload: Payload
let api: RestClient
let operations: RestClient

beforeAll(async () => {
  ;({ payload } = await openTestPayload())
  api = await createRestClient(payload)
  operations = await api.as(await createUser(payload, ['operations']))
})

type World = { profile: ConsultantProfile; user: User; serviceType: ServiceType; client: RestClient }

const openWorld = async (): Promise<World> => {
  const { profile, user } = await createConsultant(payload)
  return { profile, user, serviceType: await createServiceType(payload, [profile]), client: await api.as(user) }
}

const book = async ({ profile, serviceType }: World, start: number): Promise<string> => {
  const { json, status, text } = await api.post('/booking/sessions', {
    ...{ consultant: profile.slug, serviceType: serviceType.slug, start: iso(start), customer: guest() },
  })
  expect(status, text).toBe(201)
  return String(json.session.reference)
}

const warnedOf = ({ json, status, text }: RestAnswer): string[] | undefined => {
  expect(status, text).toBeLessThan(300)
  const [warning] = json.doc.warnings ?? []
  return warning?.sessions.map(({ reference }: { reference: string }) => reference)
}

const midnight = (instant: number): string => iso(Math.floor(instant / dayMs) * dayMs)

describe('whoever changes times hears which booked sessions that touches', () => {
  it('by an absence, which leaves them where they are', async () => {
    const world = await openWorld()
    const start = hourIn(6)
    const reference = await book(world, start)
    await book(world, hourIn(9))
    const away = (first: number, last: number) =>
      world.client.patch(`/consultant-profiles/${world.profile.id}`, {
        availability: { ...alwaysOpen, unavailableDates: [{ date: midnight(first), lastDate: midnight(last) }] },
      })
    const answer = await away(start - 2 * dayMs, start + dayMs)
    expect(warnedOf(answer)).toEqual([reference])
    const [warning] = answer.json.doc.warnings
    expect(warning).toMatchObject({ code: 'sessions_touched', total: 1 })
    expect(warning.sessions[0]).toMatchObject({ startsAt: iso(start), customer: expect.any(String) as string })
    const { docs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { reference: { equals: reference } },
      depth: 0,
    })
    expect(docs[0]).toMatchObject({ status: 'scheduled', startsAt: iso(start) })
    // Said once: it is not touched by what changes nothing for it.
    expect(warnedOf(await away(start - 3 * dayMs, start + dayMs))).toBeUndefined()
    expect(warnedOf(await away(start + dayMs, start + dayMs))).toBeUndefined()
  })

  it('by a schedule that is made, changed and deleted', async () => {
    const world = await openWorld()
    const start = hourIn(6)
    const reference = await book(world, start)
    const closed = [{ date: midnight(start), isAvailable: false, slots: [] }]
    const fields = { consultant: world.profile.id, type: 'custom', name: 'Away' }
    const made = await operations.post('/availability-schedules', { ...fields, dateExceptions: closed })
    expect(warnedOf(made)).toEqual([reference])
    const path = `/availability-schedules/${made.json.doc.id}`
    const evening = [{ startTime: '00:00', endTime: '24:00' }]
    const open = [{ date: midnight(start), isAvailable: true, slots: evening }]
    expect(warnedOf(await operations.patch(path, { dateExceptions: open }))).toBeUndefined()
    expect(warnedOf(await operations.patch(path, { name: 'Open' }))).toBeUndefined()
    const never = Object.fromEntries(Object.keys(alwaysOpen.workingHours).map((day) => [day, { enabled: false }]))
    const closing = { availability: { ...alwaysOpen, workingHours: never } }
    // The exception holds its day open, until it goes.
    expect(warnedOf(await operations.patch(`/consultant-profiles/${world.profile.id}`, closing))).toBeUndefined()
    const gone = await operations.del(path)
    expect(gone.json.doc.warnings).toMatchObject([{ sessions: [{ reference }] }])
  })

  it('and nobody is told of what has no sessions', async () => {
    const { client, profile } = await openWorld()
    const unavailableDates = [{ date: midnight(hourIn(5)) }]
    const answer = await client.patch(`/consultant-profiles/${profile.id}`, {
      availability: { ...alwaysOpen, unavailableDates },
    })
    expect(answer.json.doc).not.toHaveProperty('warnings')
  })
})

it('an absence that ends before it begins is refused at its last day', async () => {
  const { client, profile } = await openWorld()
  const unavailableDates = [{ date: midnight(hourIn(5)), lastDate: midnight(hourIn(4)) }]
  const answer = await client.patch(`/consultant-profiles/${profile.id}`, {
    availability: { ...alwaysOpen, unavailableDates },
  })
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('availability.unavailableDates.0.lastDate')
  expect(answer.text).toContain('Must not lie before the first day.')
})
