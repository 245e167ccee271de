import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ScheduledSession, ServiceType, User } from '#payload-types'
import { createConsultant, createCustomer, createServiceType, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let api: RestClient
let consultant: { profile: ConsultantProfile; user: User }
let customer: { customer: Customer; user: User }
let sides: Record<'customer' | 'consultant', RestClient>
let hour = 0

beforeAll(async () => {
  ;({ payload } = await openTestPayload((await openStripeSandbox()).env))
  api = await createRestClient(payload)
  consultant = await createConsultant(payload)
  customer = await createCustomer(payload)
  sides = { customer: await api.as(customer.user), consultant: await api.as(consultant.user) }
})

const book = async (serviceType: ServiceType): Promise<ScheduledSession> => {
  const { name, email } = customer.customer
  const answer = await sides.customer.post('/booking/sessions', {
    consultant: consultant.profile.slug,
    serviceType: serviceType.slug,
    start: iso(hourIn(6, hour++)),
    customer: { name, email, timeZone: 'UTC' },
  })
  expect(answer.status, answer.text).toBe(201)
  const where = { reference: { equals: answer.json.session.reference } }
  const { docs } = await payload.find({ collection: 'scheduled-sessions', where, depth: 0 })
  const [session] = docs
  if (!session?.meeting?.joinUrl) throw new Error('The session has no room.')
  return session
}

/** Whether that side finds the room in what each API tells it of the session. */
const seesRoom = async (side: RestClient, session: ScheduledSession) => {
  const { id, reference } = session
  const link = session.meeting?.joinUrl ?? ''
  const query = `{ ScheduledSession(id: "${id}") { status meeting { joinUrl meetingId } } }`
  const booking = await side.get(`/booking/sessions/${reference}`)
  const rest = await side.get(`/scheduled-sessions/${id}`)
  const list = await side.get(`/scheduled-sessions?where[id][equals]=${id}`)
  const graphql = await side.graphql(query)
  expect(rest.json.id, rest.text).toBe(id)
  expect(list.json.docs).toHaveLength(1)
  expect(graphql.json.data?.ScheduledSession?.status, graphql.text).toBe(session.status)
  return {
    booking: booking.json.session.meeting !== null,
    rest: rest.text.includes(link),
    list: list.text.includes(link),
    graphql: graphql.text.includes(link),
  }
}

const everywhere = (isSeen: boolean) => ({ booking: isSeen, rest: isSeen, list: isSeen, graphql: isSeen })

describe('the link to the room', () => {
  it('is the customer’s once the session is certain, and through every API alike', async () => {
    const free = await createServiceType(payload, [consultant.profile])
    const session = await book(free)
    expect(session.status).toBe('scheduled')
    expect(await seesRoom(sides.customer, session)).toEqual(everywhere(true))
    await sides.customer.post(`/booking/sessions/${session.reference}/cancel`)
    expect(await seesRoom(sides.customer, { ...session, status: 'cancelled_by_user' })).toEqual(everywhere(false))
  })

  it.each([
    ['has not paid', false, 'pending_payment'],
    ['waits for a yes', true, 'pending_confirmation'],
  ] as const)('is not shown to a customer who %s', async (_what, requiresConfirmation, status) => {
    const paid = await createServiceType(payload, [consultant.profile], {
      isFree: false,
      requiresConfirmation,
      prices: [{ durationMinutes: 30, amount: 5_000, currency: 'GBP' }],
    })
    const session = await book(paid)
    expect(session.status).toBe(status)
    expect(await seesRoom(sides.customer, session)).toEqual(everywhere(false))
    // Whose room it is sees it all the same, where records are edited.
    expect(await seesRoom(sides.consultant, session)).toEqual({ ...everywhere(true), booking: false })
  })

  it('cannot be found out by a filter or an order either', async () => {
    const paid = await createServiceType(payload, [consultant.profile], {
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 5_000, currency: 'GBP' }],
    })
    const session = await book(paid)
    const link = encodeURIComponent(session.meeting?.joinUrl ?? '')
    const found = await sides.customer.get(`/scheduled-sessions?where[meeting.joinUrl][equals]=${link}`)
    expect(found.json.docs ?? []).toEqual([])
  })
})
