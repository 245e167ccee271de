import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { poolDb } from '#database/transactions'
import { maxPageSize } from '#hooks/shared/cap-limit'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let admin: RestClient
let customer: RestClient
let consultant: { profile: ConsultantProfile; user: User }
let serviceType: ServiceType

beforeAll(async () => {
  payload = await getTestPayload()
  api = await createRestClient(payload)
  admin = await api.as(await createUser(payload, ['admin']))
  customer = await api.as(await createUser(payload, ['customer']))
  consultant = await createConsultant(payload)
  serviceType = await createServiceType(payload, [consultant.profile])
})

const profileFields = `id name slug headline location company website isPublic isVerified specialties languages certifications
  yearsOfExperience createdAt updatedAt _status
  availability { timeZone isAvailable minBookingNoticeHours maxAdvanceBookingDays bufferTimeMinutes }
  consulting { sessionDurations defaultDuration basePrice currency
    cancellationPolicy { refundableBeforeHours refundPercentage lateRefundPercentage } }
  statistics { totalBookings averageRating reviewCount responseTimeHours }`

describe('GraphQL is bounded', () => {
  test('in depth', async () => {
    const fine = await api.graphql('{ ServiceTypes { docs { consultants { profileImage { id } } } } }')
    expect(fine.json.errors, fine.text).toBeUndefined()
    const deep = `{ Reviews { docs { scheduledSession { consultant { user { profileImage { uploadedBy { profileImage { uploadedBy { id } } } } } } } } } }`
    const answer = await api.graphql(deep)
    expect(answer.text).toContain('depth')
    expect(answer.json.data?.Reviews ?? null).toBeNull()
  })

  test('in how often a field is asked for under other names', async () => {
    const many = (count: number) =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: ServiceTypes { totalDocs }`).join(' ')} }`
    expect((await api.graphql(many(15))).json.errors).toBeUndefined()
    const answer = await api.graphql(many(16))
    expect(answer.text).toMatch(/aliases limit/i)
    expect(answer.json.data ?? null).toBeNull()
  })

  test('in cost, fragments included', async () => {
    const selection = `docs { ${profileFields} } totalDocs page totalPages hasNextPage`
    const asked = (count: number) => {
      const fields = Array.from({ length: count }, (_, index) => `a${index}: ConsultantProfiles { ...wanted }`)
      return `{ ${fields.join(' ')} } fragment wanted on ConsultantProfiles { ${selection} }`
    }
    const fine = await api.graphql(asked(2))
    expect(fine.json.errors, fine.text).toBeUndefined()
    const answer = await api.graphql(asked(14))
    expect(answer.text).toContain('complex')
    expect(answer.json.data ?? null).toBeNull()
  })

  test('and shows neither its schema nor a playground in production', () => {
    expect(payload.config.graphQL).toMatchObject({
      disableIntrospectionInProduction: true,
      disablePlaygroundInProduction: true,
    })
  })
})

describe('lists are bounded', () => {
  test.each(['limit=0', 'limit=100000', 'pagination=false', 'limit=0&pagination=false'])('%s', async (query) => {
    const { json } = await api.get(`/service-types?${query}`)
    expect(json.limit).toBe(maxPageSize)
  })

  test.each(['limit=abc', 'limit=-5', 'limit=1.5', 'page=abc', 'page=-1', 'depth=x'])(
    '%s is refused',
    async (query) => {
      const { status, json } = await api.get(`/service-types?${query}`)
      expect({ status, code: json.code }).toEqual({ status: 400, code: 'invalid_request' })
      expect(json.detail).toContain('must be a whole number')
    },
  )

  test('over GraphQL too', async () => {
    const { json } = await api.graphql('{ ServiceTypes(limit: 100000) { limit } }')
    expect(json.data.ServiceTypes.limit).toBe(maxPageSize)
  })

  test('and so is how deep relations are filled in', async () => {
    const { json } = await admin.get(`/service-types/${serviceType.id}?depth=50`)
    const [profile] = json.consultants
    expect(profile.id).toBe(consultant.profile.id)
    // One step: what the profile points to stays an id.
    expect(profile.user).toBe(consultant.user.id)
  })
})

describe('text that nobody can see is refused', () => {
  test.each([
    ['a bidirectional override', 'Ada \u202Egnp.exe'],
    ['a control character', 'Ada\u0007'],
    ['a null', 'Ada\u0000'],
    ['a tag', 'Ada\u{E0041}'],
    ['half a character', 'Ada \uD800'],
  ])('%s', async (_, headline) => {
    const before = await payload.findByID({ collection: 'consultant-profiles', id: consultant.profile.id })
    const answer = await admin.patch(`/consultant-profiles/${consultant.profile.id}`, { headline })
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'headline' }] })
    const after = await payload.findByID({ collection: 'consultant-profiles', id: consultant.profile.id })
    expect(after.headline).toBe(before.headline)
  })

  test('HTML is text like any other', async () => {
    const headline = '<img src=x onerror=alert(1)>'
    const answer = await admin.patch(`/consultant-profiles/${consultant.profile.id}`, { headline })
    expect(answer.json.doc.headline).toBe(headline)
  })
})

