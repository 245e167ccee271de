import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import { createConsultant, createCustomer, createUser } from '../support/fixtures'
import { openTestPayload } from '../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../support/rest-client'

let payload: Payload
let anyone: RestClient
let admin: RestClient
let profile: string
let customer: string

beforeAll(async () => {
  ;({ payload } = await openTestPayload({ RATE_LIMIT_FACTOR: '0' }))
  anyone = await createRestClient(payload)
  admin = await anyone.as(await createUser(payload, ['admin']))
  profile = (await createConsultant(payload)).profile.id
  customer = (await createCustomer(payload)).customer.id
}, 240_000)

const expectRefused = ({ status, text, json, headers }: RestAnswer, expected: number, code: string): void => {
  expect({ status, type: headers.get('content-type') }, text).toEqual({
    status: expected,
    type: 'application/problem+json',
  })
  expect(json.code).toBe(code)
}

/** Refused for the kind of one value, with its path. */
const expectKind = ({ status, text, json }: RestAnswer, path: string, message = 'must be'): void => {
  expect(status, text).toBe(400)
  expect(json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
  expect(json.errors[0].data.errors[0].message).toContain(message)
}

const form = 'multipart/form-data; boundary=x'

/** What `fuzz.test.ts` has found once, each of its kind, and how it is answered since. */
describe('bodies that nobody can read', () => {
  test.each<[string, string, string]>([
    ['a form without a boundary', 'multipart/form-data', 'x'],
    ['a form that is none', form, '{}'],
    [
      'a form whose fields are no JSON',
      form,
      '--x\r\nContent-Disposition: form-data; name="_payload"\r\n\r\nyH\r\n--x--\r\n',
    ],
    [
      'a form with another kind of file',
      form,
      '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n{"a":1}\r\n--x--\r\n',
    ],
    ['no JSON', 'application/json', '{"a":'],
    ['a list', 'application/json', '[]'],
    ['nothing that is a record', 'application/json', 'null'],
    ['a number', 'application/json', '7'],
    ['fields of a plain form', 'application/x-www-form-urlencoded', '_payload={}'],
    ['a kind that nobody knows', 'é/;;', '{"location":"x"}'],
  ])('%s', async (_what, type, body) => {
    for (const path of [`/consultant-profiles/${profile}`, `/consultant-profiles?where[id][equals]=${profile}`]) {
      const before = await payload.findByID({ collection: 'consultant-profiles', id: profile })
      expectRefused(await admin.patch(path, body, { 'Content-Type': type }), 400, 'invalid_request')
      expect(await payload.findByID({ collection: 'consultant-profiles', id: profile })).toEqual(before)
    }
  })

  test('rows that are no list', async () => {
    for (const body of [
      { availability: { unavailableDates: 'x' } },
      { availability: { breakTimes: '0000-00-00' } },
      { availability: { breakTimes: { a: 1 } } },
    ]) {
      const { status, json } = await admin.patch(`/consultant-profiles/${profile}`, body)
      expect(status).toBe(400)
      expect(json.errors[0].data.errors[0].message).toBe('must be a list')
    }
    expect((await admin.patch(`/consultant-profiles/${profile}`, { availability: { breakTimes: 0 } })).status).toBe(200)
  })

  test.each<[path: string, body: object]>([
    ...[{}, [], true, 5, [null]].flatMap((value): [string, object][] => [
      ['phone', { phone: value }],
      ['timeZone', { timeZone: value }],
      ['address.country', { address: { country: value } }],
      ['name', { name: value }],
    ]),
    ['profileImage', { profileImage: true }],
    ['address', { address: [] }],
    ['address', { address: 'x' }],
  ])('%s of another kind: %j', async (path, body) => {
    expectKind(await admin.patch(`/customers/${customer}`, body), path)
  })

  test.each<[path: string, body: object]>([
    ['availability.timeZone', { availability: { timeZone: {} } }],
    ['headline', { headline: { a: 'x' } }],
    ...['specialties', 'languages', 'certifications'].map((name): [string, object] => [
      `${name}.0`,
      { [name]: [null] },
    ]),
    ...['consulting', 'availability', 'statistics'].flatMap((name): [string, object][] =>
      [[], 5, 'x'].map((value) => [name, { [name]: value }]),
    ),
    ...[[null], [5], ['x']].map((children): [string, object] => [
      'bio.root.children.0',
      { bio: { root: { type: 'root', children } } },
    ]),
    ['bio.root.children.0.children.0', { bio: { root: { children: [{ type: 'paragraph', children: [null] }] } } }],
    ['bio.root.children.0', { bio: JSON.stringify({ root: { children: [null] } }) }],
  ])('%s of another kind in a profile: %j', async (path, body) => {
    expectKind(await admin.patch(`/consultant-profiles/${profile}`, body), path)
  })

  test('of a block, a login and the settings too', async () => {
    for (const status of [{}, [], true, 5, [null]]) {
      const block = { consultant: profile, startsAt: '2030-01-01T10:00:00Z', endsAt: '2030-01-01T11:00:00Z', status }
      expectKind(await admin.post('/availability-slots', block), 'status')
    }
    for (const email of [{ a: 1 }, [null], -1]) expectKind(await admin.post('/users', { email, name: 'Ada' }), 'email')
    for (const bounds of [[], 5, 'x']) expectKind(await admin.post('/globals/booking-settings', { bounds }), 'bounds')
    expectKind(await admin.post('/globals/booking-settings', '{"holdMinutes":1e400}'), 'holdMinutes')
  })

  test('a group that is nothing is left out', async () => {
    const before = await payload.findByID({ collection: 'consultant-profiles', id: profile, depth: 0 })
    for (const name of ['consulting', 'availability', 'statistics'] as const) {
      const { status, text } = await admin.patch(`/consultant-profiles/${profile}`, { [name]: null })
      expect(status, text).toBe(200)
      const { [name]: group } = await payload.findByID({ collection: 'consultant-profiles', id: profile, depth: 0 })
      expect(group).toEqual(before[name])
    }
    expect((await admin.post('/globals/booking-settings', { bounds: null })).status).toBe(200)
  })

  test('what is read is of the kinds that are written, and names that JavaScript knows are no fields', async () => {
    for (const path of [`/consultant-profiles/${profile}`, `/customers/${customer}`, '/globals/booking-settings']) {
      const write = path.startsWith('/globals') ? admin.post : admin.patch
      for (const depth of [0, 1]) {
        const { json } = await admin.get(`${path}?depth=${depth}`)
        const { status, text } = await write(path, json)
        expect(status, text).toBe(200)
      }
      for (const body of ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":1},"toString":5}']) {
        expect((await write(path, body)).status).toBe(200)
      }
    }
  })

  test('text in which nothing can be seen', async () => {
    for (const name of ['\u3164', '\u2800\u2800', '\u115F']) {
      expectKind(await admin.patch(`/customers/${customer}`, { name }), 'name', 'can be seen')
    }
  })

  test('a picture that is empty, or to be fetched from somewhere', async () => {
    const fields = (data: object) =>
      `--x\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n${JSON.stringify(data)}\r\n`
    const empty =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\r\n--x--\r\n'
    const elsewhere = { alt: 'x', url: 'http://127.0.0.1:9/x.png', filename: 'x.png' }
    expectKind(await admin.post('/media', fields({ alt: 'x' }) + empty, { 'Content-Type': form }), 'file', 'is empty')
    expectKind(await admin.post('/media', `${fields(elsewhere)}--x--\r\n`, { 'Content-Type': form }), 'file')
    expectKind(await admin.post('/media', elsewhere), 'file')
  })

  test('a form of our own that is none', async () => {
    const broken = '--x\r\nContent-Disposition: form-data; name="_payload"\r\n\r\nq\r\n--x--\r\n'
    for (const path of ['/users', '/users/forgot-password']) {
      expectRefused(await anyone.post(path, broken, { 'Content-Type': form }), 400, 'invalid_request')
    }
  })

  test('a file without fields lacks what a picture needs', async () => {
    const file =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nx\r\n--x--\r\n'
    const { status, text } = await admin.post('/media', file, { 'Content-Type': form })
    expect(status, text).toBe(400)
  })

  test('also where nobody may do it, and in GraphQL', async () => {
    expectRefused(
      await anyone.post('/reconciliation-findings/access/x', '{}', { 'Content-Type': form }),
      400,
      'invalid_request',
    )
    for (const body of ['sASw=n>i', '[]', '7', 'null']) {
      const { status, json } = await anyone.post('/graphql', body)
      expect(status, body).toBe(400)
      expect(json.errors).toHaveLength(1)
    }
  })
})

describe('questions that mean nothing', () => {
  test.each(['<script>', '1', '[]', 'null', '"x"'])('data=%s', async (data) => {
    for (const path of ['/consultant-profiles', `/consultant-profiles/${profile}`, '/globals/booking-settings']) {
      expectRefused(await admin.get(`${path}?data=${encodeURIComponent(data)}`), 400, 'invalid_request')
    }
  })

  test.each(['document][greater_than', 'document][like', 'user][contains', 'user][near'])(
    'where[%s] of a relation to several collections',
    async (path) => {
      const { status, json } = await admin.get(`/payload-locked-documents?where[${path}]=x`)
      expect(status).toBe(400)
      expect(json.errors[0].data.errors[0].message).toContain('cannot be asked for')
    },
  )

  test.each([
    'subscription { x }',
    'query ($x: Boolean!) { __typename @skip(if: $x) }',
    'query ($x: Boolean) { __typename @include(if: $x) }',
    '{ __typename @skip(if: $x) }',
    '{ __typename @skip }',
    '{ __typename @include(if: "x") }',
    '{ ...A } fragment A on Query { __typename @skip(if: $x) }',
  ])('%s', async (query) => {
    const { status, json } = await anyone.graphql(query)
    expect(status).toBe(400)
    expect(json.errors).toHaveLength(1)
    expect(json.errors[0].extensions.data.code).toBe('invalid_request')
  })

  test('and what is decided is answered', async () => {
    const query =
      'query ($x: Boolean!, $y: Boolean = true) { a: __typename @skip(if: $x) b: __typename @include(if: $y) }'
    expect((await anyone.graphql(query, { x: true })).json).toEqual({ data: { b: 'Query' } })
  })
})

describe('addresses with nothing behind them', () => {
  test.each([
    ['GET', '/consultant-profiles/x/y/z'],
    ['GET', '/refunds/file/x.png'],
    ['GET', '/globals/booking-settings/x'],
    ['GET', '/payments/invoices/.pdf'],
    ['PUT', '/meetings/019386b0-0000-7000-8000-000000000000'],
    ['POST', '/notifications/count'],
  ] as const)('%s %s', async (method, path) => {
    const { createApiHandler } = await import('#server/api-handler')
    const answer = await createApiHandler(payload)(new Request(`http://localhost:3000/api${path}`, { method }), 'an-id')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({ code: 'not_found', requestId: 'an-id' })
  })

  test('a preference that nobody has', async () => {
    expect((await admin.del('/payload-preferences/nosuch')).status).toBe(404)
    await admin.post('/payload-preferences/mine', { value: { a: 1 } })
    expect((await admin.del('/payload-preferences/mine')).status).toBe(200)
    expect((await admin.get('/payload-preferences/mine')).json.value).toBeNull()
  })
})

describe('a question in the body of a POST', () => {
  const asked = (type: string, body: string, headers: Record<string, string> = {}) =>
    anyone.post('/consultant-profiles', body, { 'Content-Type': type, 'X-HTTP-Method-Override': 'GET', ...headers })
  const plain = 'application/x-www-form-urlencoded'

  test('is answered as the GET that it stands for', async () => {
    const { status, json } = await asked(plain, `where[id][equals]=${profile}&limit=1`)
    expect(status).toBe(200)
    expect(json.docs.map(({ id }: { id: string }) => id)).toEqual([profile])
  })

  test('and refused as it is', async () => {
    expectRefused(await asked(plain, 'where=abc'), 400, 'invalid_request')
    expectRefused(await asked('application/json', '{"where":{}}'), 400, 'invalid_request')
    expect((await asked(plain, 'sort=user.hash')).status).toBe(400)
    // What it says of itself is what it is: nothing is made of it.
    expect((await payload.count({ collection: 'consultant-profiles' })).totalDocs).toBe(1)
  })
})

test('GraphQL says what one may do', async () => {
  const query = `{
    docAccessBookingSetting { read { permission } update { permission } fields { holdMinutes { read { permission } } } }
    docAccessConsultantProfile(id: "${profile}") { read { permission } update { permission where } fields { name { update { permission } } } }
    Access { canAccessAdmin consultant_profiles { read { permission } delete { permission } } }
  }`
  const { json } = await admin.graphql(query)
  expect(json.errors).toBeUndefined()
  const allowed = { permission: true }
  expect(json.data).toEqual({
    docAccessBookingSetting: { read: allowed, update: allowed, fields: { holdMinutes: { read: allowed } } },
    docAccessConsultantProfile: {
      read: allowed,
      update: { ...allowed, where: null },
      fields: { name: { update: allowed } },
    },
    Access: { canAccessAdmin: true, consultant_profiles: { read: allowed, delete: allowed } },
  })
  const nobody = (await anyone.graphql(query)).json
  expect(nobody.errors).toBeUndefined()
  expect(nobody.data.docAccessBookingSetting.update).toBeNull()
  expect(nobody.data.docAccessConsultantProfile).toMatchObject({ read: allowed, update: null })
  expect(nobody.data.Access.canAccessAdmin).toBe(false)
})
