import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AccessWorld, buildAccessWorld } from '../../support/access-world'
import { createConsultant, createUser } from '../../support/fixtures'
import { recordEvents, type Recorder } from '../../support/follow-events'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let world: AccessWorld
let customer: RestClient
let operations: RestClient
let events: Recorder

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  world = await buildAccessWorld(payload)
  const api = await createRestClient(payload)
  customer = await api.as(world.users.customer)
  operations = await api.as(await createUser(payload, ['operations']))
  events = await recordEvents(opened)
})

const review = async (more: object = {}) => {
  const { id: scheduledSession } = await world.make('scheduled-sessions', 'A')
  const made = await customer.post('/reviews', { scheduledSession, rating: 4, ...more })
  expect(made.status, made.text).toBe(201)
  const id: string = made.json.doc.id
  return { id, scheduledSession, change: (data: object) => operations.patch(`/reviews/${id}?select[id]=true`, data) }
}

describe('a review', () => {
  it('is created, and published with it; a second one of the session is neither', async () => {
    const { id, scheduledSession } = await review()
    const before = (await events.all()).length
    expect(await events.take(id)).toEqual(['review.created', 'review.published'])
    expect((await customer.post('/reviews', { scheduledSession, rating: 4 })).status).toBe(400)
    expect((await events.all()).length).toBe(before)
  })

  it('is published when it comes to be shown, each time it does', async () => {
    const { id, change } = await review({ isPublic: false })
    expect(await events.take(id)).toEqual(['review.created'])
    expect((await change({ isPublic: true })).status).toBe(200)
    expect(await events.take(id)).toEqual(['review.published'])
    expect((await change({ moderation: { status: 'rejected' } })).status).toBe(200)
    expect((await change({ moderation: { reason: 'Rude' } })).status).toBe(200)
    expect(await events.take(id)).toEqual([])
    expect((await change({ moderation: { status: 'approved' } })).status).toBe(200)
    expect((await change({ consultantResponse: 'Thank you' })).status).toBe(200)
    expect(await events.take(id)).toEqual(['review.published'])
  })
})

describe('a consultant', () => {
  it('is published and unpublished: by state, by being hidden, and with the profile', async () => {
    const { profile } = await createConsultant(payload, { _status: 'draft' })
    const { id } = profile
    const path = `/consultant-profiles/${id}`
    expect(await events.take(id)).toEqual([])
    const steps: [object, string[]][] = [
      [{ _status: 'published' }, ['consultant.published']],
      [{ headline: 'Coach', _status: 'published' }, []],
      [{ isPublic: false, _status: 'published' }, ['consultant.unpublished']],
      [{ isPublic: true, _status: 'published' }, ['consultant.published']],
      [{ _status: 'draft' }, ['consultant.unpublished']],
      [{ _status: 'published' }, ['consultant.published']],
    ]
    for (const [data, announced] of steps) {
      const done = await operations.patch(path, data)
      expect(done.status, done.text).toBe(200)
      expect(await events.take(id), JSON.stringify(data)).toEqual(announced)
    }
    // A draft beside the published profile says only what may be.
    expect((await operations.patch(`${path}?draft=true`, { isPublic: false, _status: 'draft' })).status).toBe(200)
    expect(await events.take(id)).toEqual([])
    expect((await operations.patch(path, { isPublic: true, _status: 'published' })).status).toBe(200)
    expect(await events.take(id)).toEqual([])
    expect((await operations.del(path)).status).toBe(200)
    expect(await events.take(id)).toEqual(['consultant.unpublished'])
  })

  it('that is made published is announced at once', async () => {
    const { profile } = await createConsultant(payload)
    expect(await events.take(profile.id)).toEqual(['consultant.published'])
  })
})
