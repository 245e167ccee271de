import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createCustomer, iso } from '../../support/fixtures'
import { makeJobsDue } from '../../support/jobs'
import { loseDatabase } from '../../support/lose-database'
import { book, deliver, openRefundWorld, type RefundWorld, work } from '../../support/refund-world'

let world: RefundWorld

beforeAll(async () => {
  world = await openRefundWorld()
})

afterEach(() => expectSoundBooks(world.payload))

const eventOf = (type: string, object: object, more: object = {}) => ({
  id: `evt_${Math.random().toString(36).slice(2)}`,
  object: 'event',
  type,
  api_version: '2026-10-28.endive',
  created: 1_780_000_000,
  livemode: false,
  data: { object },
  ...more,
})

const inboxOf = async (eventId: string) => {
  const where = { eventId: { equals: eventId } }
  return (await world.payload.find({ collection: 'stripe-events', where, depth: 0, limit: 10 })).docs
}

const shuffled = <T>(values: readonly T[]): T[] => values.toSorted(() => Math.random() - 0.5)

describe('an event in the inbox', () => {
  it('is stored with its object, version, time and account', async () => {
    const event = eventOf(
      'account.updated',
      { id: 'acct_none', object: 'account' },
      { account: 'acct_none', livemode: true },
    )
    expect((await deliver(world, event)).status).toBe(200)
    expect(await inboxOf(event.id)).toMatchObject([
      {
        type: 'account.updated',
        account: 'acct_none',
        objectId: 'acct_none',
        apiVersion: '2026-10-28.endive',
        livemode: true,
        occurredAt: iso(1_780_000_000_000),
        status: 'received',
      },
    ])
  })

  it('is worked off before what waits already', async () => {
    const [{ withTransaction }, { enqueue }] = await Promise.all([
      import('#database/transactions'),
      import('#outbox/enqueue'),
    ])
    const paymentId = randomUUID()
    const earlier = {
      task: 'settle-payment',
      payload: { paymentId },
      runAt: new Date(Date.now() - 60_000),
      key: 'earlier',
    } as const
    await withTransaction(world.payload, (req) => enqueue(req, earlier))
    const event = eventOf('some.kind', { id: 'x_0' })
    await deliver(world, event)
    const [stored] = await inboxOf(event.id)
    const keys = [`stripe-event:${stored?.id ?? ''}`, earlier.key]
    const client = await connectTo(world.database)
    const { rows } = await client.query<{ key: string }>(
      'SELECT key FROM graphile_worker.jobs WHERE key = ANY($1) ORDER BY priority, run_at, id',
      [keys],
    )
    expect(rows.map(({ key }) => key)).toEqual(keys)
  })

  it('is kept for each account by itself', async () => {
    const event = eventOf('some.kind', { id: 'x_1' })
    await deliver(world, event)
    await deliver(world, { ...event, account: 'acct_1' })
    await deliver(world, { ...event, account: 'acct_1' })
    expect((await inboxOf(event.id)).map(({ account }) => account).sort()).toEqual(['', 'acct_1'])
  })

  it('of a connected account never reaches the platform’s own objects', async () => {
    const booking = await book(world)
    booking.payAtStripe()
    const event = eventOf('checkout.session.completed', { id: booking.checkoutId }, { account: 'acct_other' })
    await deliver(world, event)
    await work(world)
    expect(await inboxOf(event.id)).toMatchObject([{ status: 'ignored' }])
    expect(await booking.payment()).toMatchObject({ status: 'pending' })
  })

  it.each([
    ['nothing but an id', { id: 'evt_1' }],
    ['no object', eventOf('some.kind', {}, { data: {} })],
    ['no time', eventOf('some.kind', { id: 'x' }, { created: 'yesterday' })],
    ['an endless type', eventOf('x'.repeat(300), { id: 'x' })],
    ['a thin event of another API', { id: 'evt_2', object: 'v2.core.event', type: 'v2.x', created: '2026-01-01' }],
  ])('is refused when it has %s, although it is signed', async (_what, event) => {
    expect((await deliver(world, event)).json).toMatchObject({ status: 400, code: 'invalid_request' })
  })

  it('books a payment once, however its events come', async () => {
    for (let round = 0; round < 3; round++) {
      const booking = await book(world)
      const before = new Set(world.stripe.control.events().map(({ id }) => id))
      booking.payAtStripe()
      const events = world.stripe.control.events().filter(({ id }) => !before.has(id))
      expect(events.length).toBeGreaterThan(2)
      const copies = shuffled(events.flatMap((event) => Array.from({ length: 20 }, () => event)))
      const answers = await Promise.all(copies.map((event) => deliver(world, event)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      await work(world)
      for (const { id } of events) expect(await inboxOf(id)).toHaveLength(1)
      expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
      expect((await booking.ledger()).map(([kind]) => kind).sort()).toEqual(['charge', 'platform_fee', 'stripe_fee'])
    }
  })

  it('that comes before our own record is visible fails, and is done when it is', async () => {
    const booking = await book(world)
    booking.payAtStripe()
    const client = await connectTo(world.database)
    // The payment is not there yet: under another id it cannot be found, neither by its checkout.
    const session = world.stripe.control.tables().checkout_sessions[booking.checkoutId]
    const { paymentId } = session?.metadata ?? {}
    await client.query(`UPDATE payments SET stripe_checkout_session_id = NULL WHERE id = $1`, [paymentId])
    if (session) session.metadata = { ...session.metadata, paymentId: '018f0000-0000-7000-8000-000000000000' }
    const event = eventOf('checkout.session.completed', { id: booking.checkoutId })
    await deliver(world, event)
    await work(world)
    const [failed] = await inboxOf(event.id)
    expect(failed).toMatchObject({ status: 'failed', attempts: 1 })
    expect(failed?.error).toContain('NotVisibleYet')

    if (session) session.metadata = { ...session.metadata, paymentId: paymentId ?? '' }
    await makeJobsDue(world.database, 'process-stripe-event')
    await work(world)
    expect(await inboxOf(event.id)).toMatchObject([{ status: 'processed', attempts: 2, error: null }])
    expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
    await client.query(`UPDATE payments SET stripe_checkout_session_id = $2 WHERE id = $1`, [
      paymentId,
      booking.checkoutId,
    ])
  })

  it('of a payment after the cancellation sends the money back', async () => {
    const booking = await book(world)
    await world.api.post(`${booking.url}/cancel`, {}, booking.auth)
    booking.payAtStripe()
    await deliver(world, eventOf('checkout.session.completed', { id: booking.checkoutId }))
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'refunded', refundedAmount: 10_001 })
  })
})

