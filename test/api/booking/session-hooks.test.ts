import type {
  CollectionAfterChangeHook,
  CollectionBeforeChangeHook,
  CollectionBeforeValidateHook,
  Payload,
} from 'payload'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ScheduledSession, ServiceType, User } from '#payload-types'
import { withWholeDocument } from '#hooks/shared/with-whole-document'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let staff: RestClient
let operations: User
let consultant: { profile: ConsultantProfile; user: User }
let customer: { customer: Customer; user: User }
let serviceType: ServiceType
let hour = 0

beforeAll(async () => {
  ;({ payload } = await openTestPayload({}))
  api = await createRestClient(payload)
  operations = await createUser(payload, ['operations'])
  staff = await api.as(operations)
  consultant = await createConsultant(payload)
  customer = await createCustomer(payload)
  serviceType = await createServiceType(payload, [consultant.profile])
})

type Seen = {
  when: string
  data: Partial<ScheduledSession>
  doc?: ScheduledSession
  previousDoc?: Partial<ScheduledSession>
}

let seen: Seen[] = []
let refuse = false

/** As somebody who extends the collection adds them: behind the product's own. */
const added = {
  beforeValidate: (({ data }) => {
    seen.push({ when: 'beforeValidate', data: { ...data } })
  }) as CollectionBeforeValidateHook<ScheduledSession>,
  beforeChange: (({ data }) => {
    seen.push({ when: 'beforeChange', data: { ...data } })
    if (refuse) throw new Error('Not on this day.')
  }) as CollectionBeforeChangeHook<ScheduledSession>,
  afterChange: withWholeDocument((({ data, doc, previousDoc }) => {
    seen.push({ when: 'afterChange', data, doc, previousDoc })
    // Somebody else's hooks answer with what they were given.
    return doc
  }) as CollectionAfterChangeHook<ScheduledSession>),
}

const hooks = () => payload.collections['scheduled-sessions'].config.hooks

beforeEach(() => {
  seen = []
  refuse = false
  hooks().beforeValidate.push(added.beforeValidate)
  hooks().beforeChange.push(added.beforeChange)
  hooks().afterChange.push(added.afterChange)
})

afterEach(() => {
  hooks().beforeValidate.pop()
  hooks().beforeChange.pop()
  hooks().afterChange.pop()
})

const nextStart = () => hourIn(5 + Math.floor(hour / 20), hour++ % 20)

const orderAt = (start: number) => ({
  consultant: consultant.profile.slug,
  serviceType: serviceType.slug,
  start: iso(start),
  customer: guest(),
})

const dataAt = (start: number) => ({
  consultant: consultant.profile.id,
  customer: customer.customer.id,
  serviceType: serviceType.id,
  startsAt: iso(start),
})

/** @returns what was answered where it was refused. */
const ways: Record<string, (start: number) => Promise<string | undefined>> = {
  'a guest who books': async (start) => {
    const answer = await api.post('/booking/sessions', orderAt(start))
    return answer.status === 201 ? undefined : answer.text
  },
  'a guest who has held the time': async (start) => {
    const { customer: who, ...time } = orderAt(start)
    const { json } = await api.post('/booking/holds', time)
    const answer = await api.post('/booking/sessions', { holdToken: json.token, customer: who })
    return answer.status === 201 ? undefined : answer.text
  },
  'a request that is accepted': async (start) => {
    const asked = await api.post('/booking/requests', {
      serviceType: serviceType.slug,
      preferredConsultant: consultant.profile.slug,
      customer: guest(),
      problem: { description: 'Which price is right?' },
    })
    const url = `/booking/requests/${String(asked.json.request.reference)}`
    const proposed = await staff.post(`${url}/propose`, { times: [{ start: iso(start) }] })
    expect(proposed.status, proposed.text).toBe(200)
    const auth = { Authorization: `Bearer ${String(asked.json.manageToken)}` }
    const answer = await api.post(`${url}/accept`, { start: iso(start) }, auth)
    return answer.status === 201 ? undefined : answer.text
  },
  'staff over REST': async (start) => {
    const answer = await staff.post('/scheduled-sessions?select[status]=true', dataAt(start))
    return answer.status === 201 ? undefined : answer.text
  },
  'staff over GraphQL': async (start) => {
    const mutation = 'mutation ($data: mutationScheduledSessionInput!) { createScheduledSession(data: $data) { id } }'
    const answer = await staff.graphql(mutation, { data: dataAt(start) })
    return answer.json.errors ? answer.text : undefined
  },
  'the Local API': async (start) => {
    try {
      const user = { ...operations, collection: 'users' as const }
      await payload.create({
        collection: 'scheduled-sessions',
        data: dataAt(start) as never,
        user,
        select: { status: true },
      })
      return undefined
    } catch (error) {
      return String(error)
    }
  },
}

