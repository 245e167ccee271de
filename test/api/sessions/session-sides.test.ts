import type { Payload } from 'payload'
import { beforeAll, expect, it } from 'vitest'
import type { ConsultantProfile, ScheduledSession, User } from '#payload-types'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let api: RestClient
let ada: { profile: ConsultantProfile; user: User }
let hour = 0

beforeAll(async () => {
  payload = (await openTestPayload((await openStripeSandbox()).env)).payload
  api = await createRestClient(payload)
  ada = await createConsultant(payload)
})

const book = async (serviceType: string | null | undefined, email: string): Promise<ScheduledSession> => {
  const answer = await api.post('/booking/sessions', {
    consultant: ada.profile.slug,
    serviceType,
    start: iso(hourIn(6, hour++)),
    customer: guest({ email }),
  })
  expect(answer.status, answer.text).toBe(201)
  const { docs } = await payload.find({
    collection: 'scheduled-sessions',
    where: { reference: { equals: answer.json.session.reference } },
    depth: 0,
  })
  const [session] = docs
  if (!session) throw new Error('The session was not stored.')
  return session
}

const codeOf = (answer: { json: { errors: { data?: { code?: string } }[] } }) => answer.json.errors[0]?.data?.code

it('takes a consultant who has booked somebody else for the customer that they are', async () => {
  const free = await createServiceType(payload, [ada.profile])
  const both = await createUser(payload, ['consultant', 'customer'])
  await createProfileOf(both)
  const { id } = await book(free.slug, both.email)
  const client = await api.as(both)
  const url = `/scheduled-sessions/${id}`

  // As the consultant's cancellation it would be paid back in full.
  const refused = await client.patch(url, { status: 'cancelled_by_consultant' })
  expect(refused.status).toBe(409)
  expect(codeOf(refused)).toBe('illegal_transition')
  expect(refused.json.errors[0].message).toContain('(customer)')
  const cancelled = await client.patch(url, { status: 'cancelled_by_user' })
  expect(cancelled.status, cancelled.text).toBe(200)
})

it('lets nobody confirm a session in the admin whose payment is still open', async () => {
  const paid = await createServiceType(payload, [ada.profile], {
    isFree: false,
    requiresConfirmation: true,
    prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
  })
  const session = await book(paid.slug, guest().email)
  expect(session.status).toBe('pending_confirmation')
  for (const user of [ada.user, await createUser(payload, ['operations'])]) {
    const client = await api.as(user)
    const byForm = await client.patch(`/scheduled-sessions/${session.id}`, { status: 'scheduled' })
    expect(codeOf(byForm)).toBe('illegal_transition')
    expect(byForm.json.errors[0].message).toBe('The customer has not authorised the payment yet.')
    const byCommand = await client.post(`/booking/sessions/${session.reference}/confirm`)
    expect(byCommand.json).toMatchObject({
      code: 'illegal_transition',
      detail: 'The customer has not authorised the payment yet.',
    })
  }
})

const createProfileOf = (user: User) =>
  payload.create({
    collection: 'consultant-profiles',
    data: {
      user: user.id,
      name: 'Both',
      slug: `both-${user.id}`,
      email: user.email,
      availability: { timeZone: 'UTC' },
      _status: 'published',
    },
    draft: false,
  })
