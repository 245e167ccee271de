import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { makeJobsDue } from '../../support/jobs'
import { book, deliver, openRefundWorld, type RefundWorld, sumOf, work } from '../../support/refund-world'

let world: RefundWorld

beforeAll(async () => {
  world = await openRefundWorld()
})

afterEach(() => expectSoundBooks(world.payload))

type SandboxEvent = ReturnType<RefundWorld['stripe']['control']['events']>[number]

/** What Stripe reports while `what` happens. */
const eventsOf = async (what: () => unknown): Promise<SandboxEvent[]> => {
  const before = new Set(world.stripe.control.events().map(({ id }) => id))
  await what()
  return world.stripe.control.events().filter(({ id }) => !before.has(id))
}

const statusOf = async (eventId: string): Promise<string | undefined> => {
  const { docs } = await world.payload.find({
    collection: 'stripe-events',
    where: { eventId: { equals: eventId } },
    depth: 0,
    limit: 1,
  })
  return docs[0]?.status
}

const orders: Record<string, (events: SandboxEvent[]) => SandboxEvent[]> = {
  'as it happened': (events) => events,
  backwards: (events) => events.toReversed(),
  'three times each': (events) => [...events, ...events.toReversed(), ...events],
}

describe('a refund made in Stripe’s dashboard', () => {
  it.each(Object.keys(orders))('is recorded once, its events coming %s', async (order) => {
    const booking = await book(world)
    await booking.pay()
    const intent = await booking.intentId()
    const events = await eventsOf(() => world.stripe.control.refundFromDashboard(intent, 4_000))
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['refund.created', 'charge.refunded']))
    for (const event of orders[order]?.(events) ?? []) await deliver(world, event)
    await work(world)
    const refunds = await booking.refunds()
    expect(refunds).toMatchObject([
      {
        status: 'succeeded',
        amount: 4_000,
        platformFeeAmount: 600,
        consultantPayoutAmount: 3_400,
        reason: 'dashboard_refund',
        requestedByRole: 'payment',
        requestedBy: null,
      },
    ])
    expect(await booking.payment()).toMatchObject({ status: 'partially_refunded', refundedAmount: 4_000 })
    expect(sumOf(await booking.ledger(), 'refund')).toBe(-4_000)
  })

  it('is recorded once by events that are worked off at the same time', async () => {
    const booking = await book(world)
    await booking.pay()
    const refund = world.stripe.control.refundFromDashboard(await booking.intentId(), 1_000)
    const { followStripeRefund } = await import('#payments/refund/record-dashboard-refund')
    const { retrieveRefund } = await import('#payments/stripe/refund-payment')
    const truth = await retrieveRefund(refund.id)
    await followStripeRefund(world.payload, truth)
    expect(await booking.refunds()).toHaveLength(1)

    const other = await retrieveRefund(world.stripe.control.refundFromDashboard(await booking.intentId(), 1_000).id)
    await Promise.all(Array.from({ length: 10 }, () => followStripeRefund(world.payload, other)))
    expect(await booking.refunds()).toHaveLength(2)
    expect(sumOf(await booking.ledger(), 'refund')).toBe(-2_000)
  })

  it('waits when its charge is not booked yet, and is never passed over', async () => {
    const booking = await book(world)
    booking.payAtStripe()
    const checkout = Object.values(world.stripe.control.tables().checkout_sessions).find(
      ({ id }) => id === booking.checkoutId,
    )
    const events = await eventsOf(() => world.stripe.control.refundFromDashboard(checkout?.payment_intent ?? '', 500))
    for (const event of events) await deliver(world, event)
    await work(world)
    const created = events.find(({ type }) => type === 'refund.created')
    expect(await statusOf(created?.id ?? '')).toBe('failed')
    expect(await booking.refunds()).toHaveLength(0)
    expect((await world.api.post(`${booking.url}/payment/refresh`, {}, booking.auth)).json.payment.status).toBe(
      'succeeded',
    )
    await makeJobsDue(world.database, 'process-stripe-event')
    await work(world)
    expect(await statusOf(created?.id ?? '')).toBe('processed')
    expect(await booking.refunds()).toMatchObject([{ amount: 500, status: 'succeeded' }])
  })

  it('that uses up what ours was to return: ours fails cleanly, and operations are told', async () => {
    const booking = await book(world)
    await booking.pay()
    await world.staff.post(`${booking.path}/refunds`, { amount: 8_000, reason: 'Bad sound' })
    const events = await eventsOf(async () => world.stripe.control.refundFromDashboard(await booking.intentId(), 5_000))
    await work(world)
    for (const event of events) await deliver(world, event)
    await work(world)
    const refunds = await booking.refunds()
    expect(refunds).toMatchObject([
      { amount: 8_000, status: 'failed', stripeRefundId: null },
      { amount: 5_000, status: 'succeeded', requestedByRole: 'payment' },
    ])
    expect(refunds[0]?.failureReason).toBeTruthy()
    expect(await booking.payment()).toMatchObject({ refundedAmount: 5_000 })
    const client = await connectTo(world.database)
    const { rows } = await client.query(
      `SELECT FROM parley.errands WHERE facts->>'event' = 'refund-failed' AND facts->'detail'->>'refundId' = $1`,
      [refunds[0]?.id],
    )
    expect(rows).toHaveLength(1)
    // What is left can still be returned.
    expect((await world.staff.post(`${booking.path}/refunds`, { reason: 'The rest' })).status).toBe(201)
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'refunded', refundedAmount: 10_001 })
  })

  it('beside one of ours: both are recorded, each once', async () => {
    const booking = await book(world)
    await booking.pay()
    await world.staff.post(`${booking.path}/refunds`, { amount: 3_000, reason: 'Bad sound' })
    const events = await eventsOf(async () => {
      world.stripe.control.refundFromDashboard(await booking.intentId(), 3_000)
      await work(world)
    })
    for (const event of events.toReversed()) await deliver(world, event)
    await work(world)
    expect((await booking.refunds()).map(({ amount, status }) => [amount, status])).toEqual([
      [3_000, 'succeeded'],
      [3_000, 'succeeded'],
    ])
    expect(sumOf(await booking.ledger(), 'refund')).toBe(-6_000)
    expect(sumOf(await booking.ledger(), 'platform_fee_refund')).toBe(-900)
  })

  it('marks a completed session as refunded when it returns all', async () => {
    const booking = await book(world)
    await booking.pay()
    const client = await connectTo(world.database)
    await client.query(
      `UPDATE scheduled_sessions SET starts_at = now() - interval '90 minutes', ends_at = now() - interval '1 hour' WHERE reference = $1`,
      [booking.reference],
    )
    await world.staff.post(`${booking.url}/complete`)
    const events = await eventsOf(async () => world.stripe.control.refundFromDashboard(await booking.intentId()))
    for (const event of events) await deliver(world, event)
    await work(world)
    expect((await booking.session()).status).toBe('refunded')
  })

  it('of a charge that is none of ours is ignored', async () => {
    const { getStripe } = await import('#payments/stripe/stripe-client')
    const checkout = await getStripe().checkout.sessions.create({
      mode: 'payment',
      line_items: [{ quantity: 1, price_data: { currency: 'gbp', unit_amount: 500, product_data: { name: 'Tea' } } }],
      success_url: 'https://shop.parley.example',
    })
    world.stripe.control.payCheckout(checkout.id)
    const intent = world.stripe.control.tables().checkout_sessions[checkout.id]?.payment_intent ?? ''
    const events = await eventsOf(() => world.stripe.control.refundFromDashboard(intent))
    for (const event of events) await deliver(world, event)
    await work(world)
    for (const { id, type } of events) expect(await statusOf(id), type).toBe('ignored')
  })
})