describe.each(Object.keys(ways))('a session made by %s', (way) => {
  it('passes every hook of the collection once, with the whole document', async () => {
    const start = nextStart()
    expect(await ways[way]?.(start)).toBeUndefined()
    expect(seen.map(({ when }) => when)).toEqual(['beforeValidate', 'beforeChange', 'afterChange'])
    const [first, before, after] = seen
    const known = { startsAt: iso(start), consultant: consultant.profile.id, serviceType: serviceType.id }
    expect(first?.data).toMatchObject(known)
    const whole = {
      ...known,
      reference: expect.stringMatching(/^PY-/),
      status: 'scheduled',
      charge: 'none',
      endsAt: iso(start + 30 * 60_000),
      price: expect.objectContaining({ amount: 0, platformFeeAmount: 0, platformFeeBps: 1_500 }),
      statusHistory: [expect.objectContaining({ to: 'scheduled' })],
      manageTokenHash: expect.any(String),
      slot: expect.any(String),
    }
    expect(before?.data).toMatchObject(whole)
    expect(after?.data).toMatchObject(whole)
    expect(after?.doc).toMatchObject({ ...whole, id: expect.any(String), createdAt: expect.any(String) })
    expect(after?.previousDoc).toEqual({})
  })

  it('is refused by a hook that throws, and leaves nothing behind', async () => {
    refuse = true
    const start = nextStart()
    const refused = await ways[way]?.(start)
    expect(refused).toBeDefined()
    expect(seen.map(({ when }) => when)).toEqual(['beforeValidate', 'beforeChange'])
    const where = { startsAt: { equals: iso(start) } }
    expect((await payload.count({ collection: 'scheduled-sessions', where })).totalDocs).toBe(0)
    const claimed = { and: [where, { status: { equals: 'booked' } }] }
    expect((await payload.count({ collection: 'availability-slots', where: claimed })).totalDocs).toBe(0)
  })
})

describe('a session that is changed', () => {
  const bookAsCustomer = async () => {
    const client = await api.as(customer.user)
    const answer = await client.post('/booking/sessions', orderAt(nextStart()))
    expect(answer.status, answer.text).toBe(201)
    const reference: string = answer.json.session.reference
    const { docs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { reference: { equals: reference } },
      depth: 0,
    })
    seen = []
    return { client, reference, id: docs[0]?.id ?? '' }
  }

  const changes: Record<string, (session: Awaited<ReturnType<typeof bookAsCustomer>>) => Promise<RestAnswer>> = {
    'by a command': ({ client, reference }) => client.post(`/booking/sessions/${reference}/cancel`),
    'by the customer over REST, who sees little of it': ({ client, id }) =>
      client.patch(`/scheduled-sessions/${id}?select[status]=true`, { status: 'cancelled_by_user' }),
    'over GraphQL': ({ client, id }) =>
      client.graphql(`mutation { updateScheduledSession(id: "${id}", data: { status: cancelled_by_user }) { id } }`),
  }

  it.each(Object.keys(changes))('%s shows its hooks the whole document before and after', async (way) => {
    const session = await bookAsCustomer()
    const answer = await changes[way]?.(session)
    expect(answer?.status, answer?.text).toBe(200)
    expect(answer?.text).not.toContain('manageTokenHash')
    expect(answer?.text).not.toContain('platformFeeBps')
    const whole = {
      reference: session.reference,
      consultant: consultant.profile.id,
      manageTokenHash: expect.any(String),
      price: expect.objectContaining({ platformFeeBps: 1_500 }),
    }
    const after = seen.find(({ when }) => when === 'afterChange')
    expect(after?.doc).toMatchObject({ ...whole, id: session.id, status: 'cancelled_by_user' })
    expect(after?.previousDoc).toMatchObject({ ...whole, status: 'scheduled' })
    expect(after?.data).toMatchObject({ ...whole, status: 'cancelled_by_user' })
  })
})
