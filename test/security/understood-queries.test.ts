import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '#payload-types'
import { maxPageSize } from '#hooks/shared/cap-limit'
import { createConsultant, createCustomer, createUser } from '../support/fixtures'
import { getTestPayload } from '../support/payload'
import { createRestClient, type RestClient } from '../support/rest-client'
import { tokenFor } from '../support/token-for'

let payload: Payload
let anyone: RestClient
let admin: RestClient

beforeAll(async () => {
  payload = await getTestPayload()
  anyone = await createRestClient(payload)
  admin = await anyone.as(await createUser(payload, ['admin']))
  await createConsultant(payload)
  await createCustomer(payload)
})

/** What is asked, the path that the refusal names, and what it says. */
const refused: [query: string, path: string, message: RegExp][] = [
  ['where[or]=abc', 'or', /must be a list/],
  ['where[or][0]=abc', 'or.0', /must be conditions on fields/],
  ['where[or][]=', 'or', /must be/],
  ['where[and][]', 'and', /must be/],
  ['where[name][equals]=Ada&where[and][]=', 'and', /must be/],
  ['where[and][0]=abc', 'and.0', /must be conditions on fields/],
  ['where[name]=abc', 'name', /needs an operator/],
  ['where[name][sounds]=abc', 'name', /cannot be asked for "sounds"; use equals/],
  ['where[name][near]=1', 'name', /cannot be asked for "near"/],
  ['where[name][within]=1', 'name', /cannot be asked for "within"/],
  ['where[name][intersects]=1', 'name', /cannot be asked for "intersects"/],
  ['where[name][all]=1', 'name', /cannot be asked for "all"/],
  ['where[name][equals][x]=1', 'name', /must be a text/],
  ['where[createdAt][like]=a', 'createdAt', /cannot be asked for "like"/],
  ['where[createdAt][greater_than]=abc', 'createdAt', /must be a date/],
  ['where[createdAt][equals]=1e9', 'createdAt', /must be a date/],
  ['where[_status][like]=a', '_status', /cannot be asked for "like"/],
  ['where[_status][equals]=gone', '_status', /must be one of draft, published/],
  ['where[isPublic][like]=a', 'isPublic', /cannot be asked for "like"/],
  ['where[isPublic][equals]=abc', 'isPublic', /must be true or false/],
  ['where[isPublic][exists]=abc', 'isPublic', /must be true or false/],
  ['where[yearsOfExperience][equals]=abc', 'yearsOfExperience', /must be a number/],
  ['where[yearsOfExperience][like]=abc', 'yearsOfExperience', /cannot be asked for "like"/],
  ['where[yearsOfExperience][equals]=', 'yearsOfExperience', /must be a number/],
  ['where[id][equals]=abc', 'id', /must be the id of a record/],
  ['where[id][in]=abc,def', 'id', /must be the id of a record/],
  ['where[profileImage][equals]=abc', 'profileImage', /must be the id of a record/],
  ['where[profileImage.createdAt][like]=abc', 'profileImage.createdAt', /cannot be asked for "like"/],
  ['where[or][0][and][0][isPublic][equals]=abc', 'isPublic', /must be true or false/],
  ['sort=-', 'sort', /must name a field/],
  ['sort=name,-', 'sort', /must name a field/],
]

