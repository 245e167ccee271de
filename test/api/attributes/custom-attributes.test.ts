import type { Payload } from 'payload'
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { ConsultantProfile, Customer, CustomAttribute, ScheduledSession, ServiceType, User } from '#payload-types'
import { forgetAttributeDefinitions } from '#attributes/attribute-definitions'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../../support/fixtures'
import { countStatements } from '../../support/count-statements'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

type Role = 'anonymous' | 'customer' | 'consultant' | 'staff'
const roles = ['anonymous', 'customer', 'consultant', 'staff'] as const

let payload: Payload
let clients: Record<Role, RestClient>
let users: Record<Exclude<Role, 'anonymous'>, User>
let consultant: ConsultantProfile
let customer: Customer
let service: ServiceType
let session: ScheduledSession
let hour = 0

const nextStart = () => iso(hourIn(5 + Math.floor(hour / 20), hour++ % 20))

type Definition = Partial<CustomAttribute> & Pick<CustomAttribute, 'subject' | 'key'>

const define = async (definition: Definition): Promise<CustomAttribute> => {
  const doc = await payload.create({
    collection: 'custom-attributes',
    data: { label: definition.key, type: 'text', ...definition },
  })
  forgetAttributeDefinitions()
  return doc
}

const choices = [
  { value: 'small', label: 'Small' },
  { value: 'large', label: 'Large' },
]

/** One key for each combination of who reads and who writes. */
const sessionKeys: Definition[] = [
  { subject: 'scheduled-sessions', key: 'staffOnly' },
  { subject: 'scheduled-sessions', key: 'customerReads', readableBy: ['customer'] },
  { subject: 'scheduled-sessions', key: 'consultantReads', readableBy: ['consultant'] },
  { subject: 'scheduled-sessions', key: 'bothRead', readableBy: ['public'] },
  { subject: 'scheduled-sessions', key: 'customerSets', readableBy: ['customer'], writableBy: ['customer'] },
  { subject: 'scheduled-sessions', key: 'consultantSets', readableBy: ['consultant'], writableBy: ['consultant'] },
  // Told, but not shown again.
  { subject: 'scheduled-sessions', key: 'toldOnly', writableBy: ['customer', 'consultant'] },
]

const readsOf: Record<Exclude<Role, 'anonymous'>, string[]> = {
  customer: ['customerReads', 'bothRead', 'customerSets'],
  consultant: ['consultantReads', 'bothRead', 'consultantSets'],
  staff: sessionKeys.map(({ key }) => key),
}
const writesOf: Record<Exclude<Role, 'anonymous'>, string[]> = {
  customer: ['customerSets', 'toldOnly'],
  consultant: ['consultantSets', 'toldOnly'],
  staff: readsOf.staff,
}

const errorsOf = ({ json }: RestAnswer): { path: string; message: string }[] =>
  json?.errors?.[0]?.data?.errors ?? json?.errors?.[0]?.extensions?.data?.errors ?? json?.errors ?? []
const messageOf = ({ json }: RestAnswer): string => json?.errors?.[0]?.message ?? json?.detail ?? ''

beforeAll(async () => {
  payload = await getTestPayload()
  const api = await createRestClient(payload)
  const made = await createConsultant(payload)
  consultant = made.profile
  const found = await createCustomer(payload)
  customer = found.customer
  users = { consultant: made.user, customer: found.user, staff: await createUser(payload, ['operations']) }
  clients = {
    anonymous: api,
    customer: await api.as(users.customer),
    consultant: await api.as(users.consultant),
    staff: await api.as(users.staff),
  }
  service = await createServiceType(payload, [consultant])
  // Building the schema takes its time.
  await api.graphql('{ __typename }')
  for (const definition of sessionKeys) await define(definition)
})

const all = Object.fromEntries(sessionKeys.map(({ key }) => [key, `${key} as it was`]))

