import { sql } from '@payloadcms/db-postgres'
import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PayloadRequest } from 'payload'
import type { Customer, ServiceType } from '#payload-types'
import type { DomainEvent } from '#events/domain-events'
import type { DomainEventHandlers } from '#events/event-handlers'
import { DomainError } from '#shared/errors'
import { countStatements } from '../../support/count-statements'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createCustomer, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { followEvents } from '../../support/follow-events'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { openRefundWorld, type RefundWorld } from '../../support/refund-world'

let world: RefundWorld
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
})

beforeEach(() => followEvents({}))

const nextStart = () => hourIn(10 + Math.floor(hour / 24), hour++ % 24)

const orderAt = (start: number, more: object = {}) => ({
  consultant: world.consultant.slug,
  serviceType: free.slug,
  start: iso(start),
  customer: guest(),
  ...more,
})

const dataAt = (start: number, more: object = {}) => ({
  consultant: world.consultant.id,
  customer: customer.id,
  serviceType: free.id,
  startsAt: iso(start),
  ...more,
})

const count = async (collection: 'customers' | 'payments' | 'availability-slots' | 'scheduled-sessions', where = {}) =>
  (await world.payload.count({ collection, where })).totalDocs

/** Everything that a booking leaves, and a refused one must not. */
const remains = async (start: number) => ({
  sessions: await count('scheduled-sessions', { startsAt: { equals: iso(start) } }),
  claims: await count('availability-slots', {
    and: [{ startsAt: { equals: iso(start) } }, { status: { in: ['held', 'booked'] } }],
  }),
  customers: await count('customers'),
  payments: await count('payments'),
  jobs: await countJobs(),
})

const query = async (text: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return (await poolDb(world.payload).execute(text)).rows
}
const countJobs = async () => (await query(sql`SELECT count(*)::int AS count FROM graphile_worker.jobs`))[0]?.count

const handle = () => runDueJobs(world.payload, world.database, { only: ['handle-event'] })
const waiting = () =>
  query(sql`SELECT attempts, last_error AS error FROM graphile_worker.jobs WHERE task_identifier = 'handle-event'`)

const bookAt = async (start: number) => {
  const answer = await world.api.post('/booking/sessions', orderAt(start))
  expect(answer.status, answer.text).toBe(201)
  const where = { startsAt: { equals: iso(start) } }
  const { docs } = await world.payload.find({ collection: 'scheduled-sessions', where, depth: 0 })
  if (!docs[0]) throw new Error('It was not stored.')
  return docs[0]
}

type Refusal = { status: unknown; code: unknown; message: unknown }

/** @returns how it was refused. */
const ways: Record<string, (start: number) => Promise<Refusal | undefined>> = {
  'the booking API': async (start) => {
    const { status, json } = await world.api.post('/booking/sessions', orderAt(start, { serviceType: paid.slug }))
    return status === 201 ? undefined : { status, code: json.code, message: json.detail }
  },
  'the booking API with a key': async (start) => {
    const key = { 'Idempotency-Key': randomUUID() }
    const { status, json } = await world.api.post('/booking/sessions', orderAt(start), key)
    return status === 201 ? undefined : { status, code: json.code, message: json.detail }
  },
  REST: async (start) => {
    const { status, json } = await world.staff.post(
      '/scheduled-sessions',
      dataAt(start, { serviceType: paid.id, charge: 'link' }),
    )
    const [error] = json.errors ?? []
    return error && { status, code: error.data?.code, message: error.message }
  },
  'REST, paid elsewhere': async (start) => {
    const more = { serviceType: paid.id, charge: 'elsewhere', chargeReason: 'Invoice', chargeReference: 'B-2' }
    const { status, json } = await world.staff.post('/scheduled-sessions', dataAt(start, more))
    const [error] = json.errors ?? []
    return error && { status, code: error.data?.code, message: error.message }
  },
  GraphQL: async (start) => {
    const mutation = 'mutation ($data: mutationScheduledSessionInput!) { createScheduledSession(data: $data) { id } }'
    const { json } = await world.staff.graphql(mutation, { data: dataAt(start) })
    const [error] = json.errors ?? []
    return (
      error && {
        status: error.extensions?.statusCode,
        code: error.extensions?.data?.code,
        message: error.message,
      }
    )
  },
  'the Local API': async (start) => {
    const user = { ...world.operations, collection: 'users' as const }
    try {
      // What a guard fills in may be left out.
      await world.payload.create({ collection: 'scheduled-sessions', data: dataAt(start) as never, user })
      return undefined
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return { status: error.status, code: error.code, message: error.message }
    }
  },
}

