import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AvailabilitySlot, ConsultantProfile, ServiceType, User } from '#payload-types'
import { connectTo, type TestDatabase } from '../../support/database'
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

const hourMs = 3_600_000

let payload: Payload
let database: TestDatabase
let api: RestClient
let operations: RestClient
let ada: { profile: ConsultantProfile; user: User }
let bob: { profile: ConsultantProfile; user: User }
let asAda: RestClient
let serviceType: ServiceType
let hour = 0

/** Two hours that nobody else in this file uses, with an hour between them and the next ones. */
const nextTime = () => {
  const start = hourIn(8 + Math.floor(hour / 7), (hour++ % 7) * 3)
  return { startsAt: iso(start), endsAt: iso(start + 2 * hourMs) }
}

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  api = await createRestClient(payload)
  operations = await api.as(await createUser(payload, ['operations']))
  ada = await createConsultant(payload)
  bob = await createConsultant(payload)
  asAda = await api.as(ada.user)
  serviceType = await createServiceType(payload, [ada.profile, bob.profile])
})

const block = (client: RestClient, body: Record<string, unknown>) => client.post('/availability-slots', body)
const reload = (id: string): Promise<AvailabilitySlot> =>
  payload.findByID({ collection: 'availability-slots', id, depth: 0 })

const refusalOf = ({ json }: RestAnswer) => ({
  code: json.errors[0].data?.code as unknown,
  message: json.errors[0].message as unknown,
})

const hold = (start: string, consultant = ada.profile) =>
  api.post('/booking/holds', { consultant: consultant.slug, serviceType: serviceType.slug, start })

const book = async (start: string, consultant = ada.profile) => {
  const { json, status, text } = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start,
    customer: guest(),
  })
  expect(status, text).toBe(201)
  const { docs } = await payload.find({
    collection: 'availability-slots',
    where: { 'scheduledSession.reference': { equals: json.session.reference } },
    depth: 0,
  })
  const [slot] = docs
  if (!slot) throw new Error('The session has no slot.')
  return { slot, reference: String(json.session.reference) }
}

const hasPublishJob = async ({ id }: ConsultantProfile) => {
  const client = await connectTo(database)
  const { rowCount } = await client.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [
    `publish-slots:${id}`,
  ])
  return rowCount === 1
}