beforeEach(async () => {
  const answer = await clients.staff.post('/scheduled-sessions?depth=0', {
    consultant: consultant.id,
    customer: customer.id,
    serviceType: service.id,
    startsAt: nextStart(),
    attributes: all,
  })
  expect(answer.status, answer.text).toBe(201)
  session = answer.json.doc
})

const stored = async (): Promise<unknown> =>
  (await payload.findByID({ collection: 'scheduled-sessions', id: session.id, depth: 0 })).attributes

describe('reading', () => {
  const keysIn = (attributes: unknown) => Object.keys(attributes ?? {}).sort()

  it.each(['customer', 'consultant', 'staff'] as const)(
    '%s sees what they may read, wherever the session appears',
    async (role) => {
      const expected = [...readsOf[role]].sort()
      const client = clients[role]
      const path = `/scheduled-sessions/${session.id}`
      expect(keysIn((await client.get(path)).json.attributes)).toEqual(expected)
      const list = await client.get(`/scheduled-sessions?where[id][equals]=${session.id}`)
      expect(keysIn(list.json.docs[0].attributes)).toEqual(expected)
      expect(keysIn((await client.get(`${path}?select[attributes]=true`)).json.attributes)).toEqual(expected)
      const graphql = await client.graphql(`{ ScheduledSession(id: "${session.id}") { attributes } }`)
      expect(keysIn(graphql.json.data.ScheduledSession.attributes)).toEqual(expected)
      const booking = await client.get(`/booking/sessions/${session.reference}`)
      expect(keysIn(booking.json.session.attributes)).toEqual(expected)
      // The answer to a write as well.
      expect(keysIn((await client.patch(path, {})).json.doc.attributes)).toEqual(expected)
    },
  )

  it('a session that was filled in from another record shows the same', async () => {
    const meeting = await payload.db.create({
      collection: 'meetings',
      data: {
        ...{ scheduledSession: session.id, provider: 'jitsi', providerMeetingId: session.id },
        ...{ consultant: consultant.id, customer: customer.id },
      },
    })
    const { json } = await clients.consultant.get(`/meetings/${String(meeting.id)}?depth=1`)
    expect(keysIn(json.scheduledSession.attributes)).toEqual([...readsOf.consultant].sort())
  })

  it('what is switched off is hidden, and there again when it is switched on', async () => {
    const { docs } = await payload.find({ collection: 'custom-attributes', where: { key: { equals: 'bothRead' } } })
    const path = `/custom-attributes/${docs[0]?.id ?? ''}`
    expect((await clients.staff.patch(path, { isActive: false })).status).toBe(200)
    const { json } = await clients.staff.get(`/scheduled-sessions/${session.id}`)
    expect(json.attributes).not.toHaveProperty('bothRead')
    expect(await stored()).toHaveProperty('bothRead')
    expect((await clients.staff.patch(path, { isActive: true })).status).toBe(200)
    expect((await clients.staff.get(`/scheduled-sessions/${session.id}`)).json.attributes).toHaveProperty('bothRead')
  })

  it('nobody but staff reads the definitions themselves', async () => {
    for (const role of roles) {
      expect((await clients[role].get('/custom-attributes')).status).toBe(role === 'staff' ? 200 : 403)
    }
  })
})

