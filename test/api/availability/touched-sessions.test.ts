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

  it('by a draft that is published, though not by the draft', async () => {
    const world = await openWorld()
    const reference = await book(world, hourIn(6))
    const path = `/consultant-profiles/${world.profile.id}`
    const unavailableDates = [{ date: midnight(hourIn(6)) }]
    const draft = await world.client.patch(`${path}?draft=true`, {
      ...{ availability: { ...alwaysOpen, unavailableDates }, _status: 'draft' },
    })
    expect(warnedOf(draft)).toBeUndefined()
    expect(warnedOf(await world.client.patch(path, { _status: 'published' }))).toEqual([reference])
  })

  it('by two schedules that are changed at once, each of its own', async () => {
    const world = await openWorld()
    const never = Object.fromEntries(Object.keys(alwaysOpen.workingHours).map((day) => [day, { enabled: false }]))
    const references: string[] = []
    for (const days of [6, 8]) {
      references.push(await book(world, hourIn(days)))
      await operations.post('/availability-schedules', {
        ...{ consultant: world.profile.id, type: 'custom', name: `Day ${days}` },
        dateExceptions: [
          { date: midnight(hourIn(days)), isAvailable: true, slots: [{ startTime: '00:00', endTime: '24:00' }] },
        ],
      })
    }
    const path = `/consultant-profiles/${world.profile.id}`
    await operations.patch(path, { availability: { ...alwaysOpen, workingHours: never } })
    const query = `where[consultant][equals]=${world.profile.id}`
    const { json } = await operations.patch(`/availability-schedules?${query}`, { isActive: false })
    const told = json.docs.flatMap((doc: { warnings?: { sessions: { reference: string }[] }[] }) =>
      (doc.warnings ?? []).flatMap(({ sessions }) => sessions.map(({ reference }) => reference)),
    )
    expect([...new Set(told)].sort()).toEqual(references.sort())
  })

  it('and hears nothing of somebody who has not opened the mailed link yet', async () => {
    const { profile, client } = await openWorld()
    const confirmed = await createServiceType(payload, [profile], { confirmsEmail: 'everybody' })
    const start = hourIn(6)
    const booked = await api.post('/booking/sessions', {
      ...{ consultant: profile.slug, serviceType: confirmed.slug, start: iso(start), customer: guest() },
    })
    expect(booked.json.session).toMatchObject({
      status: 'pending_confirmation',
      actions: expect.arrayContaining(['confirm_email']) as string[],
    })
    const unavailableDates = [{ date: midnight(start) }]
    const answer = await client.patch(`/consultant-profiles/${profile.id}`, {
      availability: { ...alwaysOpen, unavailableDates },
    })
    expect(warnedOf(answer)).toBeUndefined()
  })

  it('and what follows a deletion does, whatever of the record was asked for', async () => {
    const world = await openWorld()
    const start = hourIn(6)
    const reference = await book(world, start)
    const never = Object.fromEntries(Object.keys(alwaysOpen.workingHours).map((day) => [day, { enabled: false }]))
    const made = await operations.post('/availability-schedules', {
      ...{ consultant: world.profile.id, type: 'custom', name: 'Open' },
      dateExceptions: [{ date: midnight(start), isAvailable: true, slots: [{ startTime: '00:00', endTime: '24:00' }] }],
    })
    await operations.patch(`/consultant-profiles/${world.profile.id}`, {
      availability: { ...alwaysOpen, workingHours: never },
    })
    const before = await payload.findByID({ collection: 'consultant-profiles', id: world.profile.id })
    const gone = await operations.del(`/availability-schedules/${made.json.doc.id}?select[name]=true`)
    expect(gone.json.doc.warnings).toMatchObject([{ sessions: [{ reference }] }])
    const after = await payload.findByID({ collection: 'consultant-profiles', id: world.profile.id })
    expect(after.rulesVersion).toBeGreaterThan(before.rulesVersion ?? 0)
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
