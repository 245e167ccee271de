import { Validator } from '@seriousme/openapi-schema-validator'
import type { Payload } from 'payload'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ServiceType, User } from '#payload-types'
import { maxPageSize } from '#hooks/shared/cap-limit'
import { openExtendedPayload } from '../../support/extended-payload'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../../support/fixtures'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'
import { sample, sampleExtension, teaHouses } from '../../support/sample-extension'

let payload: Payload
let api: RestClient
let staff: RestClient
let host: RestClient
let client: RestClient
let operations: User
let consultant: { profile: ConsultantProfile; user: User }
let customer: { customer: Customer; user: User }
let serviceType: ServiceType
let hour = 0

beforeAll(async () => {
  ;({ payload } = await openExtendedPayload(sampleExtension))
  api = await createRestClient(payload)
  operations = await createUser(payload, ['operations'])
  staff = await api.as(operations)
  consultant = await createConsultant(payload)
  customer = await createCustomer(payload)
  host = await api.as(consultant.user)
  client = await api.as(customer.user)
  serviceType = await createServiceType(payload, [consultant.profile])
})

beforeEach(() => {
  sample.seen = []
  sample.fieldHooks = []
  sample.refuses = false
})

const nextStart = () => hourIn(5 + Math.floor(hour / 20), hour++ % 20)

const order = (more: Record<string, unknown> = {}, start = nextStart()) => ({
  consultant: consultant.profile.slug,
  serviceType: serviceType.slug,
  start: iso(start),
  customer: guest(),
  ...more,
})

const dataAt = (start: number) => ({
  consultant: consultant.profile.id,
  customer: customer.customer.id,
  serviceType: serviceType.id,
  startsAt: iso(start),
})

const storedBy = async (answer: RestAnswer): Promise<Record<string, unknown>> => {
  expect(answer.status, answer.text).toBe(201)
  const where = { reference: { equals: answer.json.session.reference as string } }
  const { docs } = await payload.find({ collection: 'scheduled-sessions', where, depth: 0 })
  return { ...docs[0] }
}