describe('blocking time by hand', () => {
  it('fills in the rest, takes the time, and publishes what is left', async () => {
    const time = nextTime()
    await hasPublishJob(ada.profile)
    const answer = await block(asAda, { consultant: ada.profile.id, ...time, blockReason: 'Dentist' })
    expect(answer.status, answer.text).toBe(201)
    expect(await reload(answer.json.doc.id)).toMatchObject({
      status: 'blocked',
      occupiedFrom: time.startsAt,
      occupiedUntil: time.endsAt,
      durationMinutes: 120,
      timeZone: 'UTC',
      isManuallyBlocked: true,
      blockReason: 'Dentist',
      price: null,
      scheduledSession: null,
    })
    expect(await hasPublishJob(ada.profile)).toBe(true)
    expect((await hold(time.startsAt)).json).toMatchObject({ status: 409, code: 'slot_taken' })
    expect((await hold(time.endsAt)).status).toBe(201)
  })

  it('has its reason in the form of a new one, for its consultant and for staff alone', async () => {
    const { user } = await createCustomer(payload)
    const isInForm = async (client: RestClient, field: string): Promise<boolean> => {
      const { fields } = (await client.get('/access')).json.collections?.['availability-slots'] ?? {}
      // Payload says `true` in place of a whole list of rights.
      return [fields, fields?.[field], fields?.[field]?.read].includes(true)
    }
    expect(await isInForm(asAda, 'blockReason')).toBe(true)
    expect(await isInForm(asAda, 'customer')).toBe(false)
    expect(await isInForm(operations, 'blockReason')).toBe(true)
    expect(await isInForm(await api.as(user), 'blockReason')).toBe(false)
    expect(await isInForm(api, 'blockReason')).toBe(false)
  })

  it('widens to whole minutes', async () => {
    const { startsAt, endsAt } = nextTime()
    const answer = await block(asAda, {
      consultant: ada.profile.id,
      startsAt: startsAt.replace(':00.000', ':20.500'),
      endsAt: endsAt.replace(':00.000', ':00.001'),
    })
    expect(await reload(answer.json.doc.id)).toMatchObject({ startsAt, durationMinutes: 121 })
  })

  it('is a consultant’s own when they do not say whose', async () => {
    const answer = await block(asAda, nextTime())
    expect(answer.status, answer.text).toBe(201)
    expect((await reload(answer.json.doc.id)).consultant).toBe(ada.profile.id)
    expect((await block(operations, nextTime())).json.errors[0].data).toMatchObject({
      errors: [{ path: 'consultant' }],
    })
  })

  it('is for consultants on their own time, and for staff on anybody’s', async () => {
    expect((await block(asAda, { consultant: bob.profile.id, ...nextTime() })).status).toBe(403)
    const { user } = await createCustomer(payload)
    expect((await block(await api.as(user), { consultant: ada.profile.id, ...nextTime() })).status).toBe(403)
    expect((await block(api, { consultant: ada.profile.id, ...nextTime() })).status).toBe(403)
    expect((await block(operations, { consultant: bob.profile.id, ...nextTime() })).status).toBe(201)
  })

  it('names the session, the hold or the block that is in the way', async () => {
    const [withSession, withHold, withBlock] = [nextTime(), nextTime(), nextTime()]
    const { reference } = await book(withSession.startsAt)
    expect((await hold(withHold.startsAt)).status).toBe(201)
    expect((await block(asAda, withBlock)).status).toBe(201)

    expect(refusalOf(await block(asAda, withSession))).toEqual({
      code: 'slot_taken',
      message: `In the way: session ${reference}. Move or cancel that first, or block another time.`,
    })
    expect(refusalOf(await block(asAda, withHold)).message).toContain('a time that somebody is booking')
    expect(refusalOf(await block(asAda, withBlock)).message).toContain('another block')
    const answer = await block(asAda, withSession)
    expect(answer.status).toBe(409)
  })

  it('is not kept from it by a hold that ran out', async () => {
    const time = nextTime()
    expect((await hold(time.startsAt)).status).toBe(201)
    const client = await connectTo(database)
    await client.query(
      `UPDATE availability_slots SET hold_expires_at = now() - interval '1 second' WHERE starts_at = $1`,
      [time.startsAt],
    )
    expect((await block(asAda, time)).status).toBe(201)
  })

  it('gives one of two who take the same time at once', async () => {
    const time = nextTime()
    const answers = await Promise.all([
      block(asAda, time),
      block(operations, { consultant: ada.profile.id, ...time }),
      hold(time.startsAt),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })

  it.each([
    ['an end before the start', { startsAt: iso(hourIn(5)), endsAt: iso(hourIn(4)) }, 'endsAt'],
    ['no length', { startsAt: iso(hourIn(5)), endsAt: iso(hourIn(5)) }, 'endsAt'],
    ['the past', { startsAt: iso(hourIn(-3)), endsAt: iso(hourIn(-2)) }, 'endsAt'],
    ['more than a year', { startsAt: iso(hourIn(5)), endsAt: iso(hourIn(400)) }, 'endsAt'],
    ['no start', { endsAt: iso(hourIn(5)) }, 'startsAt'],
    ['what comes back and does not say when', { ...nextTime(), isRecurring: true }, 'recurrenceRule'],
    ['a rule of what does not come back', { ...nextTime(), recurrenceRule: 'FREQ=WEEKLY' }, 'isRecurring'],
    [
      'a rule that nobody can read',
      { ...nextTime(), isRecurring: true, recurrenceRule: 'FREQ=HOURLY' },
      'recurrenceRule',
    ],
    [
      'a rule that begins on a day of its own',
      { ...nextTime(), isRecurring: true, recurrenceRule: 'DTSTART:20300101\nFREQ=WEEKLY' },
      'recurrenceRule',
    ],
    [
      'a rule without its first day',
      {
        startsAt: iso(Date.UTC(2030, 0, 1, 9)),
        endsAt: iso(Date.UTC(2030, 0, 1, 10)),
        isRecurring: true,
        recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO',
      },
      'recurrenceRule',
    ],
    [
      'what comes back and lasts for days',
      { startsAt: iso(hourIn(5)), endsAt: iso(hourIn(7)), isRecurring: true, recurrenceRule: 'FREQ=WEEKLY' },
      'endsAt',
    ],
  ])('refuses %s', async (_what, time, path) => {
    const answer = await block(asAda, time)
    expect(answer.status).toBe(400)
    expect(answer.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
  })

  it.each(['available', 'held', 'booked', 'expired', 'released'])('does not make a slot that is %s', async (status) => {
    const answer = await block(operations, { consultant: ada.profile.id, ...nextTime(), status })
    expect(answer.status).toBe(409)
    expect(refusalOf(answer)).toMatchObject({
      code: 'illegal_transition',
      message: expect.stringContaining(`A slot cannot be made ${status} by hand (operations).`) as unknown,
    })
  })

  it('does not believe what belongs to sessions', async () => {
    const { slot } = await book(nextTime().startsAt)
    const answer = await block(operations, {
      consultant: ada.profile.id,
      ...nextTime(),
      scheduledSession: slot.scheduledSession,
      price: 100,
      occupiedFrom: iso(0),
      isManuallyBlocked: false,
    })
    expect(answer.status, answer.text).toBe(201)
    const stored = await reload(answer.json.doc.id)
    expect(stored).toMatchObject({ scheduledSession: null, price: null, isManuallyBlocked: true })
    expect(stored.occupiedFrom).toBe(stored.startsAt)
  })

  it('holds over GraphQL and the Local API', async () => {
    const { startsAt, endsAt } = nextTime()
    const consultant = ada.profile.id
    const mutation = `mutation ($consultant: String, $startsAt: String!, $endsAt: String!, $status: AvailabilitySlot_status_MutationInput!) {
      createAvailabilitySlot(data: { consultant: $consultant, startsAt: $startsAt, endsAt: $endsAt, status: $status }) { id durationMinutes } }`
    const refused = await asAda.graphql(mutation, { consultant, startsAt, endsAt, status: 'booked' })
    expect(refused.json.errors[0].extensions, refused.text).toMatchObject({ data: { code: 'illegal_transition' } })
    const made = await asAda.graphql(mutation, { consultant, startsAt, endsAt, status: 'blocked' })
    expect(made.json.data?.createAvailabilitySlot, made.text).toMatchObject({ durationMinutes: 120 })
    await expect(
      payload.create({
        collection: 'availability-slots',
        data: { consultant, startsAt, endsAt, status: 'blocked' },
      }),
    ).rejects.toMatchObject({ code: 'slot_taken' })
  })
})

describe('changing a block', () => {
  const make = async (time = nextTime()) => {
    const answer = await block(asAda, { ...time, blockReason: 'Away' })
    expect(answer.status, answer.text).toBe(201)
    const id = String(answer.json.doc.id)
    return { id, url: `/availability-slots/${id}`, ...time }
  }

  it('claims its new time, over itself as well', async () => {
    const { id, url, startsAt } = await make()
    const later = iso(Date.parse(startsAt) + hourMs)
    await hasPublishJob(ada.profile)
    const moved = await asAda.patch(url, { startsAt: later })
    expect(moved.status, moved.text).toBe(200)
    expect(await reload(id)).toMatchObject({ startsAt: later, occupiedFrom: later, durationMinutes: 60 })
    expect(await hasPublishJob(ada.profile)).toBe(true)
    expect((await hold(startsAt)).status).toBe(201)
    const back = await asAda.patch(url, { startsAt })
    expect(refusalOf(back)).toMatchObject({ code: 'slot_taken' })
    expect(await reload(id)).toMatchObject({ startsAt: later, status: 'blocked' })
  })

  it('may be moved to another consultant by staff', async () => {
    const { id, url } = await make()
    await hasPublishJob(ada.profile)
    await hasPublishJob(bob.profile)
    expect((await operations.patch(url, { consultant: bob.profile.id })).status).toBe(200)
    expect((await reload(id)).consultant).toBe(bob.profile.id)
    expect([await hasPublishJob(ada.profile), await hasPublishJob(bob.profile)]).toEqual([true, true])
  })

  it('is described without being moved', async () => {
    const { id, url, startsAt } = await make()
    expect((await asAda.patch(url, { blockReason: 'Holiday', tags: ['summer'] })).status).toBe(200)
    expect(await reload(id)).toMatchObject({ blockReason: 'Holiday', tags: ['summer'], startsAt, durationMinutes: 120 })
  })

  it('frees the time when it is released, and stays released', async () => {
    const { id, url, startsAt } = await make()
    const released = await asAda.patch(url, { status: 'released' })
    expect(released.status, released.text).toBe(200)
    expect((await hold(startsAt)).status).toBe(201)
    expect(refusalOf(await asAda.patch(url, { status: 'blocked' }))).toMatchObject({ code: 'illegal_transition' })
    expect(refusalOf(await asAda.patch(url, { blockReason: 'x' }))).toMatchObject({
      code: 'illegal_transition',
      message:
        'A slot that is released cannot be changed (consultant). It claims nothing any more: block the time anew.',
    })
    expect((await reload(id)).status).toBe('released')
  })

  it.each(['available', 'held', 'booked', 'expired'])('does not become %s', async (status) => {
    const { url } = await make()
    const answer = await operations.patch(url, { status })
    expect(refusalOf(answer)).toEqual({
      code: 'illegal_transition',
      message: `A slot that is blocked cannot become ${status} by hand (operations). Allowed next: released.`,
    })
  })

  it('changes its time or its status, not both', async () => {
    const { url, endsAt } = await make()
    const answer = await asAda.patch(url, { status: 'released', endsAt: iso(Date.parse(endsAt) + hourMs) })
    expect(answer.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'status' }] })
  })

  it('frees the time when it is deleted', async () => {
    const { url, startsAt } = await make()
    await hasPublishJob(ada.profile)
    expect((await asAda.del(url)).status).toBe(200)
    expect(await hasPublishJob(ada.profile)).toBe(true)
    expect((await hold(startsAt)).status).toBe(201)
  })

  it('is only its consultant’s and staff’s', async () => {
    const { url } = await make()
    const asBob = await api.as(bob.user)
    expect((await asBob.patch(url, { status: 'released' })).status).toBe(403)
    expect((await asBob.del(url)).status).toBe(403)
  })
})

