import type { CollectionSlug, Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, User } from '#payload-types'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { createTemporaryFolder } from '../../support/temporary-folder'

let payload: Payload
let api: RestClient
let staff: RestClient
let operations: User
let consultant: ConsultantProfile
let host: RestClient

beforeAll(async () => {
  ;({ payload } = await openTestPayload({ MEDIA_DIR: await createTemporaryFolder() }))
  api = await createRestClient(payload)
  operations = await createUser(payload, ['operations'])
  staff = await api.as(operations)
  const { profile, user } = await createConsultant(payload)
  consultant = profile
  host = await api.as(user)
})

const paragraph = (text: string) => ({
  root: {
    type: 'root',
    version: 1,
    format: '' as const,
    indent: 0,
    direction: 'ltr' as const,
    children: [{ type: 'paragraph', version: 1, children: [{ type: 'text', version: 1, text }] }],
  },
})

const save = async (path: string, data: object, by: RestClient = staff) => {
  const answer = await by.patch(path, data)
  expect(answer.status, answer.text).toBe(200)
  return answer.json.doc
}

const slotsOn = async (profile: ConsultantProfile, serviceType: string | null | undefined, day: string) => {
  const query = `consultant=${profile.slug}&serviceType=${serviceType}&start=${day}&end=${day}&timeZone=UTC`
  const answer = await api.get(`/booking/slots?${query}`)
  expect(answer.status, answer.text).toBe(200)
  const slots: { start: string }[] = answer.json.slots[day] ?? []
  return slots.map(({ start }) => start.slice(11, 16))
}