describe('a collection that an extension adds', () => {
  const isDenied = (answer: RestAnswer) => {
    expect(answer.status, answer.text).toBe(403)
    expect(answer.json.errors[0].message).toBe('You are not allowed to perform this action.')
  }

  it('is staff alone’s where it says nothing, whatever is asked of it', async () => {
    const made = await staff.post('/tea-orders', { label: 'Green' })
    expect(made.status, made.text).toBe(201)
    const id: string = made.json.doc.id
    for (const slug of ['tea-orders', 'plugin-notes']) {
      for (const one of [api, client, host]) {
        isDenied(await one.get(`/${slug}`))
        isDenied(await one.get(`/${slug}/count`))
        isDenied(await one.post(`/${slug}`, { label: 'Mine', text: 'Mine' }))
      }
      expect((await staff.get(`/${slug}`)).status).toBe(200)
    }
    for (const one of [api, client, host]) {
      isDenied(await one.get(`/tea-orders/${id}`))
      isDenied(await one.patch(`/tea-orders/${id}`, { label: 'Mine' }))
      isDenied(await one.del(`/tea-orders/${id}`))
      const answer = await one.graphql('{ TeaOrders { totalDocs } }')
      expect(answer.json.errors[0].message).toBe('You are not allowed to perform this action.')
    }
  })

  it('is opened by what it grants, and by nothing else', async () => {
    const made = await staff.post('/tea-houses', { name: 'First' })
    expect(made.status, made.text).toBe(201)
    for (const one of [api, client, host]) {
      expect((await one.get('/tea-houses')).status).toBe(200)
      isDenied(await one.post('/tea-houses', { name: 'Mine' }))
      isDenied(await one.get('/tea-houses/versions'))
    }
  })

  it('so is a global', async () => {
    for (const one of [api, client, host]) {
      isDenied(await one.get('/globals/tea-settings'))
      isDenied(await one.post('/globals/tea-settings', { water: 'hot' }))
    }
    expect((await staff.post('/globals/tea-settings', { water: 'hot' })).status).toBe(200)
    const unsafe = await staff.post('/globals/tea-settings', { water: 'hot\u202E' })
    expect(unsafe.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'water' }] })
  })

  it.each(['limit=0', 'limit=100000', 'pagination=false'])('is listed in pages: %s', async (query) => {
    for (const slug of [
      'tea-orders',
      'plugin-notes',
      'tea-houses',
      'tea-houses/versions',
      'payload-locked-documents',
    ]) {
      const answer = await staff.get(`/${slug}?${query}`)
      expect(answer.json.limit, `${slug}: ${answer.text}`).toBe(maxPageSize)
    }
    const { json } = await staff.graphql('{ TeaOrders(limit: 0) { limit } versionsTeaHouses(limit: 0) { limit } }')
    expect(json.data).toEqual({ TeaOrders: { limit: maxPageSize }, versionsTeaHouses: { limit: maxPageSize } })
  })

  it('lists within a record are pages too', async () => {
    const { json } = await staff.post('/tea-houses', { name: 'Mother' })
    const parent: string = json.doc.id
    for (let n = 0; n <= maxPageSize; n++) {
      await payload.db.create({ collection: teaHouses, data: { name: `Branch ${n}`, parent }, returning: false })
    }
    const branches = async (query: string) =>
      (await api.get(`/tea-houses/${parent}?${query}`)).json.branches.docs.length
    expect(await branches('')).toBe(maxPageSize)
    for (const limit of ['0', '100000']) expect(await branches(`joins[branches][limit]=${limit}`)).toBe(maxPageSize)
    expect(await branches('joins[branches][limit]=3')).toBe(3)
    const listed = await api.get(`/tea-houses?where[id][equals]=${parent}&joins[branches][limit]=0`)
    expect(listed.json.docs[0].branches.docs).toHaveLength(maxPageSize)
    const graphql = await api.graphql(`{ TeaHouse(id: "${parent}") { branches(limit: 0) { docs { id } } } }`)
    expect(graphql.json.data?.TeaHouse.branches.docs, graphql.text).toHaveLength(maxPageSize)

    const sorted = await api.get(`/tea-houses/${parent}?joins[branches][sort]=-`)
    expect([sorted.status, sorted.json.errors[0].data?.errors[0].path], sorted.text).toEqual([400, 'sort'])
    for (const asked of ['limit: -5', 'page: -3', 'sort: "-"']) {
      const { json, text } = await api.graphql(`{ TeaHouse(id: "${parent}") { branches(${asked}) { docs { id } } } }`)
      expect(json.errors?.[0].extensions.data?.code, text).toBe('invalid_request')
    }
  })

  it('that everybody reads tells nobody of the records that it refers to', async () => {
    const { json } = await api.post('/booking/sessions', order())
    const reference: string = json.session.reference
    const { docs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { reference: { equals: reference } },
    })
    const host = docs[0]?.id ?? ''
    expect((await staff.post('/tea-houses', { name: 'With a host', host })).status).toBe(201)
    for (const query of [
      `where[host.reference][equals]=${reference}`,
      `where[host.status][exists]=true`,
      `where[or][0][and][0][host.branch.name][exists]=true`,
      `where[parent.host.endsAt][exists]=true`,
      `where[branches.host.endsAt][exists]=true`,
      'sort=-host.endsAt',
      'joins[branches][where][host.status][exists]=true',
      'joins[branches][sort]=host.endsAt',
    ]) {
      for (const path of ['/tea-houses?', ...(query.startsWith('where') ? ['/tea-houses/count?'] : [])]) {
        const answer = await api.get(`${path}${query}`)
        expect(answer.status, `${path}${query}: ${answer.text}`).toBe(400)
        expect(answer.json.errors[0].name).toBe('QueryError')
      }
    }
    const others = await client.get(`/tea-houses?where[host.reference][equals]=${reference}`)
    expect(others.json.totalDocs, others.text).toBe(0)
    // Which record it is stands in the record itself, and staff may ask all.
    expect((await api.get(`/tea-houses?where[host][equals]=${host}`)).json.totalDocs).toBe(1)
    const found = await staff.get(`/tea-houses?where[host.reference][equals]=${reference}`)
    expect(found.json.totalDocs, found.text).toBe(1)
    expect((await api.get(`/tea-houses?where[host][equals]=${host}&depth=2`)).json.docs[0].host).toBe(host)
  })

  it('is changed and deleted a page at a time', async () => {
    const where = 'where[name][like]=Branch'
    for (const answer of [
      await staff.patch(`/tea-houses?${where}`, { name: 'Branch of all' }),
      await staff.del(`/tea-houses?${where}`),
    ]) {
      expect(answer.status, answer.text).toBe(400)
      expect(answer.json.errors[0].message).toContain(`${maxPageSize + 1} records`)
    }
    const few = await staff.patch(`/tea-houses?${where}&limit=2`, { name: 'Branch of two' })
    expect(few.json.docs, few.text).toHaveLength(2)
  })

  it('is asked with a bound on what is compared', async () => {
    const many = Array.from({ length: 501 }, (_, n) => ({ label: { equals: String(n) } }))
    const query = 'query ($where: TeaOrder_where) { TeaOrders(where: $where) { totalDocs } }'
    const answer = await staff.graphql(query, { where: { OR: many } })
    expect(answer.json.errors[0].message).toContain('at most 500 conditions')
    const words = await staff.get(`/tea-orders?where[label][like]=${'a%20'.repeat(101)}`)
    expect(words.status, words.text).toBe(400)
    expect(words.json.errors[0].message).toContain('at most 100 words')
    const fine = await staff.graphql(query, { where: { OR: many.slice(0, 20) } })
    expect(fine.json.errors, fine.text).toBeUndefined()
  })

  it('takes no text that nobody can see, and no empty group', async () => {
    const answer = await staff.post('/tea-orders', { label: 'Ada \u202Egnp.exe' })
    expect(answer.status).toBe(400)
    expect(answer.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'label' }] })
    expect((await staff.post('/tea-orders', { label: 'Black', group: null })).status).toBe(201)
  })

  it('keeps the records of the product that it refers to', async () => {
    const session = await storedBy(await api.post('/booking/sessions', order()))
    await staff.post('/tea-orders', { label: 'Oolong', session: session.id })
    const admin = await api.as(await createUser(payload, ['admin']))
    const answer = await admin.del(`/scheduled-sessions/${String(session.id)}`)
    expect(answer.status, answer.text).toBe(409)
    expect(answer.json.errors[0].message).toContain('tea orders (1)')
  })
})

