import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { cleanUpLater } from '../../support/clean-up'
import { createConsultant, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { tokenFor } from '../../support/token-for'

let payload: Payload
let base: string
let staff: User
let profile: ConsultantProfile
let service: ServiceType

beforeAll(async () => {
  ;({ payload } = await openTestPayload({
    RATE_LIMIT_FACTOR: '0',
    SERVER_URL: 'https://parley.test',
    CORS_ORIGINS: 'https://front.example',
  }))
  const { createWebServer } = await import('#server/create-web-server')
  const server = await createWebServer({ port: 0, next: 'none' })
  cleanUpLater(() => server.close())
  base = `http://127.0.0.1:${server.port}/api`
  staff = await createUser(payload, ['admin'])
  ;({ profile } = await createConsultant(payload))
  service = await createServiceType(payload, [profile])
})

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(base + path, { headers, redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

const byStaff = async () => ({ Authorization: `JWT ${await tokenFor(payload, staff)}` })

const ofAll = 'public, max-age=0, s-maxage=30, stale-while-revalidate=30'
const ofTimes = 'public, max-age=0, s-maxage=3, stale-while-revalidate=5'
const ofOne = 'private, no-store'

/** By what an answer differs, for caches; and that browsers come back by TLS alone, to this host and no other. */
const expectKeptApart = (what: string, { headers }: { headers: Headers }) => {
  const names = (headers.get('vary') ?? '').split(', ')
  const wanted = headers.get('cache-control')?.startsWith('public, max-age=300')
    ? ['Origin']
    : ['Authorization', 'Cookie', 'Origin']
  expect([what, names]).toEqual([what, expect.arrayContaining(wanted)])
  expect([what, headers.get('strict-transport-security')]).toEqual([what, 'max-age=31536000'])
}

/** What caches may keep; every other answer is one caller's own. */
const shared: Record<string, string> = {
  listConsultants: ofAll,
  getConsultant: ofAll,
  listServiceTypes: ofAll,
  listAttributes: ofAll,
  listSlots: ofTimes,
}

const slotsPath = () => {
  const day = iso(hourIn(9)).slice(0, 10)
  return `/booking/slots?consultant=${profile.slug}&serviceType=${service.slug}&start=${day}&end=${day}`
}

describe('whether caches may keep an answer', () => {
  it('is decided for each operation that reads, and no login is ever answered out of one', async () => {
    const { operationsOf } = await import('#endpoints/support/operations-of')
    const reads = operationsOf(payload.config).filter(({ method }) => method === 'get')
    expect(
      reads
        .filter(({ sharing }) => sharing)
        .map(({ operationId }) => operationId)
        .sort(),
    ).toEqual(Object.keys(shared).sort())
    for (const { path, operationId } of reads) {
      const route =
        operationId === 'listSlots' ? slotsPath() : path.replace(':slug', profile.slug ?? '').replace(/:\w+/g, 'none')
      const [open, known] = [await get(route), await get(route, await byStaff())]
      for (const answer of [open, known]) expectKeptApart(operationId, answer)
      const own = operationId === 'getOpenapi' ? 'public, max-age=300' : ofOne
      expect([operationId, open.headers.get('cache-control')]).toEqual([operationId, shared[operationId] ?? own])
      expect([operationId, known.headers.get('cache-control')]).toEqual([operationId, own])
    }
  })

  it('is no for everything that Payload answers', async () => {
    const headers = await byStaff()
    const slugs = [
      ...payload.config.collections,
      ...payload.config.globals.map(({ slug }) => ({ slug: `globals/${slug}` })),
    ]
    for (const { slug } of slugs) {
      for (const path of [`/${slug}`, `/${slug}/none`]) {
        for (const answer of [await get(path), await get(path, headers)]) {
          expect([path, answer.headers.get('cache-control')]).toEqual([path, ofOne])
          expectKeptApart(path, answer)
        }
      }
    }
    expect((await get('/users/me', headers)).headers.get('cache-control')).toBe(ofOne)
  })
})

describe('what everybody gets alike', () => {
  it('is not sent to whoever has it, until it changes', async () => {
    const path = `/booking/consultants/${profile.slug}`
    const first = await get(path)
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('vary')).toBe('Authorization, Cookie, Origin')
    const again = await get(path, { 'If-None-Match': `"other", ${etag}` })
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
    expect(again.headers.get('cache-control')).toBe(ofAll)
    await payload.update({ collection: 'consultant-profiles', id: profile.id, data: { headline: 'Another one' } })
    const changed = await get(path, { 'If-None-Match': etag })
    expect([changed.status, JSON.parse(changed.text)]).toMatchObject([200, { headline: 'Another one' }])
  })

  it('is the caller’s own with a login in a cookie, or with a hold', async () => {
    const cookie = { Cookie: `a=b; payload-token=${await tokenFor(payload, staff)}` }
    for (const answer of [await get('/booking/service-types', cookie), await get(`${slotsPath()}&holdToken=abc`)]) {
      expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([
        200,
        ofOne,
        null,
      ])
      expect(answer.headers.get('vary')).toBe('Authorization, Cookie, Origin')
    }
  })

  it('is not kept where it is a refusal', async () => {
    const { status, headers } = await get('/booking/consultants/nobody-of-that-name')
    expect([status, headers.get('cache-control')]).toEqual([404, ofOne])
  })
})

describe('pages of other origins', () => {
  const allow = /^access-control-/
  const corsOf = ({ headers }: { headers: Headers }) =>
    Object.fromEntries([...headers].filter(([name]) => allow.test(name)))
  const front = { Origin: 'https://front.example' }

  it.each([
    ['what is there', '/booking/service-types', 200],
    ['what is not', '/booking/consultants/nobody-of-that-name', 404],
    ['what nobody serves', '/nothing-here', 404],
    ['what Payload lists', '/service-types', 200],
    ['what Payload refuses', '/customers', 403],
  ])('that are listed read %s, and when to ask again', async (_, path, status) => {
    const answer = await get(path, front)
    expect(answer.status).toBe(status)
    expect(corsOf(answer)).toMatchObject({
      'access-control-allow-origin': front.Origin,
      'access-control-allow-credentials': 'true',
    })
    const exposed = answer.headers.get('access-control-expose-headers') ?? ''
    for (const name of ['X-Request-Id', 'Retry-After', 'Date', 'ETag']) expect(exposed).toContain(name)
    expect(answer.headers.get('vary')).toContain('Origin')
  })

  it('that are not listed are told nothing, and neither is the question before a request', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'https://front.example.evil.example',
      'http://front.example',
    ]) {
      for (const path of ['/booking/service-types', '/service-types', '/nothing-here']) {
        const answer = await get(path, { Origin: origin })
        expect([origin, path, corsOf(answer)]).toEqual([origin, path, {}])
        expect(answer.headers.get('vary')).toContain('Origin')
        const asked = await fetch(base + path, { method: 'OPTIONS', headers: { Origin: origin } })
        expect([asked.status, corsOf(asked)]).toEqual([204, {}])
      }
    }
  })

  it('ask once in two hours whether they may', async () => {
    const headers = {
      ...front,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'idempotency-key',
    }
    const asked = await fetch(`${base}/booking/sessions`, { method: 'OPTIONS', headers })
    expect(corsOf(asked)).toMatchObject({
      'access-control-allow-origin': front.Origin,
      'access-control-max-age': '7200',
      'access-control-allow-methods': expect.stringContaining('PATCH') as string,
      'access-control-allow-headers': expect.stringContaining('Idempotency-Key') as string,
    })
    expect(asked.headers.get('vary')).toContain('Access-Control-Request-Headers')
  })

  it('may change nothing, and are refused in an answer that is kept by nobody', async () => {
    const headers = { Origin: 'https://evil.example', 'Content-Type': 'application/json' }
    const answer = await fetch(`${base}/booking/holds`, { method: 'POST', headers, body: '{}' })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([403, ofOne])
    expectKeptApart('refused', answer)
  })
})