describe('faults are explained, and nothing else is told', () => {
  test('a record that others need stays, and says who needs it', async () => {
    const answer = await admin.del(`/consultant-profiles/${consultant.profile.id}`)
    expect(answer.status, answer.text).toBe(409)
    expect(answer.json.errors[0]).toMatchObject({ data: { code: 'conflict' } })
    expect(answer.json.errors[0].message).toContain('service types (1)')
    const user = await admin.del(`/users/${consultant.user.id}`)
    expect(user.status).toBe(409)
    expect(user.json.errors[0].message).toContain('consultant profiles (1)')
    const graphql = await admin.graphql(`mutation { deleteUser(id: "${consultant.user.id}") { id } }`)
    expect(graphql.json.errors[0].extensions).toMatchObject({ statusCode: 409, data: { code: 'conflict' } })
  })

  test('an id that is none is not found', async () => {
    for (const id of ['nonsense', '1', "1' OR '1'='1"]) {
      const answer = await admin.get(`/customers/${encodeURIComponent(id)}`)
      expect([400, 404], `${id}: ${answer.text}`).toContain(answer.status)
      expect(answer.text).not.toMatch(/select|insert|22P02|drizzle/i)
    }
  })

  test('a reference to nothing is the fault of who sent it', async () => {
    const answer = await admin.post('/availability-schedules', {
      consultant: '01a1fd0a-0000-7000-8000-000000000000',
      type: 'weekly',
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status, answer.text).toBeLessThan(500)
  })
})

describe('what Payload brings along is closed', () => {
  test('locks of documents belong to staff: with one a customer could keep staff out', async () => {
    const lock = { document: { relationTo: 'service-types', value: serviceType.id } }
    for (const client of [api, customer]) {
      expect((await client.post('/payload-locked-documents', lock)).status).toBe(403)
      expect((await client.get('/payload-locked-documents')).status).toBe(403)
    }
    expect((await admin.get('/payload-locked-documents')).status).toBe(200)
    // The admin asks for locks with the login of whoever opens a record.
    const { id: staffId } = await createUser(payload, ['operations'])
    for (const value of [staffId, consultant.user.id]) {
      await payload.db.create({
        collection: 'payload-locked-documents',
        data: { ...lock, user: { relationTo: 'users', value } },
      })
    }
    const host = await api.as(consultant.user)
    const own = await host.get('/payload-locked-documents?depth=0')
    expect(own.json.docs, own.text).toHaveLength(1)
    expect(own.json.docs[0].user.value).toBe(consultant.user.id)
  })

  test('the key-value store and the list of migrations are nobody’s', async () => {
    for (const slug of ['payload-kv', 'payload-migrations']) {
      // Payload answers 501 where a collection has no endpoints.
      expect([403, 404, 501]).toContain((await admin.get(`/${slug}`)).status)
      expect([403, 404, 501]).toContain((await customer.post(`/${slug}`, { key: 'x', name: 'x' })).status)
    }
  })

  test('preferences are those of the login', async () => {
    await admin.post('/payload-preferences/columns', { value: 'of the admin' })
    for (const client of [api, customer]) {
      expect((await client.get('/payload-preferences/columns')).json.value).toBeNull()
    }
    expect([401, 403]).toContain((await api.post('/payload-preferences/columns', { value: 'of nobody' })).status)
  })

  test('jobs are run by the worker alone', async () => {
    for (const client of [api, customer, admin]) {
      expect([401, 403, 404]).toContain((await client.get('/payload-jobs/run')).status)
    }
  })

  test('settings belong to staff', async () => {
    for (const slug of ['booking-settings', 'message-templates']) {
      for (const client of [api, customer]) {
        expect((await client.get(`/globals/${slug}`)).status).toBe(403)
        expect((await client.post(`/globals/${slug}`, { holdMinutes: 1 })).status).toBe(403)
      }
      expect((await admin.get(`/globals/${slug}`)).status).toBe(200)
    }
  })
})

describe('lists of many records', () => {
  const many = 11_234
  const ofMany = (query: string) => `/customers?${query}&where[company][equals]=Many&depth=0`
  const numberOf = ({ name }: { name: string }) => Number(name.split(' ')[1])

  beforeAll(async () => {
    await poolDb(payload).execute(sql`
      INSERT INTO customers (id, email, name, company, created_at)
      SELECT gen_random_uuid(), 'many-' || n || '@example.com', 'Many ' || n, 'Many', timestamptz '2026-01-01' + n * interval '1 minute'
      FROM generate_series(1, ${many}::int) n`)
    await poolDb(payload).execute(sql`ANALYZE customers`)
  })

  test('are counted up to 10,000, and estimated beyond, which the answer says', async () => {
    const { json } = await admin.get(ofMany('limit=10'))
    expect(json.totalDocsIsEstimate).toBe(true)
    expect(json.totalDocs).toBeGreaterThan(10_000)
    expect(String(json.totalDocs)).toMatch(/^\d\d0+$|^10001$/)
    expect(json.totalPages).toBe(Math.ceil(json.totalDocs / 10))
    expect(json.hasNextPage).toBe(true)
    const few = await admin.get(ofMany(`limit=10&where[createdAt][less_than_equal]=2026-01-07T22:40:00.000Z`))
    expect(few.json).toMatchObject({ totalDocs: 10_000, totalPages: 1_000 })
    expect(few.json).not.toHaveProperty('totalDocsIsEstimate')
    expect((await admin.get('/customers/count?where[company][equals]=Many')).json.totalDocs).toBe(many)
  })

  test('have all of them on their pages, each once, in order, and a last page that says so', async () => {
    const seen: number[] = []
    let page: number | null = 1
    while (page !== null) {
      const { json }: { json: { docs: { name: string }[]; nextPage: number | null } } = await admin.get(
        ofMany(`limit=200&sort=createdAt&page=${page}`),
      )
      seen.push(...json.docs.map(numberOf))
      page = json.nextPage
    }
    expect(seen).toEqual(Array.from({ length: many }, (_, index) => index + 1))

    const last = await admin.get(ofMany('limit=100&sort=-createdAt&page=113'))
    expect(last.json.docs.map(numberOf)).toEqual(Array.from({ length: 34 }, (_, index) => 34 - index))
    expect(last.json).toMatchObject({ totalDocs: many, page: 113, totalPages: 113, hasNextPage: false, prevPage: 112 })
    expect(last.json).not.toHaveProperty('totalDocsIsEstimate')
    const beyond = await admin.get(ofMany('limit=100&page=5000'))
    expect(beyond.json).toMatchObject({ docs: [], hasNextPage: false })
  })

  test('find deep pages by the order alone, and by relations', async () => {
    const { json } = await admin.get(ofMany('limit=3&sort=createdAt&page=1001&where[user.email][exists]=false'))
    expect(json.docs.map(numberOf)).toEqual([3_001, 3_002, 3_003])
    expect(json.hasNextPage).toBe(true)
  })

  test('end at 100,000 records for all but staff', async () => {
    const refused = await api.get('/service-types?limit=100&page=1001')
    expect(refused.status).toBe(400)
    expect(refused.json.errors[0].data.errors[0]).toEqual({
      path: 'page',
      message: expect.stringMatching(/^must be at most 1000 with a limit of 100: .* Narrow the list/),
    })
    expect((await api.get('/service-types?limit=100&page=1000')).status).toBe(200)
    expect((await admin.get('/service-types?limit=100&page=1001')).status).toBe(200)
    const { json } = await api.graphql('{ ServiceTypes(limit: 100, page: 1001) { totalDocs } }')
    expect(JSON.stringify(json.errors)).toContain('must be at most 1000')
  })
})

describe('profiles', () => {
  test('are published and unpublished by operations alone', async () => {
    const { profile, user } = await createConsultant(payload, { _status: 'draft' })
    const self = await api.as(user)
    const operations = await api.as(await createUser(payload, ['operations']))
    const url = `/consultant-profiles/${profile.id}`
    const live = async () => (await api.get(url)).status === 200

    expect((await self.patch(url, { _status: 'published' })).status).toBe(403)
    expect((await self.patch(url, { headline: 'A draft' })).status).toBe(200)
    expect(await live()).toBe(false)
    expect((await operations.patch(url, { _status: 'published' })).status).toBe(200)
    expect(await live()).toBe(true)

    const edited = await self.patch(url, { headline: 'Edited in place' })
    expect(edited.status, edited.text).toBe(200)
    expect((await api.get(url)).json.headline).toBe('Edited in place')
    const draft = await self.patch(`${url}?draft=true`, { headline: 'Not yet' })
    expect(draft.status, draft.text).toBe(200)
    expect((await api.get(url)).json.headline).toBe('Edited in place')
    expect((await api.get(`${url}?draft=true`)).text).not.toContain('Not yet')

    expect((await self.patch(url, { _status: 'draft' })).status).toBe(403)
    expect(await live()).toBe(true)
    expect((await operations.patch(url, { _status: 'draft' })).status).toBe(200)
    expect(await live()).toBe(false)
  })

  test('have versions that only their owner and staff read', async () => {
    const { profile, user } = await createConsultant(payload)
    const other = await api.as((await createConsultant(payload)).user)
    const count = async (client: RestClient) => {
      const { json } = await client.get(`/consultant-profiles/versions?where[parent][equals]=${profile.id}`)
      return json.totalDocs ?? 0
    }
    expect(await count(await api.as(user))).toBeGreaterThan(0)
    expect(await count(admin)).toBeGreaterThan(0)
    for (const client of [api, customer, other]) expect(await count(client)).toBe(0)
  })
})
