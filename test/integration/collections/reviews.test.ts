import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AccessWorld, buildAccessWorld } from '../../support/access-world'
import { createUser } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let world: AccessWorld
let customer: RestClient
let consultant: RestClient
let operations: RestClient

beforeAll(async () => {
  payload = await getTestPayload()
  world = await buildAccessWorld(payload)
  const api = await createRestClient(payload)
  customer = await api.as(world.users.customer)
  consultant = await api.as(world.users.consultant)
  operations = await api.as(await createUser(payload, ['operations']))
  await payload.db.updateOne({
    collection: 'customers',
    id: world.pairs.A.customer,
    data: { name: 'Grace Brewster Hopper' },
    returning: false,
  })
})

const completedSession = async (owner: 'A' | 'B' = 'A') => (await world.make('scheduled-sessions', owner)).id

const write = async (rating: number, more: Record<string, unknown> = {}) =>
  customer.post('/reviews', { scheduledSession: await completedSession(), rating, ...more })

const statistics = async () => {
  const { docs } = await payload.find({
    collection: 'consultant-profiles',
    where: { id: { equals: world.pairs.A.profile } },
  })
  return docs[0]?.statistics
}

test('a review says who wrote it and about whom, whatever was sent', async () => {
  const { status, json, text } = await write(5, {
    consultant: world.pairs.B.profile,
    customer: world.pairs.B.customer,
    authorName: 'Somebody Famous',
    isVerifiedBooking: false,
    moderation: { status: 'approved', reason: 'because' },
    consultantResponse: 'Thank you, me',
  })
  expect(status, text).toBe(201)
  const review = await payload.findByID({ collection: 'reviews', id: json.doc.id, depth: 0 })
  expect(review).toMatchObject({
    consultant: world.pairs.A.profile,
    customer: world.pairs.A.customer,
    authorName: 'Grace H.',
    isVerifiedBooking: true,
  })
  expect(review.consultantResponse).toBeFalsy()
  expect(review.moderation?.reason).toBeFalsy()
})

describe('is refused', () => {
  test('for the session of somebody else, as if it did not exist', async () => {
    const foreign = await customer.post('/reviews', { scheduledSession: await completedSession('B'), rating: 1 })
    expect(foreign.status).toBe(404)
    const none = await customer.post('/reviews', {
      scheduledSession: '01a1fd0a-0000-7000-8000-000000000000',
      rating: 1,
    })
    expect(none.status).toBe(404)
    expect(none.json).toEqual(foreign.json)
  })

  test('before the session was completed', async () => {
    const session = await completedSession()
    await payload.db.updateOne({
      collection: 'scheduled-sessions',
      id: session,
      data: { status: 'scheduled' },
      returning: false,
    })
    const answer = await customer.post('/reviews', { scheduledSession: session, rating: 5 })
    expect(answer.status).toBe(409)
    expect(answer.json.errors[0].data.code).toBe('illegal_transition')
  })

  test('a second time', async () => {
    const session = await completedSession()
    const both = await Promise.all(
      [1, 5].map((rating) => customer.post('/reviews', { scheduledSession: session, rating })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([201, 400])
  })

  test.each([0, 6, 4.5])('with %s stars', async (rating) => {
    expect((await write(rating)).status).toBe(400)
  })
})

test('the rating of the consultant follows what is shown', async () => {
  const before = await statistics()
  const { json } = await write(1)
  const { id } = json.doc
  const counted = await statistics()
  expect(counted?.reviewCount).toBe((before?.reviewCount ?? 0) + 1)

  await operations.patch(`/reviews/${id}`, { moderation: { status: 'rejected', reason: 'insults' } })
  expect((await statistics())?.reviewCount).toBe(before?.reviewCount)
  await operations.patch(`/reviews/${id}`, { moderation: { status: 'approved' } })
  expect((await statistics())?.averageRating).toBe(counted?.averageRating)
  await customer.patch(`/reviews/${id}`, { isPublic: false })
  expect((await statistics())?.reviewCount).toBe(before?.reviewCount)
  await customer.patch(`/reviews/${id}`, { isPublic: true })
  await operations.del(`/reviews/${id}`)
  expect((await statistics())?.reviewCount).toBe(before?.reviewCount)
})

test('the consultant answers, and changes nothing of what was said', async () => {
  const { json } = await write(2, { reviewText: 'Late and short.' })
  const answer = await consultant.patch(`/reviews/${json.doc.id}`, {
    consultantResponse: 'I am sorry.',
    rating: 5,
    reviewText: 'Great!',
    isPublic: false,
  })
  expect(answer.status, answer.text).toBe(200)
  const review = await payload.findByID({ collection: 'reviews', id: json.doc.id })
  expect(review).toMatchObject({
    rating: 2,
    reviewText: 'Late and short.',
    isPublic: true,
    consultantResponse: 'I am sorry.',
  })
  expect(review.respondedAt).toBeTruthy()
  const moderation = { status: 'rejected', reason: 'Names a third person.' }
  await operations.patch(`/reviews/${json.doc.id}`, { moderation })
  expect(await payload.findByID({ collection: 'reviews', id: json.doc.id })).toMatchObject({
    moderation: { ...moderation, at: expect.any(String) },
  })
})