describe('what is not made by hand', () => {
  it('leaves the time of a session to the session', async () => {
    const { slot } = await book(nextTime().startsAt)
    const url = `/availability-slots/${slot.id}`
    const message = 'This is the time of a session: change the session instead.'
    for (const change of [{ status: 'released' }, { endsAt: iso(hourIn(60)) }, { description: 'x' }]) {
      expect(refusalOf(await operations.patch(url, change))).toEqual({ code: 'illegal_transition', message })
    }
    expect(refusalOf(await operations.del(url))).toEqual({ code: 'illegal_transition', message })
    expect(await reload(slot.id)).toMatchObject({ status: 'booked', endsAt: slot.endsAt })
  })

  it('lets a form be saved that changes nothing', async () => {
    const { slot } = await book(nextTime().startsAt)
    const { startsAt, endsAt, status, consultant } = slot
    const answer = await operations.patch(`/availability-slots/${slot.id}`, {
      startsAt: startsAt.replace('.000Z', '+00:00'),
      endsAt,
      status,
      consultant,
      tags: [],
      description: '',
    })
    expect(answer.status, answer.text).toBe(200)
  })

  it('leaves a hold to whoever holds it', async () => {
    const time = nextTime()
    await hold(time.startsAt)
    const { docs } = await payload.find({
      collection: 'availability-slots',
      where: { startsAt: { equals: time.startsAt }, status: { equals: 'held' } },
    })
    const url = `/availability-slots/${docs[0]?.id ?? ''}`
    expect(refusalOf(await asAda.patch(url, { status: 'released' }))).toMatchObject({
      code: 'illegal_transition',
      message: expect.stringContaining('Somebody is booking this time') as unknown,
    })
    expect(refusalOf(await asAda.del(url))).toMatchObject({ code: 'illegal_transition' })
  })

  it('leaves published time to the rules', async () => {
    const { publishSlots } = await import('#directory/published-slots/publish-slots')
    await publishSlots(payload, bob.profile.id)
    const { docs } = await payload.find({
      collection: 'availability-slots',
      where: { consultant: { equals: bob.profile.id }, status: { equals: 'available' } },
      limit: 1,
    })
    const url = `/availability-slots/${docs[0]?.id ?? ''}`
    const published = expect.stringContaining('Published time follows from the rules') as unknown
    for (const change of [{ status: 'blocked' }, { startsAt: iso(hourIn(9)) }]) {
      expect(refusalOf(await operations.patch(url, change))).toMatchObject({
        code: 'illegal_transition',
        message: published,
      })
    }
    expect(refusalOf(await operations.del(url))).toMatchObject({ code: 'illegal_transition', message: published })
  })
})