describe('writing', () => {
  const ways: Record<string, (client: RestClient, attributes: unknown) => Promise<RestAnswer>> = {
    REST: (client, attributes) => client.patch(`/scheduled-sessions/${session.id}`, { attributes }),
    GraphQL: (client, attributes) =>
      client.graphql(
        `mutation ($data: mutationScheduledSessionUpdateInput!) { updateScheduledSession(id: "${session.id}", data: $data) { id } }`,
        { data: { attributes } },
      ),
    'REST in bulk': (client, attributes) =>
      client.patch(`/scheduled-sessions?where[id][equals]=${session.id}`, { attributes }),
  }
  const cases = Object.keys(ways).flatMap((way) =>
    (['customer', 'consultant', 'staff'] as const).map((role) => ({ way, role })),
  )

  it.each(cases)('$way: $role sets what the definitions say, and is told of the rest', async ({ way, role }) => {
    let expected: Record<string, string> = all
    for (const { key } of sessionKeys) {
      const answer = await ways[way]?.(clients[role], { [key]: 'changed' })
      const mayWrite = writesOf[role].includes(key)
      if (mayWrite) expected = { ...expected, [key]: 'changed' }
      expect(await stored()).toEqual(expected)
      if (mayWrite) continue
      const isRead = readsOf[role].includes(key)
      expect(answer?.text).toContain(isRead ? 'is set by others' : 'is no attribute that is in use here')
    }
  })

  it('keeps what is not sent, also what the sender does not read; null takes one away', async () => {
    const answer = await clients.consultant.patch(`/scheduled-sessions/${session.id}`, {
      attributes: {
        ...(await clients.consultant.get(`/scheduled-sessions/${session.id}`)).json.attributes,
        consultantSets: null,
      },
    })
    expect(answer.status, answer.text).toBe(200)
    const { consultantSets: _gone, ...rest } = all
    expect(await stored()).toEqual(rest)
  })

  it('does not tell by its answer whether a guess of an unread value is right', async () => {
    const answers = await Promise.all(
      ['staffOnly as it was', 'wrong'].map((staffOnly) =>
        clients.consultant.patch(`/scheduled-sessions/${session.id}`, { attributes: { staffOnly } }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([400, 400])
    expect(new Set(answers.map(messageOf)).size).toBe(1)
  })

  it.each([
    [['a'], 'must be an object'],
    ['text', 'must be an object'],
    [{ nobodyDefinedThis: 1 }, 'is no attribute that is in use here'],
    [{ staffOnly: 7 }, 'must be text'],
    [{ staffOnly: 'x'.repeat(201) }, 'must be at most 200'],
    [{ staffOnly: 'two\nlines' }, 'must be one line'],
    [{ staffOnly: 'hid\u202Eden' }, 'must not contain control'],
    [JSON.parse('{"__proto__": "x"}'), 'is no attribute that is in use here'],
  ])('refuses %j and says why', async (attributes, reason) => {
    const answer = await clients.staff.patch(`/scheduled-sessions/${session.id}`, { attributes })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(reason)
    expect(await stored()).toEqual(all)
  })
})

describe('booking', () => {
  const order = (more: Record<string, unknown> = {}) => ({
    consultant: consultant.slug,
    serviceType: service.slug,
    start: nextStart(),
    customer: guest(),
    ...more,
  })

  beforeAll(async () => {
    const asked = { readableBy: ['customer'], writableBy: ['customer'] } as const
    const both = { readableBy: [...asked.readableBy], writableBy: [...asked.writableBy] }
    await define({ subject: 'customers', key: 'size', type: 'select', options: choices, ...both })
    const other = await createServiceType(payload, [consultant])
    await define({ subject: 'scheduled-sessions', key: 'elsewhere', serviceTypes: [other.id], ...both })
  })

  it('lists what a customer is asked, for a service type', async () => {
    const { json, status } = await clients.anonymous.get(`/booking/attributes?serviceType=${service.slug}`)
    expect(status).toBe(200)
    expect(json.docs.map(({ key, subject }: { key: string; subject: string }) => [subject, key])).toEqual([
      ['customer', 'size'],
      ['session', 'customerSets'],
      ['session', 'toldOnly'],
    ])
    expect(json.docs[0]).toEqual({
      ...{ key: 'size', subject: 'customer', label: 'size', help: null, type: 'select', options: choices },
      ...{ required: false, min: null, max: null },
    })
    expect((await clients.anonymous.get('/booking/attributes?serviceType=none-such')).status).toBe(404)
  })

  it('takes those of the session and of the customer, and answers what the customer reads', async () => {
    const { status, json, text } = await clients.anonymous.post(
      '/booking/sessions',
      order({
        customer: { ...guest(), attributes: { size: 'small' } },
        attributes: { customerSets: ' mine ', toldOnly: 'x' },
      }),
    )
    expect(status, text).toBe(201)
    expect(json.session.attributes).toEqual({ customerSets: 'mine' })
    const { docs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { reference: { equals: json.session.reference } },
      depth: 1,
    })
    expect(docs[0]).toMatchObject({
      attributes: { customerSets: 'mine', toldOnly: 'x' },
      customer: { attributes: { size: 'small' } },
    })
    const got = await clients.anonymous.get(`/booking/sessions/${json.session.reference}?token=${json.manageToken}`)
    expect(got.json.session.attributes).toEqual({ customerSets: 'mine' })
  })

  it.each([
    [{ attributes: { staffOnly: 'x' } }, 'attributes.staffOnly', 'is no attribute that is in use here'],
    [{ attributes: { customerReads: 'x' } }, 'attributes.customerReads', 'is set by others'],
    [{ attributes: { elsewhere: 'x' } }, 'attributes.elsewhere', 'is not asked for by this service type'],
    [{ attributes: { customerSets: 1 } }, 'attributes.customerSets', 'must be text'],
    [
      { customer: { ...guest(), attributes: { size: 'huge' } } },
      'customer.attributes.size',
      'must be one of small, large',
    ],
    [{ customer: { ...guest(), attributes: { unknown: 1 } } }, 'customer.attributes.unknown', 'is no attribute'],
  ])('refuses %j', async (more, path, reason) => {
    const { status, json } = await clients.anonymous.post('/booking/sessions', order(more))
    expect([400, 403]).toContain(status)
    expect(json.errors).toEqual([{ path, message: expect.stringContaining(reason) }])
  })

  it('somebody who types the address of another does not change what is known of them', async () => {
    const known = guest()
    const first = await clients.anonymous.post(
      '/booking/sessions',
      order({ customer: { ...known, attributes: { size: 'small' } } }),
    )
    expect(first.status).toBe(201)
    const second = await clients.anonymous.post(
      '/booking/sessions',
      order({ customer: { ...known, attributes: { size: 'large' } } }),
    )
    expect(second.status).toBe(201)
    const find = () => payload.find({ collection: 'customers', where: { email: { equals: known.email } } })
    expect((await find()).docs[0]?.attributes).toEqual({ size: 'small' })
    // Staff may.
    const third = await clients.staff.post(
      '/booking/sessions',
      order({ customer: { ...known, attributes: { size: 'large' } } }),
    )
    expect(third.status, third.text).toBe(201)
    expect((await find()).docs[0]?.attributes).toEqual({ size: 'large' })
  })

  it('staff are not asked again what a customer who is known has said', async () => {
    const definition = await define({ subject: 'customers', key: 'vat', required: true })
    const known = guest()
    const book = (attributes?: object) =>
      clients.staff.post('/booking/sessions', order({ customer: { ...known, ...(attributes && { attributes }) } }))
    expect(errorsOf(await book())).toEqual([{ path: 'customer.attributes.vat', message: 'is required' }])
    expect((await book({ vat: 'DE 1' })).status).toBe(201)
    const again = await book()
    expect(again.status, again.text).toBe(201)
    await clients.staff.patch(`/custom-attributes/${definition.id}`, { isActive: false })
  })

  it('whoever books with their login sets their own', async () => {
    const answer = await clients.customer.post(
      '/booking/sessions',
      order({ customer: { ...guest(), attributes: { size: 'large' } } }),
    )
    expect(answer.status, answer.text).toBe(201)
    const own = await clients.customer.get(`/customers/${customer.id}`)
    expect(own.json.attributes).toEqual({ size: 'large' })
    // By a consultant who has met them it is not read.
    expect((await clients.consultant.get(`/customers/${customer.id}`)).json.attributes).toEqual({})
  })

  it('asks for what is required, of whoever may set it, and of no session that exists', async () => {
    const definition = await define({
      ...{ subject: 'scheduled-sessions', key: 'goal', required: true },
      ...{ readableBy: ['customer'], writableBy: ['customer'] },
    })
    const refused = await clients.anonymous.post('/booking/sessions', order())
    expect(refused.json.errors).toEqual([{ path: 'attributes.goal', message: 'is required' }])
    const form = { consultant: consultant.id, customer: customer.id, serviceType: service.id }
    const byStaff = await clients.staff.post('/scheduled-sessions', { ...form, startsAt: nextStart() })
    expect(errorsOf(byStaff)).toEqual([{ path: 'attributes.goal', message: 'is required' }])
    expect((await clients.anonymous.post('/booking/sessions', order({ attributes: { goal: 'x' } }))).status).toBe(201)
    const later = await clients.staff.patch(`/scheduled-sessions/${session.id}`, { attributes: { staffOnly: 'new' } })
    expect(later.status, later.text).toBe(200)
    const emptied = await clients.staff.patch(`/scheduled-sessions/${session.id}`, { attributes: { goal: null } })
    expect(emptied.status).toBe(200)
    await clients.staff.patch(`/custom-attributes/${definition.id}`, { isActive: false })
  })

  it('costs no statement more when the definitions are known', async () => {
    const book = () => clients.anonymous.post('/booking/sessions', order())
    await book()
    const { data } = await countStatements(payload, book)
    expect(data.filter((statement) => statement.includes('custom_attributes'))).toEqual([])
  })
})

describe('what is browsed', () => {
  it('shows what everybody may read of consultants and service types', async () => {
    await define({ subject: 'consultant-profiles', key: 'licence', readableBy: ['public'], writableBy: ['consultant'] })
    await define({ subject: 'consultant-profiles', key: 'rating' })
    await define({ subject: 'service-types', key: 'level', type: 'number', readableBy: ['public'] })
    await define({ subject: 'service-types', key: 'margin', type: 'number' })
    const profile = await clients.staff.patch(`/consultant-profiles/${consultant.id}`, {
      attributes: { licence: 'LX-7', rating: 'secret' },
    })
    expect(profile.status, profile.text).toBe(200)
    await clients.staff.patch(`/service-types/${service.id}`, { attributes: { level: 3, margin: 40 } })
    const details = await clients.anonymous.get(`/booking/consultants/${consultant.slug}`)
    expect(details.json.attributes).toEqual({ licence: 'LX-7' })
    const find = (docs: { slug: string; attributes: unknown }[], slug: string) => docs.find((doc) => doc.slug === slug)
    expect(find(details.json.serviceTypes, service.slug)?.attributes).toEqual({ level: 3 })
    const types = await clients.anonymous.get('/booking/service-types')
    expect(find(types.json.docs, service.slug)?.attributes).toEqual({ level: 3 })
    const cards = await clients.anonymous.get(`/booking/consultants?q=${encodeURIComponent(consultant.name)}`)
    expect(find(cards.json.docs, consultant.slug)?.attributes).toEqual({ licence: 'LX-7' })
    const byRest = await clients.anonymous.get(`/consultant-profiles/${consultant.id}`)
    expect(byRest.json.attributes).toEqual({ licence: 'LX-7' })
    // The owner sets their own licence.
    const own = await clients.consultant.patch(`/consultant-profiles/${consultant.id}`, {
      attributes: { licence: 'LX-8' },
    })
    expect(own.status, own.text).toBe(200)
    const versions = await clients.staff.get(
      `/consultant-profiles/versions?where[parent][equals]=${consultant.id}&where[version.attributes.licence][equals]=LX-7`,
    )
    expect(versions.json.totalDocs, versions.text).toBe(1)
    const restored = await clients.staff.post(`/consultant-profiles/versions/${versions.json.docs[0].id}`)
    expect(restored.status, restored.text).toBe(200)
    const now = await payload.findByID({ collection: 'consultant-profiles', id: consultant.id })
    expect(now.attributes).toEqual({ licence: 'LX-7', rating: 'secret' })
  })
})

describe('an attribute', () => {
  it('is what operations have written into its form', async () => {
    const sold = await createServiceType(payload, [consultant])
    const form = {
      ...{
        subject: 'scheduled-sessions',
        key: 'topics',
        label: 'Topics',
        help: 'What it is about',
        type: 'multi_select',
      },
      options: choices,
      ...{ required: true, min: 1, max: 1, readableBy: ['customer'], writableBy: ['customer'] },
      ...{ serviceTypes: [sold.id], isInMessages: true, position: 0 },
    }
    const first = await clients.staff.post('/custom-attributes?depth=0', form)
    expect(first.status, first.text).toBe(201)
    const second = await clients.staff.post('/custom-attributes', {
      ...form,
      key: 'later',
      position: 5,
      isActive: false,
    })
    expect(second.status, second.text).toBe(201)
    const asked = async () => {
      const { json } = await clients.anonymous.get(`/booking/attributes?serviceType=${sold.slug}`)
      return json.docs.filter(({ key }: { key: string }) => ['topics', 'later'].includes(key))
    }
    const shown = {
      ...{ subject: 'session', label: 'Topics', help: 'What it is about', type: 'multi_select', required: true },
      ...{ options: choices, min: 1, max: 1 },
    }
    expect(await asked()).toEqual([{ ...shown, key: 'topics' }])
    await clients.staff.patch(`/custom-attributes/${second.json.doc.id}`, { isActive: true, min: null })
    expect(await asked()).toEqual([
      { ...shown, key: 'topics' },
      { ...shown, key: 'later', min: null },
    ])
    const order = (topics: unknown) =>
      clients.anonymous.post('/booking/sessions', {
        ...{ consultant: consultant.slug, serviceType: sold.slug, start: nextStart(), customer: guest() },
        attributes: { topics, later: ['small'] },
      })
    const refused = await order(['small', 'large'])
    expect(refused.json.errors).toEqual([{ path: 'attributes.topics', message: 'must be at most 1 choices' }])
    expect((await order(['large'])).json.session.attributes).toEqual({ topics: ['large'], later: ['small'] })
    // Of another service type nobody is asked.
    const elsewhere = await clients.anonymous.get(`/booking/attributes?serviceType=${service.slug}`)
    expect(elsewhere.text).not.toContain('topics')
  })
})

test('a definition keeps together', async () => {
  const { staff } = clients
  const post = (data: object) => staff.post('/custom-attributes', { label: 'X', type: 'text', ...data })
  const refuses = async (data: object, path: string, reason: string) => {
    const answer = await post(data)
    expect(answer.status, answer.text).toBe(400)
    expect(errorsOf(answer)).toContainEqual(expect.objectContaining({ path, message: expect.stringContaining(reason) }))
  }
  const subject = 'customers'
  await refuses({ subject, key: 'Upper' }, 'key', 'small letter')
  await refuses({ subject, key: 'two__parts' }, 'key', 'single _')
  await refuses({ subject, key: 'a.b' }, 'key', 'small letter')
  await refuses({ subject, key: 'x1', type: 'select' }, 'options', 'something to choose')
  await refuses({ subject, key: 'x1', writableBy: ['consultant'] }, 'writableBy', 'does not edit a customer')
  await refuses({ subject: 'service-types', key: 'x1', readableBy: ['customer'] }, 'readableBy', "nobody's place")
  await refuses({ subject, key: 'x1', min: 3, max: 2 }, 'max', 'smaller')
  await refuses({ subject, key: 'x1', min: 201 }, 'min', '200 is the most')
  await refuses({ subject, key: 'x1', type: 'multi_select', options: choices, min: 3 }, 'min', '2 is the most')
  await refuses({ subject, key: 'constructor' }, 'key', 'every record has')
  await refuses({ subject, key: 'x1', readableBy: 'public' }, 'readableBy', 'list')
  await refuses({ subject, key: 'x1', type: 'select', options: 'a' }, 'options', 'list')
  expect((await post({ subject, key: 'x1', type: 'number' })).status).toBe(201)
  expect((await post({ subject, key: 'x1' })).status).toBe(400)
})

test('a key under which values are left of a definition that is gone is not defined anew', async () => {
  const { staff } = clients
  // Written by another process while the definition was deleted here.
  const { pool } = payload.db as unknown as { pool: { query: (text: string, values: unknown[]) => Promise<unknown> } }
  const store = (attributes: string) =>
    pool.query('UPDATE customers SET attributes = $1 WHERE id = $2', [attributes, customer.id])
  await store('{"diagnosis":"private"}')
  const body = { subject: 'customers', key: 'diagnosis', label: 'X', type: 'text', readableBy: ['customer'] }
  const refused = await staff.post('/custom-attributes', body)
  expect(refused.status, refused.text).toBe(409)
  expect(messageOf(refused)).toContain('1 records have values of an attribute of this key that was deleted')
  expect((await staff.post('/custom-attributes', { ...body, subject: 'service-types', readableBy: [] })).status).toBe(
    201,
  )
  await store('{}')
  expect((await staff.post('/custom-attributes', body)).status).toBe(201)
})

test('a definition with values keeps its type, its chosen options and itself; without them it goes', async () => {
  const { staff } = clients
  const definition = await define({
    ...{ subject: 'customers', key: 'colours', type: 'multi_select' },
    options: [...choices, { value: 'red', label: 'Red' }],
  })
  const path = `/custom-attributes/${definition.id}`
  const set = async (colours: unknown) => {
    const answer = await staff.patch(`/customers/${customer.id}`, { attributes: { colours } })
    expect(answer.status, answer.text).toBe(200)
  }
  await set(['red', 'small'])
  const [type, options, fixed, removal] = [
    await staff.patch(path, { type: 'text' }),
    await staff.patch(path, { options: choices }),
    await staff.patch(path, { key: 'colors' }),
    await staff.del(path),
  ]
  expect(type.status).toBe(409)
  expect(messageOf(type)).toContain('1 records have a value')
  expect(options.status).toBe(409)
  expect(messageOf(options)).toContain('red cannot be taken away: chosen in 1 records')
  expect(fixed.status).toBe(400)
  expect(removal.status).toBe(409)
  await set(['small'])
  expect((await staff.patch(path, { options: choices })).status).toBe(200)
  await set(null)
  expect((await staff.del(path)).status).toBe(200)
  const after = await staff.patch(`/customers/${customer.id}`, { attributes: { colours: ['small'] } })
  expect(after.status).toBe(400)
})

test('a value in the draft of a consultant counts as one', async () => {
  const { staff } = clients
  const definition = await define({ subject: 'consultant-profiles', key: 'drafted', type: 'select', options: choices })
  const draft = await staff.patch(`/consultant-profiles/${consultant.id}?draft=true`, {
    _status: 'draft',
    attributes: { drafted: 'small' },
  })
  expect(draft.status, draft.text).toBe(200)
  const path = `/custom-attributes/${definition.id}`
  expect((await staff.patch(path, { type: 'text' })).status).toBe(409)
  expect((await staff.patch(path, { options: choices.slice(1) })).status).toBe(409)
  const removal = await staff.del(path)
  expect(removal.status).toBe(409)
  expect(messageOf(removal)).toContain('1 records have a value')
})

test('at most fifty are in use at a time', async () => {
  const key = (index: number) => `many${index}`
  const made = await Promise.all(
    Array.from({ length: 48 }, (_, index) =>
      payload.db.create({
        collection: 'custom-attributes',
        data: { subject: 'service-types', key: key(index), label: 'x', type: 'text', isActive: true },
      }),
    ),
  )
  const answer = await clients.staff.post('/custom-attributes', {
    subject: 'service-types',
    key: key(99),
    label: 'x',
    type: 'text',
  })
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('At most 50 can be in use')
  await payload.db.deleteMany({
    collection: 'custom-attributes',
    where: { id: { in: made.map(({ id }) => String(id)) } },
  })
  forgetAttributeDefinitions()
})
