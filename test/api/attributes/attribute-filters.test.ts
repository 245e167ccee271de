import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it, test } from 'vitest'
import type { ConsultantProfile, Customer, CustomAttribute, ScheduledSession, ServiceType, User } from '#payload-types'
import { forgetAttributeDefinitions } from '#attributes/attribute-definitions'
import { poolDb } from '#database/transactions'
import { createConsultant, createCustomer, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let staff: RestClient
let asConsultant: RestClient
let asCustomer: RestClient
let consultant: ConsultantProfile
let customer: Customer
let service: ServiceType
let users: { consultant: User; customer: User }
const sessions: ScheduledSession[] = []

const both: Pick<CustomAttribute, 'readableBy'> = { readableBy: ['customer', 'consultant'] }

const definitions = [
  { key: 'note', type: 'text', ...both },
  { key: 'size', type: 'number', ...both },
  { key: 'isUrgent', type: 'checkbox', ...both },
  { key: 'due', type: 'date', ...both },
  { key: 'plan', type: 'select', ...both },
  { key: 'topics', type: 'multi_select', ...both },
  { key: 'hidden', type: 'text' },
  { key: 'hostReads', type: 'text', readableBy: ['consultant'] },
] as const

const options = ['red', 'green', 'blue'].map((value) => ({ value, label: value }))

/** Three sessions, and what each has; the last has nothing. */
const values = [
  {
    note: "O'Brien & Söhne; 100%_\\",
    size: 9,
    isUrgent: true,
    due: '2026-03-01',
    plan: 'red',
    topics: ['red', 'blue'],
    hidden: 'x',
    hostReads: 'x',
  },
  {
    note: 'plain text',
    size: 10,
    isUrgent: false,
    due: '2026-11-30',
    plan: 'green',
    topics: ['green'],
    hidden: 'y',
    hostReads: 'y',
  },
  {},
]

beforeAll(async () => {
  payload = await getTestPayload()
  api = await createRestClient(payload)
  staff = await api.as(await createUser(payload, ['operations']))
  const made = await createConsultant(payload)
  const found = await createCustomer(payload)
  consultant = made.profile
  customer = found.customer
  users = { consultant: made.user, customer: found.user }
  asConsultant = await api.as(made.user)
  asCustomer = await api.as(found.user)
  service = await createServiceType(payload, [consultant])
  for (const definition of definitions) {
    await payload.create({
      collection: 'custom-attributes',
      data: {
        ...{ subject: 'scheduled-sessions', label: definition.key, ...definition },
        readableBy: 'readableBy' in definition ? [...(definition.readableBy ?? [])] : [],
        options,
      },
    })
  }
  const reads = [
    { subject: 'customers', key: 'tier', readableBy: ['consultant', 'customer'] },
    { subject: 'customers', key: 'secret', readableBy: [] },
    { subject: 'service-types', key: 'level', readableBy: ['public'] },
    { subject: 'consultant-profiles', key: 'badge', readableBy: ['public'] },
    { subject: 'consultant-profiles', key: 'margin', readableBy: ['consultant'] },
  ] satisfies Partial<CustomAttribute>[]
  for (const each of reads) {
    await payload.create({ collection: 'custom-attributes', data: { label: each.key, type: 'text', ...each } })
  }
  forgetAttributeDefinitions()
  const set = async (path: string, attributes: object) => {
    const answer = await staff.patch(path, { attributes })
    expect(answer.status, answer.text).toBe(200)
  }
  await set(`/customers/${customer.id}`, { tier: 'gold', secret: 'x' })
  await set(`/service-types/${service.id}`, { level: 'high' })
  await set(`/consultant-profiles/${consultant.id}`, { badge: 'star', margin: 'x' })
  for (const [index, attributes] of values.entries()) {
    const answer = await staff.post('/scheduled-sessions?depth=0', {
      ...{ consultant: consultant.id, customer: customer.id, serviceType: service.id },
      startsAt: iso(hourIn(5, index)),
      attributes,
    })
    expect(answer.status, answer.text).toBe(201)
    sessions.push(answer.json.doc)
  }
})

const path = (query: Record<string, string>, collection = 'scheduled-sessions') =>
  `/${collection}?depth=0&${new URLSearchParams(query)}`

/** Which of the three sessions an answer holds. */
const indexes = ({ json, status, text }: RestAnswer): number[] => {
  expect(status, text).toBe(200)
  return json.docs.map(({ id }: { id: string }) => sessions.findIndex((session) => session.id === id))
}

const filter = async (conditions: Record<string, string>, client = staff) =>
  indexes(
    await client.get(
      path(Object.fromEntries(Object.entries(conditions).map(([key, value]) => [`where${key}`, value]))),
    ),
  ).sort()

const quote = "O'Brien & Söhne; 100%_\\"

describe('filters', () => {
  it.each<[Record<string, string>, number[]]>([
    [{ '[attributes.note][equals]': quote }, [0]],
    [{ '[attributes.note][not_equals]': quote }, [1, 2]],
    [{ '[attributes.note][in]': 'plain text,other' }, [1]],
    [{ '[attributes.note][not_in]': 'plain text,other' }, [0, 2]],
    [{ '[attributes.note][contains]': '100%_\\' }, [0]],
    [{ '[attributes.note][contains]': '100__' }, []],
    [{ '[attributes.note][contains]': 'PLAIN' }, [1]],
    [{ '[attributes.note][like]': 'text plain' }, [1]],
    [{ '[attributes.note][exists]': 'true' }, [0, 1]],
    [{ '[attributes.note][exists]': 'false' }, [2]],
    [{ '[attributes__note][equals]': 'plain text' }, [1]],
    [{ '[attributes.size][equals]': '9' }, [0]],
    [{ '[attributes.size][equals]': '9.0' }, [0]],
    [{ '[attributes.size][greater_than]': '9' }, [1]],
    [{ '[attributes.size][less_than]': '10' }, [0]],
    [{ '[attributes.size][greater_than_equal]': '9', '[attributes.size][less_than_equal]': '9.5' }, [0]],
    [{ '[attributes.size][in]': '8,9,10' }, [0, 1]],
    [{ '[attributes.isUrgent][equals]': 'true' }, [0]],
    [{ '[attributes.isUrgent][equals]': 'false' }, [1]],
    [{ '[attributes.due][less_than]': '2026-11-01' }, [0]],
    [{ '[attributes.due][greater_than_equal]': '2026-11-30' }, [1]],
    [{ '[attributes.plan][in]': 'red,blue' }, [0]],
    [{ '[attributes.topics][in]': 'blue,green' }, [0, 1]],
    [{ '[attributes.topics][contains]': 'blue' }, [0]],
    [{ '[attributes.topics][not_in]': 'blue' }, [1, 2]],
    [{ '[or][0][attributes.size][equals]': '9', '[or][1][attributes.size][equals]': '10' }, [0, 1]],
    [{ '[and][0][attributes.size][equals]': '9', '[and][1][attributes.plan][equals]': 'green' }, []],
    [{ '[attributes.size][equals]': '9', '[or][0][attributes.plan][equals]': 'green' }, []],
    [{ '[customer.attributes.tier][equals]': 'gold', '[attributes.size][equals]': '9' }, [0]],
    [{ '[serviceType.attributes.level][equals]': 'low' }, []],
    [{ '[consultant.attributes.badge][equals]': 'star' }, [0, 1, 2]],
  ])('%j', async (conditions, expected) => {
    expect(await filter(conditions)).toEqual(expected)
  })

  it.each<[Record<string, string>, number[]]>([
    [{ '[attributes.hostReads][equals]': 'x' }, [0]],
    [{ '[customer.attributes.tier][equals]': 'gold' }, [0, 1, 2]],
  ])('a consultant asks what they read: %j', async (conditions, expected) => {
    expect(await filter(conditions, asConsultant)).toEqual(expected)
  })

  it('the same in GraphQL, in counts and in changes of many', async () => {
    const count = await staff.get('/scheduled-sessions/count?where[attributes.size][greater_than]=8')
    expect(count.json).toEqual({ totalDocs: 2 })
    const changed = await staff.patch('/scheduled-sessions?depth=0&where[attributes.plan][equals]=green', {
      internalNotes: 'found',
    })
    expect(indexes(changed)).toEqual([1])
    const { totalDocs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { 'attributes.size': { equals: 9 }, internalNotes: { exists: false } },
    })
    expect(totalDocs).toBe(1)
  })
})