describe('what is written into forms', () => {
  it('is shown to the public: texts of a profile and a service type, the picture, the order', async () => {
    const second = await createServiceType(payload, [consultant])
    const first = await createServiceType(payload, [consultant])
    await save(`/service-types/${second.id}`, { sortOrder: 2, description: paragraph('Half an hour of advice.') })
    await save(`/service-types/${first.id}`, { sortOrder: 1 })
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    )
    const picture = await payload.create({
      collection: 'media',
      data: { alt: 'A portrait', isPublic: true },
      file: { data: pixel, name: 'portrait.png', mimetype: 'image/png', size: pixel.length },
      user: operations,
    })
    expect(picture).toMatchObject({
      uploadedBy: operations.id,
      url: expect.any(String),
      filename: expect.stringMatching(/\.png$/),
      mimeType: 'image/png',
      // It is drawn anew.
      filesize: expect.any(Number),
      width: 1,
      height: 1,
    })
    await payload.update({
      collection: 'consultant-profiles',
      id: consultant.id,
      data: { bio: paragraph('Twenty years of pricing.'), profileImage: picture.id, _status: 'published' },
    })
    const { json } = await api.get(`/booking/consultants/${consultant.slug}`)
    expect(json.bioText).toBe('Twenty years of pricing.')
    expect(json.profileImage).toMatchObject({ alt: 'A portrait' })
    const slugs = json.serviceTypes.map(({ slug }: { slug: string }) => slug)
    expect(slugs.indexOf(first.slug)).toBeLessThan(slugs.indexOf(second.slug))
    const described = json.serviceTypes.find(({ slug }: { slug: string }) => slug === second.slug)
    expect(described.descriptionText).toBe('Half an hour of advice.')
  })

  it('decides what is offered: the horizon, the pause, and the steps of a schedule', async () => {
    const { profile } = await createConsultant(payload)
    const serviceType = await createServiceType(payload, [profile])
    const day = iso(hourIn(9)).slice(0, 10)
    const offered = () => slotsOn(profile, serviceType.slug, day)
    const all = await offered()
    expect(all.slice(0, 2)).toEqual(['00:00', '00:30'])
    await payload.create({
      collection: 'availability-schedules',
      data: {
        name: 'One day',
        consultant: profile.id,
        type: 'custom',
        isActive: true,
        dateExceptions: [
          {
            date: `${day}T00:00:00.000Z`,
            isAvailable: true,
            slots: [{ startTime: '09:00', endTime: '11:00', slotDurationMinutes: 60, isAvailable: true }],
          },
        ],
      },
    })
    expect(await offered()).toEqual(['09:00', '10:00'])
    const availability = { ...profile.availability, bufferTimeMinutes: 45 }
    await save(`/consultant-profiles/${profile.id}`, { availability, _status: 'published' })
    const body = { consultant: profile.slug, serviceType: serviceType.slug, start: `${day}T09:00:00.000Z` }
    expect((await api.post('/booking/holds', body)).status).toBe(201)
    expect(await offered()).toEqual([])
    const near = { ...availability, bufferTimeMinutes: 0, maxAdvanceBookingDays: 3 }
    await save(`/consultant-profiles/${profile.id}`, { availability: near, _status: 'published' })
    expect(await offered()).toEqual([])
  })

  it('is what a weekly and a monthly schedule step by', async () => {
    const { profile } = await createConsultant(payload)
    const serviceType = await createServiceType(payload, [profile])
    const at = hourIn(9)
    const day = iso(at).slice(0, 10)
    const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(at).toLowerCase()
    const slot = { startTime: '09:00', endTime: '11:00', slotDurationMinutes: 60, isAvailable: true }
    const schedule = await payload.create({
      collection: 'availability-schedules',
      data: {
        name: 'Every week',
        consultant: profile.id,
        type: 'weekly',
        isActive: true,
        weeklyPattern: { [weekday]: { enabled: true, slots: [slot] } },
      },
    })
    expect(await slotsOn(profile, serviceType.slug, day)).toEqual(['09:00', '10:00'])
    await payload.update({
      collection: 'availability-schedules',
      id: schedule.id,
      data: {
        type: 'monthly',
        recurrences: [{ rrule: 'FREQ=DAILY', slots: [{ ...slot, startTime: '13:00', endTime: '15:00' }] }],
      },
    })
    expect(await slotsOn(profile, serviceType.slug, day)).toEqual(['13:00', '14:00'])
    await payload.update({ collection: 'availability-schedules', id: schedule.id, data: { isActive: false } })
    expect(await slotsOn(profile, serviceType.slug, day)).toHaveLength(48)
  })

  it('decides what is offered: working hours, breaks, days off, and whether at all', async () => {
    const at = hourIn(9)
    const day = iso(at).slice(0, 10)
    const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(at).toLowerCase()
    const { profile } = await createConsultant(payload)
    const serviceType = await createServiceType(payload, [profile])
    const availability = {
      ...profile.availability,
      timeZone: 'UTC',
      workingHours: {
        ...profile.availability?.workingHours,
        [weekday]: { enabled: true, startTime: '09:00', endTime: '12:00' },
      },
      breakTimes: [
        { recurring: true, day: weekday, startTime: '10:00', endTime: '10:30' },
        { recurring: false, date: `${day}T00:00:00.000Z`, startTime: '11:00', endTime: '11:30' },
      ],
    }
    const offeredWith = async (more: object) => {
      const data = { availability: { ...availability, ...more }, _status: 'published' }
      await save(`/consultant-profiles/${profile.id}`, data)
      return slotsOn(profile, serviceType.slug, day)
    }
    expect(await offeredWith({})).toEqual(['09:00', '09:30', '10:30', '11:30'])
    const dateOf = (days: number) => iso(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000)
    const awayFor = (first: number, last: number | undefined) =>
      offeredWith({
        unavailableDates: [
          { date: dateOf(first), ...(last === undefined ? {} : { lastDate: dateOf(last) }), reason: 'A wedding' },
        ],
      })
    expect(await awayFor(0, undefined)).toEqual([])
    expect(await awayFor(-1, 1)).toEqual([])
    expect(await awayFor(-1, undefined)).toHaveLength(4)
    expect(await offeredWith({ isAvailable: false })).toEqual([])
  })

  it('decides where a session is held, and how long a time is held', async () => {
    const data = { defaultMeetingProvider: 'custom' as const, holdMinutes: 7 }
    await payload.updateGlobal({ slug: 'booking-settings', data })
    const { profile } = await createConsultant(payload, {
      consulting: { basePrice: 12_000, currency: 'GBP', meetingUrl: 'https://meet.example/room' },
    })
    const serviceType = await createServiceType(payload, [profile])
    const offer = { consultant: profile.slug, serviceType: serviceType.slug }
    const booked = await api.post('/booking/sessions', { ...offer, start: iso(hourIn(4)), customer: guest() })
    const where = { reference: { equals: booked.json.session.reference } }
    const [session] = (await payload.find({ collection: 'scheduled-sessions', where, depth: 0 })).docs
    expect(session?.meeting).toMatchObject({ provider: 'custom', joinUrl: 'https://meet.example/room' })
    const held = await api.post('/booking/holds', { ...offer, start: iso(hourIn(4, 12)) })
    const minutes = (Date.parse(held.json.expiresAt) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(6)
    expect(minutes).toBeLessThan(8)
    await payload.updateGlobal({ slug: 'booking-settings', data: { defaultMeetingProvider: 'jitsi', holdMinutes: 15 } })
  })

  it('is printed on invoices: the address of the customer', async () => {
    const serviceType = await createServiceType(payload, [consultant])
    const customer = guest()
    const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(hourIn(5)), customer }
    const { reference } = (await api.post('/booking/sessions', body)).json.session
    const where = { email: { equals: customer.email } }
    const [known] = (await payload.find({ collection: 'customers', where, depth: 0 })).docs
    await save(`/customers/${String(known?.id)}`, {
      company: 'Okafor Ltd.',
      address: { street: 'Long Street 1', city: 'Vienna', state: 'Vienna', zipCode: '1010', country: 'AT' },
    })
    const { findInvoiceFacts } = await import('#payments/invoice/invoice-queries')
    const { withTransaction } = await import('#database/transactions')
    const found = await payload.find({ collection: 'scheduled-sessions', where: { reference: { equals: reference } } })
    const facts = await withTransaction(payload, (req) => findInvoiceFacts(req, String(found.docs[0]?.id)))
    expect(facts.billTo).toMatchObject({
      company: 'Okafor Ltd.',
      address: ['Long Street 1', '1010 Vienna', 'Vienna', 'AT'],
    })
  })

  it('is kept for colleagues: notes of operations on records that nobody else writes', async () => {
    const at = new Date().toISOString()
    const make = async (collection: CollectionSlug, data: object) =>
      (await payload.db.create({ collection, data: { ...data, createdAt: at, updatedAt: at } })).id
    const ids: [CollectionSlug, unknown][] = [
      ['payout-accounts', await make('payout-accounts', { consultant: consultant.id, status: 'onboarding' })],
      [
        'reconciliation-findings',
        await make('reconciliation-findings', {
          kind: 'missing_here',
          objectId: 'ch_1',
          status: 'open',
          firstSeenAt: at,
          lastSeenAt: at,
        }),
      ],
    ]
    const serviceType = await createServiceType(payload, [consultant])
    const customer = guest()
    const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(hourIn(6)), customer }
    const { reference } = (await api.post('/booking/sessions', body)).json.session
    const found = await payload.find({ collection: 'scheduled-sessions', where: { reference: { equals: reference } } })
    const asked = await api.post('/booking/requests', {
      serviceType: serviceType.slug,
      customer,
      problem: { description: 'How?' },
    })
    const where = { reference: { equals: asked.json.request.reference } }
    const requests = await payload.find({ collection: 'consultation-requests', where, depth: 0 })
    ids.push(
      ['consultant-profiles', consultant.id],
      ['customers', requests.docs[0]?.requester],
      ['consultation-requests', requests.docs[0]?.id],
      ['scheduled-sessions', found.docs[0]?.id],
    )
    for (const [collection, id] of ids) {
      const doc = await save(`/${collection}/${String(id)}`, { internalNotes: 'Asked them.' })
      expect(doc).toMatchObject({ internalNotes: 'Asked them.' })
    }
    const url = `/scheduled-sessions/${String(found.docs[0]?.id)}`
    const consultantFeedback = { rating: 4, reviewText: 'Came prepared.' }
    const seen = await save(url, { consultantNotes: 'Asked for a contract.', consultantFeedback }, host)
    expect(seen).toMatchObject({ consultantNotes: 'Asked for a contract.', consultantFeedback })
  })
})