describe('limits of the product', () => {
  it('hold whatever a plugin says', () => {
    expect(payload.config.maxDepth).toBe(2)
    expect(payload.config.graphQL.maxComplexity).toBe(500)
    expect(payload.config.graphQL.validationRules).toBeDefined()
  })

  it('hold for whoever was deactivated, though a plugin does something else at the start', async () => {
    const { user } = await createCustomer(payload)
    const gone = await api.as(user)
    expect((await gone.get('/users/me')).json.user.id).toBe(user.id)
    await payload.db.updateOne({ collection: 'users', id: user.id, data: { isActive: false }, returning: false })
    expect((await gone.get('/users/me')).json.user).toBeNull()
  })

  it('hold for what Payload adds itself: filters of lists that are kept are staff’s', async () => {
    const preset = {
      title: 'For all',
      relatedCollection: 'tea-orders',
      isShared: true,
      access: { read: { constraint: 'everyone' } },
    }
    for (const one of [api, client, host]) {
      expect((await one.post('/payload-query-presets', preset)).status).toBe(403)
      expect((await one.get('/payload-query-presets')).status).toBe(403)
    }
    const kept = await staff.post('/payload-query-presets', preset)
    expect(kept.status, kept.text).toBe(201)
  })
})

describe('an endpoint that is added', () => {
  it('answers, and stands in the document with its refusals', async () => {
    expect((await api.get('/tea/menu')).json).toEqual({ docs: ['green'] })
    const { json: document } = await api.get('/openapi.json')
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(document.paths['/api/tea/menu'].get).toMatchObject({ operationId: 'getTeaMenu', tags: ['Tea'] })
    expect(Object.keys(document.paths['/api/tea/menu'].get.responses)).toEqual(expect.arrayContaining(['400', '429']))
    expect(document.paths['/api/tea/today'].get.responses).toHaveProperty('429')
    expect(document.paths['/api/plugin/ping'].get.tags).toEqual(['Plugins'])
    expect(document.paths['/api/plugin-notes/shout'].post.tags).toEqual(['Plugins'])
    expect(document.paths['/api/booking/slots']).toBeDefined()
  })

  it('refuses as the product does, and is held against what it declares', async () => {
    const answer = await api.get('/tea/menu?nothing=1')
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const undeclared = await api.get('/tea/menu?undeclared=1')
    expect(undeclared.status).toBe(500)
    expect(undeclared.text).toContain('answers fields that are not declared: secret')
    expect((await api.post('/tea/menu')).status).toBe(405)
  })

  it('repeats the answer of a command for the same key', async () => {
    const ask = () => api.post('/tea/orders', { label: 'Once' }, { 'Idempotency-Key': 'tea-1' })
    const [first, second] = [await ask(), await ask()]
    expect(first.status, first.text).toBe(201)
    expect(second.text).toBe(first.text)
  })

  it('of a plugin has a bound of the body, and refusals that say nothing of it', async () => {
    expect((await api.get('/plugin/ping')).json).toEqual({ pong: true })
    const fault = await api.get('/plugin/fault')
    expect(fault.json).toMatchObject({ status: 500, code: 'internal_error' })
    expect(fault.text).not.toContain('hunter2')
    expect((await api.get('/plugin/silent')).json).toMatchObject({ status: 500, code: 'internal_error' })
    const shout = await api.post('/plugin-notes/shout', { text: 'x' })
    expect(shout.json, shout.text).toEqual({ text: 'x' })
    const large = await api.post('/plugin-notes/shout', { text: 'x'.repeat(300_000) })
    expect(large.json).toMatchObject({ status: 413, code: 'payload_too_large' })
  })
})