describe('sorting', () => {
  const sorted = async (query: Record<string, string>, client = staff) => indexes(await client.get(path(query)))

  it.each([
    ['attributes.size', [0, 1, 2]],
    ['-attributes.size', [1, 0, 2]],
    ['attributes.note', [0, 1, 2]],
    ['-attributes.due', [1, 0, 2]],
    ['attributes.isUrgent', [1, 0, 2]],
  ])('by %s', async (sort, expected) => {
    expect(await sorted({ sort })).toEqual(expected)
  })

  it.each(['-attributes__size', ' -attributes.size', '-attributes.size '])(
    'is by that attribute alone, however it is written: %j',
    async (sort) => {
      expect(await sorted({ sort }, asConsultant)).toEqual([1, 0, 2])
    },
  )

  it.each(['-1', 'x', '1.5', '1e300'])('not on page %s', async (page) => {
    const { json, status } = await staff.get(path({ sort: 'attributes.size', page }))
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'invalid_request' })
  })

  it('on page 0, which is the first one', async () => {
    expect((await staff.get(path({ sort: 'attributes.size', page: '0' }))).json.page).toBe(1)
  })

  it('goes with filters through relations, pages and counts', async () => {
    const query = { sort: '-attributes.size', 'where[customer.attributes.tier][equals]': 'gold', limit: '1', page: '2' }
    const answer = await asConsultant.get(path(query))
    expect(indexes(answer)).toEqual([0])
    expect(answer.json).toMatchObject({ totalDocs: 3, totalPages: 3, page: 2, hasNextPage: true, hasPrevPage: true })
  })

  it('counts to 10,000 as every list does, and says where it estimates', async () => {
    await poolDb(payload).execute(sql`
      INSERT INTO customers (id, email, name, attributes)
      SELECT gen_random_uuid(), 'many-' || n || '@example.com', 'Many', jsonb_build_object('tier', 'many ' || lpad(n::text, 5, '0'))
      FROM generate_series(1, 10345) n`)
    await poolDb(payload).execute(sql`ANALYZE customers`)
    const query = { sort: 'attributes.tier', 'where[attributes.tier][like]': 'many', limit: '10' }
    const { json } = await staff.get(path(query, 'customers'))
    expect(json).toMatchObject({ totalDocsIsEstimate: true, hasNextPage: true, nextPage: 2 })
    expect(json.totalDocs).toBeGreaterThan(10_000)
    const last = await staff.get(path({ ...query, page: '1035' }, 'customers'))
    expect(last.json.docs.map(({ attributes }: Customer) => attributes)).toEqual(
      ['10341', '10342', '10343', '10344', '10345'].map((n) => ({ tier: `many ${n}` })),
    )
    expect(last.json).toMatchObject({ totalDocs: 10_345, totalPages: 1_035, hasNextPage: false, prevPage: 1_034 })
    expect(last.json).not.toHaveProperty('totalDocsIsEstimate')
  })
})

