import ICAL from 'ical.js'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { tokenFor } from '../../support/token-for'

let payload: Payload
let api: RestClient
let consultant: { profile: ConsultantProfile; user: User }
let other: { profile: ConsultantProfile; user: User }
let serviceType: ServiceType
let hour = 0

beforeAll(async () => {
  payload = await getTestPayload()
  api = await createRestClient(payload)
  consultant = await createConsultant(payload)
  other = await createConsultant(payload)
  serviceType = await createServiceType(payload, [consultant.profile, other.profile])
})

const login = async (user: User) => ({ Authorization: `JWT ${await tokenFor(payload, user)}` })

const book = async (profile = consultant.profile) => {
  const answer = await api.post('/booking/sessions', {
    consultant: profile.slug,
    serviceType: serviceType.slug,
    start: iso(hourIn(4, hour++)),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
  const url = `/booking/sessions/${answer.json.session.reference}`
  const auth = { Authorization: `Bearer ${answer.json.manageToken}` }
  return { reference: String(answer.json.session.reference), cancel: () => api.post(`${url}/cancel`, {}, auth) }
}

const rotate = async (user: User, body: object = {}) => {
  const answer = await api.post('/calendar/feed/rotate', body, await login(user))
  expect(answer.status, answer.text).toBe(200)
  return new URL(answer.json.url).pathname.replace('/api', '')
}

const entriesOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((entry) => ({
    reference: String(entry.getFirstPropertyValue('description')),
    status: String(entry.getFirstPropertyValue('status')),
    sequence: Number(entry.getFirstPropertyValue('sequence')),
  }))

describe('the calendar feed of a consultant', () => {
  it('has the sessions of that consultant alone, and says when they are called off', async () => {
    const [kept, cancelled, foreign] = [await book(), await book(), await book(other.profile)]
    await cancelled.cancel()
    const path = await rotate(consultant.user)
    const { status, text, headers } = await api.get(path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH')
    expect(entriesOf(text)).toEqual(
      expect.arrayContaining([
        { reference: kept.reference, status: 'CONFIRMED', sequence: 0 },
        { reference: cancelled.reference, status: 'CANCELLED', sequence: 1 },
      ]),
    )
    expect(text).not.toContain(foreign.reference)
    expect(text).toContain('REFRESH-INTERVAL')
    expect(text).toContain('PT15M')
  })

  it('answers 304 until something changes', async () => {
    const path = await rotate(consultant.user)
    const first = await api.get(path)
    const etag = first.headers.get('etag') ?? ''
    expect((await api.get(path)).text).toBe(first.text)
    const again = await api.get(path, { 'If-None-Match': `W/${etag}` })
    expect([again.status, again.text]).toEqual([304, ''])
    await book()
    const changed = await api.get(path, { 'If-None-Match': etag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })

  it('moves to a new address, and the old one opens nothing', async () => {
    const before = await rotate(consultant.user)
    const after = await rotate(consultant.user)
    expect((await api.get(after)).status).toBe(200)
    expect((await api.get(before)).json).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('keeps its address only as a hash', async () => {
    const path = await rotate(consultant.user)
    const token = path.split('/').at(-1)?.replace('.ics', '') ?? ''
    const profile = await payload.findByID({
      collection: 'consultant-profiles',
      id: consultant.profile.id,
      showHiddenFields: true,
    })
    expect(token).toHaveLength(43)
    expect(JSON.stringify(profile)).not.toContain(token)
  })

  it('is closed while the login is deactivated', async () => {
    const gone = await createConsultant(payload)
    const path = await rotate(gone.user)
    await payload.update({ collection: 'users', id: gone.user.id, data: { isActive: false } })
    expect((await api.get(path)).json).toMatchObject({ code: 'not_found' })
  })

  it('is handed out to its consultant and to staff who name one', async () => {
    const operations = await createUser(payload, ['operations'])
    const customer = await createUser(payload, ['customer'])
    const ask = async (body: object, user?: User) =>
      (await api.post('/calendar/feed/rotate', body, user ? await login(user) : {})).json
    const { slug } = other.profile
    expect(await ask({ consultant: slug }, operations)).toHaveProperty('url')
    expect(await ask({}, operations)).toMatchObject({ code: 'invalid_request', errors: [{ path: 'consultant' }] })
    expect(await ask({ consultant: slug }, consultant.user)).toMatchObject({ code: 'not_found' })
    expect(await ask({}, customer)).toMatchObject({ code: 'forbidden' })
    expect(await ask({})).toMatchObject({ code: 'unauthenticated' })
  })
})