describe('fields that are added to sessions', () => {
  const wish = {
    room: 'Attic',
    tea: 'green',
    seats: 2,
    step: true,
    extras: { cake: 1 },
    arrival: '2031-01-01T10:00:00Z',
  }

  it('are set at booking under their names, and answered', async () => {
    const answer = await api.post('/booking/sessions', order(wish))
    const stored = await storedBy(answer)
    expect(stored).toMatchObject({ room: 'attic', tea: 'green', seats: 2, step: true, extras: { cake: 1 } })
    expect(stored.bill).toEqual({ number: 'none yet' })
    expect(sample.fieldHooks).toEqual(['beforeValidate', 'beforeChange', 'afterChange'])
    const shown = { room: 'attic', seats: 2, step: true, extras: { cake: 1 }, arrival: '2031-01-01T10:00:00.000Z' }
    expect(answer.json.session).toMatchObject(shown)
    expect(answer.json.session).not.toHaveProperty('tea')
    const { reference } = answer.json.session
    const read = await api.get(`/booking/sessions/${reference}?token=${answer.json.manageToken}`)
    expect(read.json.session, read.text).toMatchObject(shown)
  })

  it('have their defaults where nothing is said', async () => {
    const answer = await api.post('/booking/sessions', order())
    expect(await storedBy(answer)).toMatchObject({ room: 'lobby', step: false, bill: { number: 'none yet' } })
    expect(answer.json.session).toMatchObject({ room: 'lobby', seats: null })
  })

  it.each([
    ['is not among the options', { tea: 'white' }, 'tea'],
    ['is too long', { room: 'x'.repeat(21) }, 'room'],
    ['is too much', { seats: 5 }, 'seats'],
    ['is of another type', { step: 'yes' }, 'step'],
    ['holds what nobody can see', { room: 'a\u202Eb' }, 'room'],
    ['hides that deeper', { extras: { cake: 'a\u202Eb' } }, 'extras.cake'],
    ['does not pass the check of the field', { room: 'Cellar' }, 'room'],
    ['is of nobody', { nothing: 1 }, 'nothing'],
  ])('are refused by name when what is said %s', async (_, more, path) => {
    const start = nextStart()
    const answer = await api.post('/booking/sessions', order(more, start))
    expect(answer.json, answer.text).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(answer.json.errors.map((error: { path: string }) => error.path)).toEqual([path])
    const { totalDocs } = await payload.count({
      collection: 'scheduled-sessions',
      where: { startsAt: { equals: iso(start) } },
    })
    expect(totalDocs).toBe(0)
  })

  it('are set by whom they grant it, and read by whom they grant that', async () => {
    const refused = await api.post('/booking/sessions', order({ discountCode: 'HALF' }))
    expect(refused.json).toMatchObject({ status: 403, code: 'forbidden', errors: [{ path: 'discountCode' }] })
    const refusedLogin = await client.post('/booking/sessions', order({ discountCode: 'HALF' }))
    expect(refusedLogin.json).toMatchObject({ code: 'forbidden', errors: [{ path: 'discountCode' }] })
    const byStaff = await staff.post('/booking/sessions', order({ discountCode: 'HALF', charge: 'none' }))
    expect(await storedBy(byStaff)).toMatchObject({ discountCode: 'HALF' })
    const asGuest = await api.get(
      `/booking/sessions/${byStaff.json.session.reference}?token=${byStaff.json.manageToken}`,
    )
    expect(asGuest.json.session, asGuest.text).not.toHaveProperty('discountCode')
    expect(asGuest.json.session).not.toHaveProperty('whisper')
    const asStaff = await staff.get(`/booking/sessions/${byStaff.json.session.reference}`)
    expect(asStaff.json.session).toMatchObject({ discountCode: 'HALF', whisper: null })
    const asHost = await host.get(`/booking/sessions/${byStaff.json.session.reference}`)
    expect(asHost.json.session).toMatchObject({ whisper: null })
    expect(asHost.json.session).not.toHaveProperty('discountCode')
  })

  it('are staff’s alone where they say nothing', async () => {
    const session = await storedBy(await client.post('/booking/sessions', order()))
    const url = `/scheduled-sessions/${String(session.id)}`
    expect((await staff.get(url)).json).toMatchObject({ bill: { number: 'none yet' } })
    for (const one of [client, host]) {
      expect((await one.get(url)).json, url).not.toHaveProperty('bill')
      await one.patch(url, { bill: { number: '7' } })
    }
    expect((await staff.get(url)).json).toMatchObject({ bill: { number: 'none yet' } })
    const code = await staff.get(`/service-types/${serviceType.id}`)
    expect(code.json).toHaveProperty('internalCode')
    expect((await api.get(`/service-types/${serviceType.id}`)).json).not.toHaveProperty('internalCode')
  })

  it('are taken by an accepted request, REST and GraphQL too', async () => {
    const asked = await api.post('/booking/requests', {
      serviceType: serviceType.slug,
      preferredConsultant: consultant.profile.slug,
      customer: guest(),
      problem: { description: 'Which price is right?' },
    })
    const url = `/booking/requests/${String(asked.json.request.reference)}`
    const start = iso(nextStart())
    await staff.post(`${url}/propose`, { times: [{ start }] })
    const auth = { Authorization: `Bearer ${String(asked.json.manageToken)}` }
    expect((await api.post(`${url}/accept`, { start, room: 'Cellar' }, auth)).json).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'room' }],
    })
    const accepted = await api.post(`${url}/accept`, { start, room: 'Yard' }, auth)
    expect(await storedBy(accepted)).toMatchObject({ room: 'yard' })

    const overRest = await staff.post('/scheduled-sessions', { ...dataAt(nextStart()), room: 'Hall' })
    expect(overRest.json.doc, overRest.text).toMatchObject({ room: 'hall', bill: { number: 'none yet' } })
    const mutation =
      'mutation ($data: mutationScheduledSessionInput!) { createScheduledSession(data: $data) { room seats } }'
    const overGraphql = await staff.graphql(mutation, { data: { ...dataAt(nextStart()), room: 'Loft', seats: 3 } })
    expect(overGraphql.json.data?.createScheduledSession, overGraphql.text).toEqual({ room: 'loft', seats: 3 })
  })

  it('stand in the OpenAPI document', async () => {
    const { json: document } = await api.get('/openapi.json')
    const body = document.paths['/api/booking/sessions'].post.requestBody.content['application/json'].schema
    expect(body.properties).toMatchObject({
      room: { type: 'string', maxLength: 20 },
      tea: { enum: ['green', 'black'] },
      seats: { type: 'number', minimum: 1, maximum: 4 },
      step: { type: 'boolean' },
    })
    expect(body.additionalProperties).toBe(false)
    const { Session, BookedSession, ServiceType: Offered } = document.components.schemas
    expect(Session.properties).toMatchObject({ reference: {}, room: {}, seats: {} })
    expect(BookedSession.properties).toMatchObject({ room: {} })
    expect(Session.properties).not.toHaveProperty('tea')
    expect(Offered.properties).toMatchObject({ floor: {}, margin: {} })
    expect(Offered.properties).not.toHaveProperty('internalCode')
  })
})