describe('an event that failed', () => {
  const failedEvent = async () => {
    const booking = await book(world)
    booking.payAtStripe()
    world.stripe.control.failNext({ kind: 'server_error', method: 'GET', path: '/v1/checkout/sessions', times: 3 })
    const event = eventOf('checkout.session.completed', { id: booking.checkoutId })
    await deliver(world, event)
    await work(world)
    world.stripe.control.clearFaults()
    const [row] = await inboxOf(event.id)
    expect(row).toMatchObject({ status: 'failed' })
    expect(row?.error).toContain('ProviderError')
    // The queue has given up.
    const client = await connectTo(world.database)
    await client.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [`stripe-event:${row?.id}`])
    return { booking, event, id: row?.id ?? '' }
  }

  it('is replayed by staff, by its id or Stripe’s', async () => {
    for (const name of ['id', 'eventId'] as const) {
      const { booking, event, id } = await failedEvent()
      const replayed = await world.staff.post(`/payments/events/${name === 'id' ? id : event.id}/replay`)
      expect(replayed.status, replayed.text).toBe(202)
      expect(replayed.json.events).toEqual([{ id, eventId: event.id, account: '', type: event.type }])
      await work(world)
      expect(await inboxOf(event.id)).toMatchObject([{ status: 'processed', error: null }])
      expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
    }
  })

  it('is tried again when Stripe sends it again', async () => {
    const { booking, event } = await failedEvent()
    expect((await deliver(world, event)).status).toBe(200)
    await work(world)
    expect(await inboxOf(event.id)).toMatchObject([{ status: 'processed' }])
    expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
  })

  it('replayed after it was done changes nothing', async () => {
    const { booking, event } = await failedEvent()
    for (let n = 0; n < 2; n++) {
      await world.staff.post(`/payments/events/${event.id}/replay`)
      await work(world)
    }
    expect((await booking.ledger()).filter(([kind]) => kind === 'charge')).toHaveLength(1)
  })

  it('is replayed by nobody else', async () => {
    const { event, id } = await failedEvent()
    const customer = await world.api.as((await createCustomer(world.payload)).user)
    for (const client of [world.api, world.host, customer]) {
      expect((await client.post(`/payments/events/${event.id}/replay`)).json).toMatchObject({ code: 'not_found' })
    }
    expect((await world.staff.post('/payments/events/evt_none/replay')).json).toMatchObject({ code: 'not_found' })
    expect(await inboxOf(event.id)).toMatchObject([{ id, status: 'failed' }])
  })
})

describe('the inbox', () => {
  it('forgets what was dealt with 90 days ago, and nothing else', async () => {
    const events = ['processed', 'ignored', 'failed', 'received'].map((status) => ({
      status,
      ...eventOf(`old.${status}`, { id: 'x' }),
    }))
    const client = await connectTo(world.database)
    for (const { status, ...event } of events) {
      await deliver(world, event)
      await client.query(
        `UPDATE stripe_events SET status = $2, received_at = now() - interval '91 days' WHERE event_id = $1`,
        [event.id, status],
      )
    }
    const young = eventOf('young', { id: 'x' })
    await deliver(world, young)
    await client.query(
      `UPDATE stripe_events SET status = 'processed', received_at = now() - interval '89 days' WHERE event_id = $1`,
      [young.id],
    )
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    const left = await Promise.all(events.map(async ({ id }) => (await inboxOf(id)).length))
    expect(left).toEqual([0, 0, 1, 1])
    expect(await inboxOf(young.id)).toHaveLength(1)
  })

  it.each([
    ['no connection is to be had', 'connecting'],
    ['an old connection is dead', 'handed out'],
    ['it ends the connection in a statement', 'in a statement'],
    ['it ends the connection at COMMIT', 'at commit'],
  ] as const)(
    'says 5xx while the database is away (%s), so that Stripe sends the event again; then it is done',
    async (_how, moment) => {
      const booking = await book(world)
      booking.payAtStripe()
      const event = eventOf('checkout.session.completed', { id: booking.checkoutId })
      const refused = await loseDatabase(moment, { ...world, table: 'stripe_events' }, () => deliver(world, event))
      expect(refused.status, refused.text).toBe(503)
      expect(await inboxOf(event.id)).toHaveLength(0)

      expect((await deliver(world, event)).status).toBe(200)
      await work(world)
      expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
    },
  )
})
