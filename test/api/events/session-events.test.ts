import { sql } from '@payloadcms/db-postgres'
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Customer, ScheduledSession, ServiceType } from '#payload-types'
import { createCustomer, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { recordEvents, type Recorder } from '../../support/follow-events'
import { makeJobsDue } from '../../support/jobs'
import { book, type Booking, deliver, openRefundWorld, type RefundWorld, work } from '../../support/refund-world'

let world: RefundWorld
let events: Recorder
let customer: Customer
let free: ServiceType
let paid: ServiceType
let hour = 0

beforeAll(async () => {
  world = await openRefundWorld()
  customer = (await createCustomer(world.payload)).customer
  free = await createServiceType(world.payload, [world.consultant])
  const prices = [{ durationMinutes: 30, amount: 9_000, currency: 'GBP' as const }]
  paid = await createServiceType(world.payload, [world.consultant], { isFree: false, prices })
  events = await recordEvents(world)
})

/** Away from those of `book`. */
const nextStart = () => hourIn(30 + Math.floor(hour / 24), hour++ % 24)

const orderAt = (start: number) => ({
  consultant: world.consultant.slug,
  serviceType: free.slug,
  start: iso(start),
  customer: guest(),
})

const dataAt = (start: number, more: object = {}) => ({
  consultant: world.consultant.id,
  customer: customer.id,
  serviceType: free.id,
  startsAt: iso(start),
  ...more,
})

const sessionAt = async (start: number): Promise<ScheduledSession> => {
  const where = { startsAt: { equals: iso(start) } }
  const { docs } = await world.payload.find({ collection: 'scheduled-sessions', where, depth: 0 })
  if (!docs[0]) throw new Error('There is no such session.')
  return docs[0]
}

const idsOf = ({ id, payment }: ScheduledSession) => [id, ...(payment ? [String(payment)] : [])]

const takeOf = async (booking: Booking) => events.take(booking.reference, booking.paymentId)

const shift = async (id: string, minutes: number) => {
  const { poolDb } = await import('#database/transactions')
  await poolDb(world.payload).execute(sql`
    UPDATE scheduled_sessions SET starts_at = now() + ${minutes} * interval '1 minute',
      ends_at = now() + ${minutes + 30} * interval '1 minute' WHERE id = ${id}`)
}

const ways: Record<
  string,
  { make: (start: number) => Promise<{ status: number; text: string }>; announces: string[] }
> = {
  'a guest': {
    make: (start) => world.api.post('/booking/sessions', orderAt(start)),
    announces: ['session.created', 'session.scheduled'],
  },
  'a guest who has held the time': {
    make: async (start) => {
      const { customer: who, ...time } = orderAt(start)
      const { json } = await world.api.post('/booking/holds', time)
      return world.api.post('/booking/sessions', { holdToken: json.token, customer: who })
    },
    announces: ['session.created', 'session.scheduled'],
  },
  'staff over REST, at no charge': {
    make: (start) => world.staff.post('/scheduled-sessions', dataAt(start)),
    announces: ['session.created', 'session.scheduled'],
  },
  'staff over REST, with a link': {
    make: (start) => world.staff.post('/scheduled-sessions', dataAt(start, { serviceType: paid.id, charge: 'link' })),
    announces: ['session.created'],
  },
  'staff over REST, paid elsewhere': {
    make: (start) => {
      const more = { serviceType: paid.id, charge: 'elsewhere', chargeReason: 'Invoice', chargeReference: 'B-1' }
      return world.staff.post('/scheduled-sessions?select[id]=true', dataAt(start, more))
    },
    announces: ['session.created', 'session.scheduled', 'payment.succeeded', 'payout.held'],
  },
  'staff over GraphQL': {
    make: async (start) => {
      const mutation = 'mutation ($data: mutationScheduledSessionInput!) { createScheduledSession(data: $data) { id } }'
      const { json, text } = await world.staff.graphql(mutation, { data: dataAt(start) })
      return { status: json.errors ? 400 : 201, text }
    },
    announces: ['session.created', 'session.scheduled'],
  },
  'the Local API': {
    make: async (start) => {
      const user = { ...world.operations, collection: 'users' as const }
      // What a guard fills in may be left out.
      await world.payload.create({ collection: 'scheduled-sessions', data: dataAt(start) as never, user })
      return { status: 201, text: '' }
    },
    announces: ['session.created', 'session.scheduled'],
  },
}

describe.each(Object.entries(ways))('a session made by %s', (_way, { make, announces }) => {
  it(`announces ${announces.join(', ')}, each once`, async () => {
    const start = nextStart()
    const made = await make(start)
    expect(made.status, made.text).toBe(201)
    expect(await events.take(...idsOf(await sessionAt(start)))).toEqual(announces)
  })

  it('announces nothing when it is refused', async () => {
    const start = nextStart()
    await make(start)
    const session = await sessionAt(start)
    await events.take(...idsOf(session))
    const before = (await events.all()).length
    const again = await make(start).catch((error: unknown) => ({ status: 409, text: String(error) }))
    expect(again.status).not.toBe(201)
    expect((await events.all()).length).toBe(before)
  })
})

describe('a session that is announced', () => {
  it('says its id and its reference, and when; the id of the event is one of its own', async () => {
    const start = nextStart()
    await world.api.post('/booking/sessions', orderAt(start))
    const { id, reference } = await sessionAt(start)
    const mine = (await events.all()).filter(({ data }) => Object.values(data).includes(id))
    expect(mine.map(({ data }) => data)).toEqual([
      { sessionId: id, reference },
      { sessionId: id, reference },
    ])
    expect(new Set(mine.map((event) => event.id)).size).toBe(2)
    expect(Math.abs(Date.now() - Date.parse(mine[0]?.at ?? ''))).toBeLessThan(60_000)
  })

  it('is announced once, however often its request is repeated', async () => {
    const start = nextStart()
    const [key, body] = [{ 'Idempotency-Key': randomUUID() }, orderAt(start)]
    const answers = [await world.api.post('/booking/sessions', body, key)]
    answers.push(...(await Promise.all([1, 2, 3].map(() => world.api.post('/booking/sessions', body, key)))))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(await events.take((await sessionAt(start)).id)).toEqual(['session.created', 'session.scheduled'])
  })

  it('is not announced when what it was made in is rolled back', async () => {
    const { withTransaction } = await import('#database/transactions')
    const before = (await events.all()).length
    const start = nextStart()
    const undone = withTransaction(world.payload, async (req) => {
      const user = { ...world.operations, collection: 'users' as const }
      await world.payload.create({ collection: 'scheduled-sessions', data: dataAt(start) as never, user, req })
      throw new Error('Not after all.')
    })
    await expect(undone).rejects.toThrow('Not after all.')
    expect((await events.all()).length).toBe(before)
  })
})

describe('a session that is to be paid', () => {
  it('is scheduled once, whether Stripe, the customer or both say so', async () => {
    const booking = await book(world)
    expect(await takeOf(booking)).toEqual(['session.created'])
    booking.payAtStripe()
    const told = world.stripe.control.events().filter(({ type }) => type === 'checkout.session.completed')
    const event = told.at(-1)
    if (!event) throw new Error('Stripe tells nothing.')
    for (let n = 0; n < 2; n++) expect((await deliver(world, event)).status).toBe(200)
    await work(world)
    for (let n = 0; n < 2; n++) await world.api.post(`${booking.url}/payment/refresh`, {}, booking.auth)
    await deliver(world, event)
    await work(world)
    expect(await takeOf(booking)).toEqual(['payment.succeeded', 'session.scheduled'])
  })

  it('tells of a try that failed, and of the time that ran out', async () => {
    const failed = await book(world)
    failed.payAtStripe({ method: 'bank_debit' })
    await world.api.post(`${failed.url}/payment/refresh`, {}, failed.auth)
    world.stripe.control.settleDebit(await failed.intentId(), 'failed')
    for (let n = 0; n < 2; n++) await world.api.post(`${failed.url}/payment/refresh`, {}, failed.auth)
    expect(await takeOf(failed)).toEqual(['session.created', 'payment.failed'])

    const forgotten = await book(world)
    const { id } = await forgotten.session()
    const paymentDeadline = iso(Date.now() - 1_000)
    await world.payload.db.updateOne({
      collection: 'scheduled-sessions',
      id,
      data: { paymentDeadline },
      returning: false,
    })
    for (let n = 0; n < 2; n++) {
      await makeJobsDue(world.database, 'expire-payment')
      await work(world)
    }
    expect(await takeOf(forgotten)).toEqual(['session.created', 'session.expired'])
  })

  it('is confirmed or declined by the consultant', async () => {
    const confirmed = await book(world, { requiresConfirmation: true })
    await confirmed.pay()
    expect(await takeOf(confirmed)).toEqual(['session.created'])
    expect((await world.host.post(`${confirmed.url}/confirm`)).status).toBe(200)
    await work(world)
    await work(world)
    expect(await takeOf(confirmed)).toEqual(['session.scheduled', 'payment.succeeded'])

    const declined = await book(world, { requiresConfirmation: true })
    await declined.pay()
    expect((await world.host.post(`${declined.url}/decline`)).status).toBe(200)
    await work(world)
    expect(await takeOf(declined)).toEqual(['session.created', 'session.cancelled'])
  })

  it('is cancelled with its refund, and refunded by operations', async () => {
    const cancelled = await book(world)
    await cancelled.pay()
    await takeOf(cancelled)
    expect((await world.api.post(`${cancelled.url}/cancel`, {}, cancelled.auth)).status).toBe(200)
    await work(world)
    await work(world)
    expect(await takeOf(cancelled)).toEqual(['session.cancelled', 'payment.refunded'])

    const held = await book(world)
    await held.pay()
    await shift((await held.session()).id, -60)
    expect((await world.staff.post(`${held.url}/complete`)).status).toBe(200)
    await takeOf(held)
    for (const amount of [1_000, 9_001]) {
      const asked = await world.staff.post(`${held.path}/refunds`, { amount, reason: 'Goodwill' })
      expect(asked.status, asked.text).toBeLessThan(300)
      await work(world)
    }
    await work(world)
    expect(await takeOf(held)).toEqual(['payment.refunded', 'payment.refunded', 'session.refunded'])
  })
})

describe('a session that changes', () => {
  const made = async () => {
    const start = nextStart()
    const answer = await world.api.post('/booking/sessions', orderAt(start))
    const session = await sessionAt(start)
    await events.take(session.id)
    return {
      id: session.id,
      url: `/booking/sessions/${session.reference}`,
      auth: { Authorization: `Bearer ${String(answer.json.manageToken)}` },
      take: () => events.take(session.id),
      patch: (data: object) => world.staff.patch(`/scheduled-sessions/${session.id}`, data),
    }
  }

  it('is moved: by its customer, in the admin, over GraphQL', async () => {
    const session = await made()
    const body = { start: iso(nextStart()) }
    expect((await world.api.post(`${session.url}/reschedule`, body, session.auth)).status).toBe(200)
    expect(await session.take()).toEqual(['session.rescheduled'])
    expect((await session.patch({ startsAt: iso(nextStart()) })).status).toBe(200)
    expect(await session.take()).toEqual(['session.rescheduled'])
    const mutation =
      'mutation ($id: String!, $data: mutationScheduledSessionUpdateInput!) { updateScheduledSession(id: $id, data: $data) { id } }'
    const moved = await world.staff.graphql(mutation, { id: session.id, data: { startsAt: iso(nextStart()) } })
    expect(moved.json.errors, moved.text).toBeUndefined()
    expect(await session.take()).toEqual(['session.rescheduled'])
    expect(new Set((await events.all()).map(({ id }) => id)).size).toBe((await events.all()).length)
  })

  it('is announced nothing of that does not change', async () => {
    const session = await made()
    expect((await session.patch({ customerNotes: 'Bring the numbers' })).status).toBe(200)
    expect((await session.patch({ status: 'scheduled' })).status).toBe(200)
    expect((await session.patch({ status: 'refunded' })).status).toBe(409)
    expect(await session.take()).toEqual([])
  })

  it.each([
    ['cancelled_by_operations', 'session.cancelled'],
    ['in_progress', 'session.started'],
    ['completed', 'session.completed'],
    ['no_show_user', 'session.no_show'],
  ] as const)('becomes %s in the admin: %s', async (status, event) => {
    const session = await made()
    if (status !== 'cancelled_by_operations') await shift(session.id, status === 'in_progress' ? 0 : -60)
    const done = await session.patch({
      status,
      ...(status === 'cancelled_by_operations' ? { cancellation: { reason: 'Ill' } } : {}),
    })
    expect(done.status, done.text).toBe(200)
    expect(await session.take()).toEqual([event])
  })

  it('that nobody closed is completed by the worker, once', async () => {
    const session = await made()
    await shift(session.id, -120)
    const { completeEndedSession } = await import('#checkout/expire-session')
    for (let n = 0; n < 2; n++) await completeEndedSession(world.payload, session.id)
    expect(await session.take()).toEqual(['session.completed'])
  })
})
