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
  ;({ payload } = await openTestPayload({ RATE_LIMIT_FACTOR: '0' }))
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