describe('a handler before the commit', () => {
  it.each(Object.keys(ways))('refuses what it throws at, and leaves nothing of it: %s', async (way) => {
    const seen: DomainEvent[] = []
    await followEvents({
      'session.created': [
        {
          when: 'before commit',
          name: 'closed',
          refuses: ['outside_policy'],
          handle: async ({ event, payload, req }) => {
            seen.push(event)
            // It sees what is about to be committed, and nobody else does.
            const session = await payload.findByID({
              collection: 'scheduled-sessions',
              id: event.data.sessionId,
              req,
              depth: 0,
            })
            expect(session.reference).toBe(event.data.reference)
            throw new DomainError('outside_policy', 'The house is closed on that day.')
          },
        },
        () => undefined,
      ],
    })
    const start = nextStart()
    const before = await remains(start)
    expect(await ways[way]?.(start)).toEqual({
      status: 422,
      code: 'outside_policy',
      message: 'The house is closed on that day.',
    })
    expect(seen).toHaveLength(1)
    expect(await remains(start)).toEqual(before)
    await expectSoundBooks(world.payload)
    await followEvents({})
    expect(await ways[way]?.(start)).toBeUndefined()
  })

  it('refuses with the same bytes when its request is repeated with its key', async () => {
    let calls = 0
    await followEvents({
      'session.created': {
        when: 'before commit',
        handle: () => {
          calls++
          throw new DomainError('conflict', `Refused for the ${calls}. time.`)
        },
      },
    })
    const [key, body] = [{ 'Idempotency-Key': randomUUID() }, orderAt(nextStart())]
    const [first, again] = [
      await world.api.post('/booking/sessions', body, key),
      await world.api.post('/booking/sessions', body, key),
    ]
    expect(first.json).toMatchObject({ status: 409, code: 'conflict', detail: 'Refused for the 1. time.' })
    expect(again.text).toBe(first.text)
    expect(calls).toBe(1)
  })

  it('refuses a change: the session stays where and as it was', async () => {
    const start = nextStart()
    const session = await bookAt(start)
    const refuse = () => {
      throw new DomainError('conflict', 'Ask the house first.')
    }
    await followEvents({
      'session.rescheduled': { when: 'before commit', handle: refuse },
      'session.cancelled': { when: 'before commit', handle: refuse },
    })
    const path = `/scheduled-sessions/${session.id}`
    for (const data of [{ startsAt: iso(nextStart()) }, { status: 'cancelled_by_operations' }]) {
      const { status, json } = await world.staff.patch(path, data)
      expect([status, json.errors?.[0]?.data?.code, json.errors?.[0]?.message]).toEqual([
        409,
        'conflict',
        'Ask the house first.',
      ])
    }
    const after = await world.payload.findByID({ collection: 'scheduled-sessions', id: session.id, depth: 0 })
    expect([after.status, after.startsAt, after.slot]).toEqual([session.status, session.startsAt, session.slot])
    expect((await remains(start)).claims).toBe(1)
  })

  it('writes with the transaction, and not in the name of who made it', async () => {
    await followEvents({
      'session.scheduled': {
        when: 'before commit',
        handle: ({ event, payload, req }) =>
          payload.update({
            collection: 'scheduled-sessions',
            id: event.data.sessionId,
            data: { status: 'cancelled_by_operations' },
            context: { actor: { role: 'operations', id: null }, reason: 'Not in August' },
            req,
          }),
      },
      'session.cancelled': {
        when: 'before commit',
        handle: ({ req }) => expect([req.context.actor, req.context.reason]).toEqual([undefined, undefined]),
      },
    })
    const start = nextStart()
    const session = await bookAt(start)
    expect(session.status).toBe('cancelled_by_operations')
    expect((await remains(start)).claims).toBe(0)
  })

  it('that makes another session makes another one, and hears of that as well', async () => {
    const heard: string[] = []
    const other = nextStart()
    await followEvents({
      'session.created': {
        when: 'before commit',
        handle: async ({ event, payload, req }) => {
          heard.push(event.data.sessionId)
          if (heard.length > 1) return
          const user = { ...world.operations, collection: 'users' as const }
          await payload.create({ collection: 'scheduled-sessions', data: dataAt(other) as never, user, req })
        },
      },
    })
    const first = await bookAt(nextStart())
    expect(heard[0]).toBe(first.id)
    expect(heard).toHaveLength(2)
    expect((await remains(other)).sessions).toBe(1)
  })

  it('that calls itself without end is stopped with a word, and nothing is kept', async () => {
    const session = await bookAt(nextStart())
    const user = { ...world.operations, collection: 'users' as const }
    await followEvents({
      'session.rescheduled': {
        when: 'before commit',
        name: 'mover',
        handle: ({ event, payload, req }) =>
          payload.update({
            collection: 'scheduled-sessions',
            id: event.data.sessionId,
            data: { startsAt: iso(nextStart()) },
            user,
            req,
          }),
      },
    })
    const moved = world.payload.update({
      collection: 'scheduled-sessions',
      id: session.id,
      data: { startsAt: iso(nextStart()) },
      user,
    })
    await expect(moved).rejects.toThrow(/without end: handler "mover" of session.rescheduled/)
    const after = await world.payload.findByID({ collection: 'scheduled-sessions', id: session.id, depth: 0 })
    expect([after.startsAt, after.sequence]).toEqual([session.startsAt, 0])
  })

  it.each([
    [
      'of the Local API',
      ({ payload, req }: { payload: RefundWorld['payload']; req: PayloadRequest }) =>
        payload.update({ collection: 'customers', id: randomUUID(), data: { name: 'Nobody' }, req }),
    ],
    [
      'of its own SQL',
      async ({ req }: { req: PayloadRequest }) => {
        const { txDb } = await import('#database/transactions')
        return (await txDb(req)).execute(sql`SELECT 1 / 0`)
      },
    ],
  ])('that passes over a failure %s is neither committed half, nor taken for a success', async (_what, fail) => {
    await followEvents({
      'session.created': {
        when: 'before commit',
        handle: (args) => Promise.resolve(fail(args)).catch(() => null),
      },
    })
    const start = nextStart()
    const before = await remains(start)
    const answer = await world.api.post('/booking/sessions', orderAt(start))
    expect(answer.json).toMatchObject({ status: 500, code: 'internal_error' })
    expect(await remains(start)).toEqual(before)
  })
})