describe('fields that are added to service types', () => {
  it('are shown with what can be booked, to whom they may be', async () => {
    const saved = await staff.patch(`/service-types/${serviceType.id}`, { floor: 3, margin: 40 })
    expect(saved.status, saved.text).toBe(200)
    const find = async (one: RestClient) =>
      (await one.get('/booking/service-types')).json.docs.find((doc: { slug: string }) => doc.slug === serviceType.slug)
    expect(await find(api)).toMatchObject({ floor: 3 })
    expect(await find(api)).not.toHaveProperty('margin')
    expect(await find(staff)).toMatchObject({ floor: 3, margin: 40 })
    const { json } = await api.get(`/booking/consultants/${consultant.profile.slug}`)
    expect(json.serviceTypes[0]).toMatchObject({ floor: 3 })
  })
})

describe('hooks that are added to sessions', () => {
  const ways: Record<string, (start: number) => Promise<{ isRefused: boolean }>> = {
    'a guest who books': async (start) => ({
      isRefused: (await api.post('/booking/sessions', order({ room: 'Den' }, start))).status !== 201,
    }),
    'staff over REST': async (start) => ({
      isRefused:
        (await staff.post('/scheduled-sessions?select[status]=true', { ...dataAt(start), room: 'Den' })).status !== 201,
    }),
    'staff over GraphQL': async (start) => {
      const mutation = 'mutation ($data: mutationScheduledSessionInput!) { createScheduledSession(data: $data) { id } }'
      const { json } = await staff.graphql(mutation, { data: { ...dataAt(start), room: 'Den' } })
      return { isRefused: json.errors !== undefined }
    },
    'the Local API': async (start) => {
      const user = { ...operations, collection: 'users' as const }
      const data = { ...dataAt(start), room: 'Den' } as never
      return payload.create({ collection: 'scheduled-sessions', data, user, select: { status: true } }).then(
        () => ({ isRefused: false }),
        () => ({ isRefused: true }),
      )
    },
  }

  it.each(Object.keys(ways))('see the whole document and may refuse it: %s', async (way) => {
    const start = nextStart()
    sample.refuses = true
    expect(await ways[way]?.(start)).toEqual({ isRefused: true })
    const where = { startsAt: { equals: iso(start) } }
    expect((await payload.count({ collection: 'scheduled-sessions', where })).totalDocs).toBe(0)

    sample.refuses = false
    sample.seen = []
    expect(await ways[way]?.(start)).toEqual({ isRefused: false })
    expect(sample.seen.map(({ when }) => when)).toEqual(['beforeChange', 'afterChange'])
    for (const { doc } of sample.seen) {
      expect(doc).toMatchObject({
        reference: expect.stringMatching(/^PY-/),
        room: 'den',
        manageTokenHash: expect.any(String),
        price: expect.objectContaining({ platformFeeBps: 1_500 }),
        bill: { number: 'none yet' },
      })
    }
  })
})

describe('the admin', () => {
  it('has the views, widgets and links that are added, beside the product’s', () => {
    const { components, dashboard } = payload.config.admin
    expect(components?.views).toMatchObject({ tea: { path: '/tea' }, money: { path: '/money' } })
    expect(components?.afterNavLinks).toHaveLength(5)
    expect(dashboard?.widgets.map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(['now-and-next', 'tea-today', 'collections']),
    )
  })
})
