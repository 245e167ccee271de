import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createCustomer, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { tokenFor } from '../../support/token-for'

let payload: Payload
let api: RestClient
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  payload = await getTestPayload()
  api = await createRestClient(payload)
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant], {
    intakeQuestions: [{ key: 'goal', label: 'What do you want?', type: 'text', required: true }],
  })
})

const count = async () => ({
  sessions: (await payload.count({ collection: 'scheduled-sessions' })).totalDocs,
  slots: (await payload.count({ collection: 'availability-slots' })).totalDocs,
  customers: (await payload.count({ collection: 'customers' })).totalDocs,
})

const valid = (start = hourIn(5)) => ({
  consultant: consultant.slug,
  serviceType: serviceType.slug,
  start: iso(start),
  customer: guest(),
  answers: { goal: 'Grow' },
})

const withCustomer = (change: object) => ({ ...valid(), customer: { ...guest(), ...change } })

describe('bad input to a booking', () => {
  it.each<[string, () => unknown, string]>([
    ['an unknown field', () => ({ ...valid(), price: 0 }), 'price'],
    ['a nested unknown field', () => withCustomer({ isAdmin: true }), 'customer.isAdmin'],
    ['a wrong type', () => ({ ...valid(), durationMinutes: '30' }), 'durationMinutes'],
    ['a duration that is not offered', () => ({ ...valid(), durationMinutes: 31 }), 'durationMinutes'],
    ['a fraction of a minute', () => ({ ...valid(), durationMinutes: 30.5 }), 'durationMinutes'],
    ['a zone that is none', () => withCustomer({ timeZone: 'Mars/Olympus' }), 'customer.timeZone'],
    ['an offset in place of a zone', () => withCustomer({ timeZone: '+01:00' }), 'customer.timeZone'],
    ['an address that is none', () => withCustomer({ email: 'nobody' }), 'customer.email'],
    [
      'an address with a header in it',
      () => withCustomer({ email: 'a@b.example\nBcc: c@d.example' }),
      'customer.email',
    ],
    ['an empty name', () => withCustomer({ name: '   ' }), 'customer.name'],
    ['a name with a bidirectional override', () => withCustomer({ name: 'Ada \u202Eevil' }), 'customer.name'],
    ['a name with a control character', () => withCustomer({ name: 'Ada\u0000' }), 'customer.name'],
    ['a name of two lines', () => withCustomer({ name: 'Ada\nBcc: x@y.example' }), 'customer.name'],
    ['half a surrogate pair', () => withCustomer({ name: 'Ada \uD83D' }), 'customer.name'],
    ['an instant without a zone', () => ({ ...valid(), start: '2027-01-01T10:00:00' }), 'start'],
    ['a date that does not exist', () => ({ ...valid(), start: '2027-02-30T10:00:00Z' }), 'start'],
    ['neither hold nor time', () => ({ customer: guest() }), 'consultant'],
    ['a hold and a time', () => ({ ...valid(), holdToken: 'x' }), 'consultant'],
    ['a way back to another site', () => ({ ...valid(), successUrl: 'https://evil.example/' }), 'successUrl'],
    ['a link that is no web address', () => ({ ...valid(), successUrl: 'javascript:alert(1)' }), 'successUrl'],
    ['a required answer left out', () => ({ ...valid(), answers: {} }), 'answers.goal'],
    ['an answer to no question', () => ({ ...valid(), answers: { goal: 'x', other: 'y' } }), 'answers.other'],
  ])('%s is refused with its place, and nothing is stored', async (_what, body, path) => {
    const before = await count()
    const refused = await api.post('/booking/sessions', body())
    expect(refused.json, refused.text).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(refused.json.errors.map((error: { path: string }) => error.path)).toContain(path)
    expect(await count()).toEqual(before)
  })

  it('a key that is the name of the prototype is a key that nobody knows', async () => {
    const body = JSON.stringify({ ...valid(), attributes: { key: 1 } }).replace('"key"', '"__proto__"')
    const refused = await api.post('/booking/sessions', body)
    expect(refused.json.errors).toEqual([{ path: 'attributes.__proto__', message: 'is not a known field' }])
  })

  it.each<[string, string]>([
    ['no JSON', '{"consultant":'],
    ['an array', '[]'],
    ['a number', '7'],
  ])('a body that is %s is refused', async (_what, body) => {
    const refused = await api.post('/booking/sessions', body)
    expect(refused.json).toMatchObject({ status: 400, code: 'invalid_request' })
  })

  it('a megabyte of text is refused', async () => {
    const refused = await api.post('/booking/sessions', { ...valid(), notes: 'x'.repeat(1_000_000) })
    expect(refused.json).toMatchObject({ status: 413, code: 'payload_too_large' })
  })

  it('HTML in a name is kept as the text that it is', async () => {
    const name = '<b onclick="alert(1)">Ada</b> & Söhne 👩‍💻'
    const booked = await api.post('/booking/sessions', { ...valid(hourIn(5, 12)), customer: guest({ name }) })
    expect(booked.status, booked.text).toBe(201)
    const { docs } = await payload.find({ collection: 'customers', where: { name: { equals: name } } })
    expect(docs).toHaveLength(1)
  })
})

describe('bad questions for slots', () => {
  const ask = (change: Record<string, string>) =>
    api.get(
      `/booking/slots?${new URLSearchParams({
        consultant: consultant.slug ?? '',
        serviceType: serviceType.slug ?? '',
        start: '2027-01-01',
        end: '2027-01-02',
        timeZone: 'UTC',
        ...change,
      }).toString()}`,
    )

  it.each<[string, Record<string, string>]>([
    ['a zone that is none', { timeZone: 'Nowhere/Land' }],
    ['a date that does not exist', { start: '2027-02-30' }],
    ['an instant without an offset', { start: '2027-01-01T00:00:00' }],
    ['an end before the start', { start: '2027-01-05', end: '2027-01-01' }],
    ['more than 62 days', { end: '2027-06-01' }],
    ['a duration that is not offered', { durationMinutes: '7' }],
    ['a duration that is no number', { durationMinutes: 'long' }],
    ['an unknown parameter', { colour: 'red' }],
    ['SQL in a name', { consultant: "x' OR 1=1 --" }],
  ])('%s: 400', async (_what, change) => {
    expect((await ask(change)).json).toMatchObject({ status: 400, code: 'invalid_request' })
  })

  it('an unknown consultant: 404', async () => {
    expect((await ask({ consultant: 'nobody' })).json).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('nothing free: an empty object', async () => {
    expect((await ask({ start: '2035-01-01', end: '2035-01-02' })).json.slots).toEqual({})
  })
})

describe('who books', () => {
  it('is the login, whatever address is typed', async () => {
    const { customer, user } = await createCustomer(payload)
    const headers = { Authorization: `JWT ${await tokenFor(payload, user)}` }
    const booked = await api.post('/booking/sessions', valid(hourIn(5, 15)), headers)
    expect(booked.status, booked.text).toBe(201)
    const { docs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { customer: { equals: customer.id } },
      depth: 0,
    })
    expect(docs.map(({ reference }) => reference)).toEqual([booked.json.session.reference])
  })

  it('is not told that operations suspended an address otherwise than by a refusal, and nothing is stored', async () => {
    const email = 'suspended@parley.example'
    await payload.create({
      collection: 'customers',
      data: { email, name: 'S', status: 'suspended' },
      draft: false,
    } as never)
    const before = await count()
    const refused = await api.post('/booking/sessions', { ...valid(hourIn(5, 17)), customer: guest({ email }) })
    expect(refused.json).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await count()).toEqual(before)
  })
})