describe('a handler after the commit', () => {
  it('that fails is tried again alone, with the same event, until it has done it', async () => {
    const heard: Record<'crm' | 'log', DomainEvent[]> = { crm: [], log: [] }
    await followEvents({
      'session.scheduled': [
        {
          when: 'after commit',
          name: 'crm',
          handle: ({ event }) => {
            heard.crm.push(event)
            if (heard.crm.length < 3) throw new Error('The CRM is away.')
          },
        },
        { when: 'after commit', name: 'log', handle: ({ event }) => heard.log.push(event) },
      ],
    })
    const session = await bookAt(nextStart())
    for (let n = 1; n <= 3; n++) {
      await makeJobsDue(world.database, 'handle-event')
      await handle()
      if (n < 3) expect(await waiting()).toEqual([{ attempts: n, error: expect.stringContaining('The CRM is away.') }])
    }
    expect(await waiting()).toEqual([])
    expect(heard.log).toHaveLength(1)
    expect(heard.crm).toHaveLength(3)
    expect(new Set([...heard.crm, ...heard.log].map((event) => JSON.stringify(event))).size).toBe(1)
    expect(heard.crm[0]?.data).toEqual({ sessionId: session.id, reference: session.reference })
  })

  it('reads and writes as it likes; what that announces is handled after it', async () => {
    const heard: string[] = []
    await followEvents({
      'session.scheduled': async ({ event, payload }) => {
        heard.push(event.name)
        const user = { ...world.operations, collection: 'users' as const }
        const { sessionId: id } = event.data
        await payload.update({
          collection: 'scheduled-sessions',
          id,
          data: { status: 'cancelled_by_operations' },
          user,
        })
      },
      'session.cancelled': ({ event }) => heard.push(event.name),
    })
    const session = await bookAt(nextStart())
    expect(heard).toEqual([])
    await handle()
    expect(heard).toEqual(['session.scheduled', 'session.cancelled'])
    const after = await world.payload.findByID({ collection: 'scheduled-sessions', id: session.id, depth: 0 })
    expect(after.status).toBe('cancelled_by_operations')
  })

  it('that was taken away while its jobs waited: they end, and the log says so', async () => {
    await followEvents({ 'session.scheduled': { when: 'after commit', name: 'old', handle: () => undefined } })
    await bookAt(nextStart())
    expect(await waiting()).toHaveLength(1)
    await followEvents({})
    const warn = vi.spyOn(world.payload.logger, 'warn')
    await handle()
    expect(await waiting()).toEqual([])
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ event: 'session.scheduled', handler: 'old' }))
    warn.mockRestore()
  })

  it('never keeps the jobs of the product waiting, however slow it is', async () => {
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (release = resolve))
    let stuck = 0
    await followEvents({
      'session.scheduled': async () => {
        stuck++
        await gate
      },
    })
    for (let n = 0; n < 3; n++) await bookAt(nextStart())
    const { runWorker } = await import('#worker/run-worker')
    const worker = await runWorker(world.payload, { concurrency: 1 })
    const followed = async () => {
      const rows = await query(sql`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'follow-session'`)
      expect([stuck, rows.length]).toEqual([2, 0])
    }
    await vi.waitFor(followed, { timeout: 15_000, interval: 50 })
    release()
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 15_000, interval: 50 })
    expect(stuck).toBe(3)
    await worker.stop()
  })
})

describe('what a booking asks of the database', () => {
  const statementsOf = async (handlers: DomainEventHandlers) => {
    await followEvents(handlers)
    const { data } = await countStatements(world.payload, () => bookOnce())
    return data
  }
  const bookOnce = async () => {
    const answer = await world.api.post('/booking/sessions', orderAt(nextStart()))
    expect(answer.status, answer.text).toBe(201)
  }

  it('is no statement more where nobody follows, and one for each event that becomes a job', async () => {
    await bookOnce()
    const none = await statementsOf({})
    const elsewhere = await statementsOf({ 'session.cancelled': () => undefined })
    expect(elsewhere).toHaveLength(none.length)
    const before = await statementsOf({ 'session.scheduled': { when: 'before commit', handle: () => undefined } })
    // Whether the transaction still stands is asked after each.
    expect(before).toHaveLength(none.length + 1)
    const after = await statementsOf({ 'session.scheduled': [() => undefined, () => undefined] })
    expect(after).toHaveLength(none.length + 1)
  })
})