describe('a block that comes back', () => {
  const weekMs = 7 * 24 * hourMs
  const again = (time: { startsAt: string }, weeks: number) => iso(Date.parse(time.startsAt) + weeks * weekMs)
  const offered = async (start: string): Promise<boolean> => {
    const query = new URLSearchParams({
      consultant: ada.profile.slug ?? '',
      serviceType: serviceType.slug ?? '',
      start,
      end: iso(Date.parse(start) + 1),
    })
    return Object.keys((await api.get(`/booking/slots?${query.toString()}`)).json.slots).length > 0
  }

  it('takes its time each time: nothing of it is listed or held, and the rest is', async () => {
    const time = nextTime()
    expect([await offered(again(time, 1)), await offered(again(time, 2))]).toEqual([true, true])
    await hasPublishJob(ada.profile)
    const { json, status, text } = await block(asAda, {
      ...time,
      isRecurring: true,
      recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2',
    })
    expect(status, text).toBe(201)
    expect(await hasPublishJob(ada.profile)).toBe(true)
    expect([await offered(time.startsAt), await offered(again(time, 1)), await offered(again(time, 2))]).toEqual([
      false,
      true,
      false,
    ])
    expect((await hold(again(time, 2))).json).toMatchObject({ code: 'slot_not_offered' })
    expect((await hold(iso(Date.parse(again(time, 2)) + 2 * hourMs))).status).toBe(201)

    const change = await asAda.patch(`/availability-slots/${json.doc.id}`, { isRecurring: false })
    expect(change.status, change.text).toBe(200)
    expect(await reload(json.doc.id)).toMatchObject({ isRecurring: false, recurrenceRule: null })
    expect([await offered(time.startsAt), await offered(again(time, 2))]).toEqual([false, true])
    const back = { isRecurring: true, recurrenceRule: 'FREQ=WEEKLY' }
    expect((await asAda.patch(`/availability-slots/${json.doc.id}`, back)).status).toBe(200)
    expect(await offered(again(time, 1))).toBe(false)
    expect((await asAda.del(`/availability-slots/${json.doc.id}`)).status).toBe(200)
    expect(await offered(again(time, 1))).toBe(true)
  })

  it('says which sessions it meets later on, and leaves them where they are', async () => {
    const time = nextTime()
    const { reference } = await book(again(time, 1))
    const { json } = await block(asAda, { ...time, isRecurring: true, recurrenceRule: 'FREQ=WEEKLY;COUNT=2' })
    expect(json.doc.warnings).toMatchObject([{ code: 'sessions_touched', total: 1, sessions: [{ reference }] }])
  })

  it('that was stored with a rule that nobody can read is heeded once, and is not moved with it', async () => {
    const time = nextTime()
    const { json } = await block(asAda, time)
    const client = await connectTo(database)
    await client.query(
      `UPDATE availability_slots SET is_recurring = true, recurrence_rule = 'every week' WHERE id = $1`,
      [json.doc.id],
    )
    expect((await asAda.patch(`/availability-slots/${json.doc.id}`, { blockReason: 'Choir' })).status).toBe(200)
    expect([await offered(time.startsAt), await offered(again(time, 1))]).toEqual([false, true])
    const later = nextTime()
    const moved = await asAda.patch(`/availability-slots/${json.doc.id}`, later)
    expect(moved.json.errors[0].data).toMatchObject({ errors: [{ path: 'recurrenceRule' }] })
  })

  it('is found by its tags and its note', async () => {
    const { json } = await block(asAda, { ...nextTime(), tags: ['choir', 'evening'], description: 'Second tenor' })
    const found = async (where: string): Promise<unknown> => {
      const answer = await operations.get(`/availability-slots?${where}&depth=0`)
      expect(answer.status, answer.text).toBe(200)
      return answer.json.docs.map(({ id }: { id: string }) => id)
    }
    expect(await found('where[tags][in]=choir')).toEqual([json.doc.id])
    expect(await found('where[tags][in]=trip')).toEqual([])
    expect(await found('where[description][like]=tenor')).toEqual([json.doc.id])
  })
})