describe('what cannot be understood is refused, and says what to change', () => {
  test.each(refused)('%s', async (query, path, message) => {
    for (const client of [anyone, admin]) {
      const { status, text, json, headers } = await client.get(`/consultant-profiles?${query}`)
      expect(status, text).toBe(400)
      // A problem like everywhere, in what Payload's admin reads.
      const problem = {
        status: 400,
        code: 'invalid_request',
        detail: json.errors[0].message,
        requestId: 'test-request',
      }
      expect(json).toMatchObject(problem)
      expect(headers.get('content-type')).toMatch(/^application\/json/)
      expect(json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
      expect(json.errors[0].data.errors[0].message).toMatch(message)
    }
  })

  test.each([
    ['where=abc', 'where must be written as where[name][equals]=Ada.'],
    ['select=name', 'select must be written as select[name]=true.'],
    ['populate=media', 'populate must be written as'],
    ['joins=reviews', 'joins must be written as'],
    ['sort[x]=name', 'sort must be written as sort=-createdAt.'],
  ])('%s', async (query, detail) => {
    for (const path of ['/consultant-profiles', '/consultant-profiles/count', '/consultant-profiles/versions']) {
      const { status, json } = await admin.get(`${path}?${query}`)
      expect({ status, code: json.code }).toEqual({ status: 400, code: 'invalid_request' })
      expect(json.detail).toContain(detail)
    }
  })

  test('also in a count, in versions, in joins and in GraphQL', async () => {
    expect((await admin.get('/consultant-profiles/count?where[isPublic][like]=a')).status).toBe(400)
    const versions = await admin.get('/consultant-profiles/versions?where[version.isPublic][like]=a')
    expect(versions.json.errors[0].data?.errors[0]).toMatchObject({ path: 'version.isPublic' })
    const { json } = await anyone.graphql('{ ConsultantProfiles(sort: "-") { docs { id } } }')
    expect(json.errors[0].extensions).toMatchObject({ statusCode: 400, data: { code: 'invalid_request' } })
  })

  test.each([
    ['limit: -5', 'limit'],
    ['page: -3', 'page'],
  ])('numbers in GraphQL as well: %s', async (asked, path) => {
    for (const list of ['ConsultantProfiles', 'versionsConsultantProfiles']) {
      const { status, json } = await admin.graphql(`{ ${list}(${asked}) { docs { id } } }`)
      expect([status, json.errors[0].message]).toEqual([400, `${path} must be a whole number that is not negative.`])
      expect(json.errors[0].extensions).toMatchObject({ statusCode: 400, data: { code: 'invalid_request' } })
    }
    const [, value = ''] = asked.split(': ')
    const query = `query Q($n: Int) { ConsultantProfiles(${path}: $n) { docs { id } } }`
    expect((await admin.graphql(query, { n: Number(value) })).json.errors[0].extensions.data.code).toBe(
      'invalid_request',
    )
    const usual = await admin.graphql(query.replace('$n: Int', `$n: Int = ${value}`))
    expect(usual.json.errors[0].extensions.data.code).toBe('invalid_request')
    expect((await admin.graphql(query, { n: 1 })).json.errors).toBeUndefined()
  })

  test.each(['joins[nothing][limit]=5', 'joins[name][limit]=5', 'joins[user][limit]=5', 'joins[nothing]=false'])(
    'a list that is not there is refused like one that is hidden: %s',
    async (query) => {
      for (const client of [anyone, admin]) {
        const { status, text, json } = await client.get(`/consultant-profiles?${query}`)
        expect(status, text).toBe(400)
        expect(json.errors[0].name).toBe('QueryError')
      }
    },
  )

  test.each(['joins[reviews][limit]=-5', 'joins[reviews][page]=1.5', 'joins[reviews][limit]=many'])(
    '%s',
    async (query) => {
      const { status, json } = await admin.get(`/consultant-profiles?${query}`)
      expect({ status, code: json.code }).toEqual({ status: 400, code: 'invalid_request' })
      expect(json.detail).toMatch(/^joins\[reviews\]\[\w+\] must be a whole number/)
    },
  )

  test('what can be understood is answered', async () => {
    const id = '019386b0-0000-7000-8000-000000000000'
    for (const query of [
      'where[isPublic][equals]=true&where[name][like]=Consultant',
      'where[yearsOfExperience][equals]=null&where[createdAt][not_equals]=null&where[id][not_equals]=null',
      `where[id][in]=${id},${id}&where[user][exists]=true`,
      `where[profileImage][equals]=null&where[profileImage][not_in]=${id}`,
      'where[createdAt][less_than]=2999-01-01&where[createdAt][greater_than_equal]=2020-01-31T09:00:00%2B01:00',
      'where[_status][in]=draft,published&where[languages][contains]=en',
      'where[or][0][yearsOfExperience][greater_than]=3&where[or][1][yearsOfExperience][exists]=false',
      'sort=-createdAt,name',
    ]) {
      const { status, text } = await admin.get(`/consultant-profiles?${query}`)
      expect(status, `${query}: ${text}`).toBe(200)
    }
  })
})

describe('what cannot be understood changes nothing', () => {
  test.each([
    'where[user][equals]=no-such-user',
    'where=abc',
    'where[and][0]=x',
    'where[or][0]=x',
    'where[createdAt][greater_than]=x',
    'where[name][equals][x]=y',
    'where[email][like]=',
    'where[or][0][name][contains]=%20',
    'where[name][exists]=true&where[and][]=',
    'where[or][]',
    'where[name][exists]=true&where[constructor][equals]=x',
    'where[name][exists]=true&where[or][0][__proto__][equals]=x',
    'where[name][exists]=true&where[id][equals=019386b0-0000-7000-8000-000000000000',
    // Of more parameters than a thousand the last ones would be left out.
    `where[name][exists]=true${'&a=1'.repeat(1_000)}&where[id][equals]=019386b0-0000-7000-8000-000000000000`,
  ])('%s', async (query) => {
    const before = await payload.find({ collection: 'customers', limit: 0, sort: 'id' })
    expect(before.totalDocs).toBeGreaterThan(0)
    for (const answer of [
      await admin.patch(`/customers?${query}`, { company: 'Changed' }),
      await admin.del(`/customers?${query}`),
    ]) {
      expect(answer.status, answer.text).toBe(400)
      expect(answer.json.code ?? answer.json.errors[0].data.code).toBe('invalid_request')
    }
    expect((await payload.find({ collection: 'customers', limit: 0, sort: 'id' })).docs).toEqual(before.docs)
  })
})

describe('a list of the admin, which it renders itself', () => {
  const dear = (count: number) =>
    Array.from({ length: count }, (_, n) => `where[or][${n}][consultant.name][like]=word${n}`).join('&')
  const find = async (path: string, user: User | null) => {
    const { findDearList } = await import('#server/find-dear-list')
    const headers: Record<string, string> = user ? { Authorization: `JWT ${await tokenFor(payload, user)}` } : {}
    const ask = () =>
      new Request(`http://localhost:3000${path}`, { headers: { ...headers, 'X-Forwarded-For': '203.0.113.7' } })
    return findDearList(payload, { url: path, ask })
  }

  test('is refused before its page where it costs more than whoever looks may cause', async () => {
    const staff = await createUser(payload, ['operations'])
    const expert = (await createConsultant(payload)).user
    const list = '/admin/collections/scheduled-sessions'
    expect(await find(`${list}?${dear(100)}`, staff)).toMatch(/^The query would cost \d+, and may cost 10000/)
    expect(await find(`${list}?${dear(100).replaceAll('[', '%5B')}`, staff)).toMatch(/may cost 10000/)
    expect(await find(`${list}/trash?${dear(100)}`, staff)).toMatch(/may cost 10000/)
    expect(await find(`${list}?${dear(20)}`, staff)).toBeUndefined()
    expect(await find(`${list}?${dear(20)}`, expert)).toMatch(/may cost 2000/)
    const words = Array.from({ length: 600 }, () => 'word').join('+')
    expect(await find(`${list}?search=${words}`, staff)).toMatch(/may cost 10000/)
    // Who is nobody is led to the login; what is no list reads none.
    expect(await find(`${list}?${dear(100)}`, null)).toBeUndefined()
    for (const path of [
      `${list}/create`,
      '/admin/collections/nothing',
      '/admin/collections/toString',
      '/admin/money',
    ]) {
      expect(await find(`${path}?${dear(100)}`, staff), path).toBeUndefined()
    }
  })

  test('is empty in a drawer, and a page everywhere', async () => {
    const user = await createUser(payload, ['operations'])
    const or = Array.from({ length: 100 }, (_, n) => ({ 'consultant.name': { like: `word${n}` } }))
    const list = { collection: 'scheduled-sessions', overrideAccess: false, includeLockStatus: true, user } as const
    await expect(payload.find({ ...list, where: { or } })).rejects.toMatchObject({ name: 'QueryError' })
    expect((await payload.find({ ...list, limit: 100_000 })).limit).toBe(maxPageSize)
    expect((await payload.find({ ...list, limit: 25, where: { or: or.slice(0, 5) } })).limit).toBe(25)
  })
})

describe('what is not there is not found', () => {
  test.each([
    '/payload-migrations',
    '/service-types/versions',
    '/service-types/versions/019386b0-0000-7000-8000-000000000000',
    '/globals/booking-settings/versions',
    '/media/file/x.png?prefix=..',
  ])('%s', async (path) => {
    for (const client of [anyone, admin]) {
      const { status, text, json } = await client.get(path)
      expect(status, text).toBe(404)
      expect(json.code).toBe('not_found')
      expect(text).not.toContain('localhost')
    }
  })
})

describe('GraphQL', () => {
  test('refuses fragments that lead back to themselves', async () => {
    for (const query of [
      'query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'query { ...A } fragment A on Query { ...A }',
    ]) {
      const { status, json } = await anyone.graphql(query)
      expect(status).toBe(400)
      expect(json.errors[0].message).toContain('within itself')
    }
    const twice =
      'query { ...A ...A } fragment A on Query { ServiceTypes { ...B } } fragment B on ServiceTypes { totalDocs }'
    expect((await anyone.graphql(twice)).json.errors).toBeUndefined()
  })

  test('says of nobody but staff and consultants that they may use the admin', async () => {
    const asked = '{ Access { canAccessAdmin } }'
    const customer = await anyone.as(await createUser(payload, ['customer']))
    const answers = await Promise.all([anyone, customer, admin].map((client) => client.graphql(asked)))
    expect(answers.map(({ json }) => json.data?.Access.canAccessAdmin)).toEqual([false, false, true])
  })
})