const unread = 'is no attribute that you can filter or sort by'

describe('refusals', () => {
  const refused = (answer: RestAnswer, reason: string) => {
    expect(answer.status, answer.text).toBe(400)
    expect(answer.text).toContain(reason)
  }

  const forms = [
    '[attributes.hidden][equals]',
    '[or][0][and][0][attributes.hidden][exists]',
    '[AND][0][attributes.hidden][like]',
  ]
  it.each(forms)('what one does not read: where%s', async (form) => {
    for (const client of [asConsultant, asCustomer])
      refused(await client.get(path({ [`where${form}`]: 'true' })), unread)
  })

  it('as a stranger, through relations, in counts, changes, removals, versions and distinct values', async () => {
    refused(await asCustomer.get(path({ 'where[attributes.hostReads][equals]': 'x' })), unread)
    refused(await asConsultant.get(path({ 'where[customer.attributes.secret][equals]': 'x' })), unread)
    refused(
      await asCustomer.get(path({ 'where[scheduledSession.attributes.hidden][equals]': 'x' }, 'payments')),
      unread,
    )
    refused(
      await asCustomer.get(path({ 'where[scheduledSession.customer.attributes.secret][equals]': 'x' }, 'payments')),
      unread,
    )
    refused(await api.get(path({ 'where[consultant.attributes.margin][equals]': 'x' }, 'reviews')), unread)
    refused(
      await api.get(path({ 'where[consultants][contains][attributes.margin][equals]': 'x' }, 'service-types')),
      unread,
    )
    refused(await asConsultant.get(path({ 'where[attributes.margin][equals]': 'x' }, 'consultant-profiles')), unread)
    refused(await asConsultant.get('/scheduled-sessions/count?where[attributes.hidden][equals]=x'), unread)
    refused(
      await asConsultant.patch('/scheduled-sessions?where[attributes.hidden][equals]=x', { consultantNotes: 'x' }),
      unread,
    )
    refused(await staff.del('/scheduled-sessions?where[attributes.none][equals]=x'), unread)
    refused(
      await asConsultant.get(path({ 'where[version.attributes.margin][equals]': 'x' }, 'consultant-profiles/versions')),
      unread,
    )
    await expect(
      payload.findDistinct({
        collection: 'scheduled-sessions',
        field: 'attributes',
        overrideAccess: false,
      }),
    ).rejects.toThrow('cannot be listed')
  })

  it.each([
    ['where[attributes][equals]', 'x', 'is asked by one attribute'],
    ['where[attributes][exists]', 'true', 'is asked by one attribute'],
    ['where[attributes.note.deeper][equals]', 'x', unread],
    ['where[attributes.toString][equals]', 'x', unread],
    ['where[attributes.__proto__][equals]', 'x', unread],
    ["where[attributes.note'; DROP TABLE customers; --][equals]", 'x', unread],
    ['where[attributes.note" ? (@ == 1)][equals]', 'x', unread],
    ['where[attributes.size][near]', '1', 'can be filtered by equals'],
    ['where[attributes.size][like]', '1', 'can be filtered by equals'],
    ['where[attributes.size][equals]', '1 OR 1=1', 'must be compared with a number'],
    ['where[attributes.size][equals][deeper]', '1', 'must be compared with a number'],
    ['where[attributes.due][equals]', 'yesterday', 'must be compared with a date'],
    ['where[attributes.isUrgent][equals]', 'maybe', 'must be compared with true or false'],
    ['where[attributes.note][equals][0]', 'x', 'must be compared with a text'],
    ['where[attributes.note][within]', 'x', 'can be filtered by'],
    ['sort', 'attributes', 'is asked by one attribute'],
    ['sort', '-attributes.none', unread],
    ['sort', 'attributes.size,startsAt', 'can only be sorted by alone'],
    ['sort', 'attributes.topics', 'has several values'],
    ['sort', 'customer.attributes.tier', 'cannot be sorted by from here'],
  ])('%s=%s', async (name, value, reason) => {
    refused(await staff.get(path({ [name]: value })), reason)
  })

  it.each(["x' OR '1'='1", 'x"; SELECT 1; --', '\\', "'", '$$', '%', '\u{1F600}', '\uFFFD'])(
    'a hostile value is a value: %s',
    async (value) => {
      for (const operator of ['equals', 'contains', 'in', 'like']) {
        expect(await filter({ [`[attributes.note][${operator}]`]: value })).toEqual(
          operator !== 'equals' && operator !== 'in' && quote.includes(value) ? [0] : [],
        )
      }
    },
  )

  it('sorting by what one does not read', async () => {
    refused(await asConsultant.get(path({ sort: 'attributes.hidden' })), unread)
    refused(await asCustomer.get(path({ sort: '-attributes.hostReads' })), unread)
    refused(await api.get(path({ sort: 'attributes.margin' }, 'consultant-profiles')), unread)
  })

  it('in GraphQL, where `attributes` is one value', async () => {
    const answer = await asConsultant.graphql(
      '{ ScheduledSessions(where: { attributes: { exists: true } }) { totalDocs } }',
    )
    expect(answer.text).toContain('is asked by one attribute')
    const sorted = await asConsultant.graphql('{ ScheduledSessions(sort: "attributes.hidden") { totalDocs } }')
    expect(sorted.text).toContain(unread)
    const own = await asConsultant.graphql('{ ScheduledSessions(sort: "-attributes.size", limit: 1) { docs { id } } }')
    expect(own.json.data.ScheduledSessions.docs).toEqual([{ id: sessions[1]?.id }])
  })
})

test('who is a consultant and a customer asks neither side of sessions of the other', async () => {
  await payload.update({ collection: 'users', id: users.consultant.id, data: { roles: ['consultant', 'customer'] } })
  await payload.create({
    collection: 'customers',
    data: { user: users.consultant.id, email: users.consultant.email, name: 'Both', status: 'active' },
  })
  const client = await api.as(await payload.findByID({ collection: 'users', id: users.consultant.id }))
  const answer = await client.get(path({ 'where[attributes.hostReads][equals]': 'x' }))
  expect(answer.status).toBe(400)
  expect(answer.text).toContain(unread)
  expect(await filter({ '[attributes.size][equals]': '9' }, client)).toEqual([0])
})
