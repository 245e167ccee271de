import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Customer, ServiceType, User } from '#payload-types'
import { connectTo } from '../../support/database'
import { createCustomer, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { makeJobsDue } from '../../support/jobs'
import { loseDatabase, type Moment, poolOf, whileAway, whileFull, whileReadOnly } from '../../support/lose-database'
import { book, deliver, openRefundWorld, type RefundWorld, work } from '../../support/refund-world'
import type { RestAnswer, RestClient } from '../../support/rest-client'

let world: RefundWorld
let serviceType: ServiceType
let customer: Customer
let user: User
let asCustomer: RestClient

beforeAll(async () => {
  world = await openRefundWorld()
  serviceType = await createServiceType(world.payload, [world.consultant])
  const made = await createCustomer(world.payload)
  customer = made.customer
  user = made.user
  asCustomer = await world.api.as(user)
})

const moments: Moment[] = ['connecting', 'handed out', 'in a statement', 'at commit']

let hour = 0
const nextBooking = () => ({
  consultant: world.consultant.slug,
  serviceType: serviceType.slug,
  start: iso(hourIn(40 + Math.floor(hour / 24), hour++ % 24)),
  customer: guest(),
})

type Collection = 'scheduled-sessions' | 'stripe-events'
const countOf = async (collection: Collection) => (await world.payload.count({ collection })).totalDocs
const nameOf = async () => (await world.payload.findByID({ collection: 'customers', id: customer.id })).name

/** The ways in: what is asked, the table that it writes to, and how to see whether it was done. */
const doors: Record<
  string,
  { table: string; prepare: () => () => Promise<RestAnswer>; read: () => Promise<unknown>; ok: number }
> = {
  'the booking API': {
    table: 'scheduled_sessions',
    prepare: () => {
      const body = nextBooking()
      return () => world.api.post('/booking/sessions', body)
    },
    read: () => countOf('scheduled-sessions'),
    ok: 201,
  },
  'the booking API, in a savepoint': {
    table: 'scheduled_sessions',
    prepare: () => {
      const body = nextBooking()
      const key = { 'Idempotency-Key': randomUUID() }
      return () => world.api.post('/booking/sessions', body, key)
    },
    read: () => countOf('scheduled-sessions'),
    ok: 201,
  },
  REST: {
    table: 'customers',
    prepare: () => {
      const name = `Customer ${randomUUID()}`
      return () => world.staff.patch(`/customers/${customer.id}`, { name })
    },
    read: nameOf,
    ok: 200,
  },
  GraphQL: {
    table: 'customers',
    prepare: () => {
      const name = `Customer ${randomUUID()}`
      const mutation = `mutation { updateCustomer(id: "${customer.id}", data: { name: "${name}" }) { id } }`
      return () => world.staff.graphql(mutation)
    },
    read: nameOf,
    ok: 200,
  },
  'the webhook': {
    table: 'stripe_events',
    prepare: () => {
      const id = `evt_${randomUUID()}`
      const event = {
        id,
        object: 'event',
        type: 'some.kind',
        api_version: '2026-10-28.endive',
        created: 1_780_000_000,
        livemode: false,
        data: { object: { id: 'x_1' } },
      }
      return () => deliver(world, event)
    },
    read: () => countOf('stripe-events'),
    ok: 200,
  },
}

/** The status, also of GraphQL, whose answers are 200 whatever came of them. */
const statusOf = ({ status, json }: RestAnswer): number => json?.errors?.[0]?.extensions?.statusCode ?? status

const expectUnavailable = (answer: RestAnswer, { isSafe }: { isSafe: boolean }): void => {
  expect(statusOf(answer), answer.text).toBe(503)
  expect(answer.text).toContain('"unavailable"')
  expect(answer.text).not.toContain('PostgreSQL')
  expect(answer.headers.get('Retry-After')).toEqual(isSafe ? expect.stringMatching(/^[1-9]\d*$/) : null)
}

describe.each(Object.entries(doors))('a request through %s', (_name, { table, prepare, read, ok }) => {
  it.each(moments)(
    'says 503 when the database is lost %s, has done nothing, and works when it is back',
    async (moment) => {
      const before = await read()
      const ask = prepare()
      const refused = await loseDatabase(moment, { ...world, table }, ask)
      expectUnavailable(refused, { isSafe: moment !== 'at commit' })
      expect(await read()).toEqual(before)

      const answer = await ask()
      expect(statusOf(answer), answer.text).toBe(ok)
      expect(await read()).not.toEqual(before)
    },
  )
})

describe('a database that takes no changes', () => {
  const login = (password = testPassword) => world.api.post('/users/login', { email: user.email, password })
  const expectReason = (answer: RestAnswer, words: string) => {
    expectUnavailable(answer, { isSafe: true })
    expect(answer.text).toContain(words)
  }

  it('because it is read-only is answered with 503 and that reason by every way in, and can be read', async () => {
    const asks = Object.values(doors).map(({ prepare }) => prepare())
    await whileReadOnly(world, async () => {
      const words = 'The database is read-only at the moment'
      for (const ask of [...asks, () => login(), () => asCustomer.post('/users/logout')]) {
        expectReason(await ask(), words)
      }
      // Nothing of an account is written for it.
      expect((await login('wrong')).status).toBe(401)
      const ready = await world.api.get('/health/ready')
      expect(ready.status).toBe(503)
      expect(ready.json.parts).toMatchObject({ database: { ok: true }, writes: { ok: false } })
      expect(ready.json.detail).toMatch(/^Not ready: writes, worker\. The database is read-only at the moment/)
      for (const [client, path] of [
        [world.api, '/booking/service-types'],
        [world.api, '/booking/consultants'],
        [asCustomer, `/customers/${customer.id}`],
        [asCustomer, '/users/me'],
      ] as const) {
        expect((await client.get(path)).status, path).toBe(200)
      }
      expect((await asCustomer.get('/users/me')).json.user).toMatchObject({ id: user.id })
    })
    for (const ask of asks) expect((await ask()).status).toBeLessThan(300)
  })

  it('because its disk is full is answered with 503 and that reason by every way in', async () => {
    const words = 'The disk of the database is full'
    for (const { table, prepare } of Object.values(doors)) {
      expectReason(await whileFull({ ...world, table }, prepare()), words)
    }
    expectReason(await whileFull({ ...world, table: 'users_sessions' }, () => login()), words)
    const ready = await whileFull({ ...world, table: 'parley.facts' }, () => world.api.get('/health/ready'))
    expect(ready.json.parts.writes).toEqual({ ok: false, reason: expect.stringContaining(words) })
  })
})

describe('at COMMIT', () => {
  it('the answer says that it may have been done', async () => {
    const answer = await loseDatabase('at commit', { ...world, table: 'scheduled_sessions' }, () =>
      world.api.post('/booking/sessions', nextBooking()),
    )
    expect(answer.json.detail).toContain('may have been done')
  })
})

describe('a login that cannot be looked up', () => {
  it.each([
    ['the booking API', () => world.staff.post('/payments/events/evt_none/replay')],
    ['REST', () => world.staff.get(`/customers/${customer.id}`)],
    [
      'REST, whose query is in the body',
      () =>
        world.staff.post('/customers', 'limit=1', {
          'X-Payload-HTTP-Method-Override': 'GET',
          'Content-Type': 'application/x-www-form-urlencoded',
        }),
    ],
    ['GraphQL', () => world.staff.graphql('{ Customers { totalDocs } }')],
    ['the question who one is', () => world.staff.get('/users/me')],
  ])('is a problem document with 503 by %s, not a refusal', async (_name, ask) => {
    // Those that come after the login find the database again.
    for (const moment of ['connecting', 'handed out'] as const) {
      const answer = await loseDatabase(moment, { ...world, table: '' }, ask)
      expectUnavailable(answer, { isSafe: true })
      expect(answer.status).toBe(503)
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    }
  })

  it('does not book as a guest', async () => {
    const before = await countOf('scheduled-sessions')
    const answer = await loseDatabase('handed out', { ...world, table: '' }, () =>
      asCustomer.post('/booking/sessions', nextBooking()),
    )
    expectUnavailable(answer, { isSafe: true })
    expect(await countOf('scheduled-sessions')).toBe(before)
  })

  it('is nobody when there is no such login', async () => {
    const headers = { Authorization: 'JWT nonsense' }
    expect((await world.api.get('/users/me', headers)).json).toMatchObject({ user: null })
    const { user: gone } = await createCustomer(world.payload)
    const asGone = await world.api.as(gone)
    await world.payload.db.deleteOne({ collection: 'users', where: { id: { equals: gone.id } } })
    expect((await asGone.get('/users/me')).json).toMatchObject({ user: null })
  })
})

describe('what anybody may read', () => {
  it.each([
    ['the booking API', '/booking/service-types'],
    ['REST', '/service-types'],
  ])('is answered with 503 by %s', async (_name, path) => {
    expectUnavailable(await whileAway(world, () => world.api.get(path)), { isSafe: true })
  })
})

describe('a login with a password', () => {
  it('says 503, not that the password is wrong', async () => {
    const credentials = { email: user.email, password: 'wrong' }
    expectUnavailable(await whileAway(world, () => world.api.post('/users/login', credentials)), { isSafe: true })
  })
})

describe('the pool', () => {
  const placesTaken = () => poolOf(world.payload).totalCount - poolOf(world.payload).idleCount

  it('gets back the place of each connection that broke when a transaction began', async () => {
    const { withTransaction } = await import('#database/transactions')
    const before = placesTaken()
    for (let n = 0; n < 3; n++) {
      const lost = loseDatabase('handed out', { ...world, table: '' }, () =>
        withTransaction(world.payload, () => Promise.resolve()),
      )
      await expect(lost).rejects.toThrow()
    }
    await expect.poll(placesTaken).toBe(before)
  })

  it('that has nothing to give in time is what is said, not that the database cannot be reached', async () => {
    const pool = poolOf(world.payload)
    const { connectionTimeoutMillis } = pool.options
    const taken = await Promise.all(Array.from({ length: pool.options.max - placesTaken() }, () => pool.connect()))
    pool.options.connectionTimeoutMillis = 50
    try {
      const answer = await world.api.get('/booking/service-types')
      expectUnavailable(answer, { isSafe: true })
      expect(answer.json.detail).toMatch(/^All connections that this process may have to the database are in use\./)
    } finally {
      for (const client of taken) client.release()
      pool.options.connectionTimeoutMillis = connectionTimeoutMillis
    }
    expect((await world.api.get('/booking/service-types')).status).toBe(200)
  })
})

describe('a job', () => {
  it.each(moments)('is tried again when the database is lost %s', async (moment) => {
    const booking = await book(world)
    const before = new Set(world.stripe.control.events().map(({ id }) => id))
    booking.payAtStripe()
    const event = world.stripe.control
      .events()
      .find(({ id, type }) => !before.has(id) && type === 'checkout.session.completed')
    if (!event) throw new Error('Stripe sent no event of the checkout.')
    expect((await deliver(world, event)).status).toBe(200)
    const queue = await connectTo(world.database)
    const { rows } = await queue.query<{ id: string }>('SELECT id FROM stripe_events WHERE event_id = $1', [event.id])
    const stripeEventId = rows[0]?.id ?? ''

    const { tasks } = await import('#worker/tasks')
    const lost = loseDatabase(moment, { ...world, table: 'payments' }, () =>
      // The queue's own connections are lost as well when none is to be had, so this is what it runs, by itself.
      moment === 'connecting' ? tasks['process-stripe-event'](world.payload, { stripeEventId }) : work(world),
    )
    if (moment === 'connecting') await expect(lost).rejects.toThrow()
    else await lost
    expect(await booking.payment()).toMatchObject({ status: 'pending' })

    await makeJobsDue(world.database, 'process-stripe-event')
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
  })
})

describe('a lost connection that somebody in the transaction did not mind', () => {
  it('is why there is no transaction any more', async () => {
    const [{ sql }, { killTransaction }, { runOperation }, { txDb, withTransaction }, { explainDatabaseError }] =
      await Promise.all([
        import('@payloadcms/db-postgres'),
        import('payload'),
        import('#shared/operation'),
        import('#database/transactions'),
        import('#database/explain-database-error'),
      ])
    const lose = (isLost: boolean, isAskedAgain: boolean) =>
      runOperation({ name: 'POST /somewhere' }, () =>
        withTransaction(world.payload, async (req) => {
          const lost = sql`SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(10)`
          if (isLost) await (await txDb(req)).execute(lost).catch(() => undefined)
          await killTransaction(req)
          if (isAskedAgain) await txDb(req)
        }).catch((error: unknown) => error),
      )
    for (const isAskedAgain of [false, true]) {
      expect(explainDatabaseError(await lose(true, isAskedAgain))).toMatchObject({ code: 'unavailable', retryAfter: 5 })
      // Without a lost connection it is a fault of ours.
      const fault = await lose(false, isAskedAgain)
      expect(fault).toBeInstanceOf(Error)
      expect(explainDatabaseError(fault)).toBeUndefined()
    }
  })
})
