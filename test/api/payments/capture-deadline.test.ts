import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { iso } from '../../support/fixtures'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { book, type Booking, deliver, openRefundWorld, type RefundWorld, work } from '../../support/refund-world'

let world: RefundWorld

beforeAll(async () => {
  world = await openRefundWorld()
})

afterEach(() => expectSoundBooks(world.payload))

const minute = 60_000

const authorized = async (): Promise<Booking> => {
  const booking = await book(world, { requiresConfirmation: true })
  await booking.pay()
  expect(await booking.payment()).toMatchObject({ status: 'authorized' })
  return booking
}

/** As if Stripe let the card go so many minutes from now. */
const runsOutIn = async (booking: Booking, minutes: number): Promise<void> => {
  const client = await connectTo(world.database)
  await client.query(`UPDATE payments SET checkout_capture_before = $2 WHERE id = $1`, [
    booking.paymentId,
    iso(Date.now() + minutes * minute),
  ])
}

const lastStep = async (booking: Booking) => (await booking.session()).statusHistory?.at(-1)

const isFree = async ({ start, serviceType }: Booking): Promise<boolean> => {
  const again = await world.api.post('/booking/sessions', {
    consultant: world.consultant.slug,
    serviceType: serviceType.slug,
    start: iso(start),
    customer: { name: 'Next', email: `next-${start}@parley.example`, timeZone: 'UTC' },
  })
  return again.status === 201
}

/** More than a week passes at Stripe; its clock is put right again for those who come after. */
const letCardsGo = (): void => {
  const week = 8 * 24 * 60 * minute
  world.stripe.control.advanceClock(week)
  world.stripe.control.advanceClock(-week)
}

describe('an authorised price', () => {
  it('is kept with the deadline that Stripe gives, and the deadline is shown', async () => {
    const booking = await authorized()
    const payment = await booking.payment()
    const captureBefore = payment.checkout?.captureBefore ?? ''
    expect(Date.parse(captureBefore)).toBeGreaterThan(Date.now() + 24 * 60 * minute)
    expect((await booking.read()).payment.captureBefore).toBe(captureBefore)
    const preview = await world.staff.get(`${booking.path}/refunds/preview`)
    expect(preview.json).toMatchObject({ allowed: false, captureBefore })
    expect(preview.json.refusal.message).toContain('not charged yet')
    const client = await connectTo(world.database)
    const { rows } = await client.query<{ run_at: Date }>(
      `SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1`,
      [`expire-authorization:${(await booking.session()).id}`],
    )
    expect(rows[0]?.run_at.getTime()).toBe(Date.parse(captureBefore) - 30 * minute)
  })

  it('that runs out unanswered: the session expires before, the card is let go, the time is free', async () => {
    const booking = await authorized()
    await runsOutIn(booking, 29)
    await makeJobsDue(world.database, 'expire-authorization')
    await work(world)
    expect((await booking.session()).status).toBe('expired')
    expect(await lastStep(booking)).toMatchObject({
      actorRole: 'system',
      reason: 'the reservation on the card ran out',
    })
    expect(await booking.payment()).toMatchObject({ status: 'cancelled' })
    expect(await booking.ledger()).toEqual([])
    expect(await isFree(booking)).toBe(true)
  })

  it('stays reserved while there is time, whatever job comes early', async () => {
    const booking = await authorized()
    await runsOutIn(booking, 31)
    await makeJobsDue(world.database, 'expire-authorization')
    await work(world)
    expect((await booking.session()).status).toBe('pending_confirmation')
  })

  it('is found by the sweep when its job is lost', async () => {
    const booking = await authorized()
    await runsOutIn(booking, 20)
    const client = await connectTo(world.database)
    await client.query(`DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'expire-authorization:%'`)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await work(world)
    expect((await booking.session()).status).toBe('expired')
  })

  it('cannot be said yes to once it runs out, by nobody', async () => {
    const booking = await authorized()
    await runsOutIn(booking, 30)
    for (const client of [world.host, world.staff]) {
      const refused = await client.post(`${booking.url}/confirm`)
      expect(refused.json).toMatchObject({ status: 409, code: 'illegal_transition' })
      expect(refused.json.detail).toContain('has run out')
    }
    expect((await world.host.get(booking.url)).json.actions).not.toContain('confirm')
    await makeJobsDue(world.database, 'expire-authorization')
    await work(world)
    expect((await booking.session()).status).toBe('expired')
    expect(await booking.payment()).toMatchObject({ status: 'cancelled' })
  })

  it('that Stripe lets go by itself frees the time', async () => {
    const booking = await authorized()
    const intentId = await booking.intentId()
    letCardsGo()
    const cancelled = world.stripe.control
      .events('payment_intent.canceled')
      .find(({ data }) => data.object.id === intentId)
    await deliver(world, cancelled ?? {})
    await work(world)
    expect((await booking.session()).status).toBe('expired')
    expect(await booking.payment()).toMatchObject({ status: 'cancelled' })
    expect(await isFree(booking)).toBe(true)
  })

  it('confirmed but charged too late: nothing is charged, the time is free, the customer is told', async () => {
    const booking = await authorized()
    expect((await world.host.post(`${booking.url}/confirm`)).status).toBe(200)
    // The worker was down for more than a week.
    letCardsGo()
    await work(world)
    expect((await booking.session()).status).toBe('expired')
    expect(await lastStep(booking)).toMatchObject({ from: 'scheduled', reason: 'the card could not be charged' })
    expect(await booking.payment()).toMatchObject({ status: 'cancelled' })
    expect(await booking.ledger()).toEqual([])
    expect(await isFree(booking)).toBe(true)
    await runDueJobs(world.payload, world.database, { only: ['follow-session'] })
    const { docs } = await world.payload.find({
      collection: 'notifications',
      where: { scheduledSession: { equals: (await booking.session()).id }, kind: { equals: 'booking_cancelled' } },
      depth: 0,
    })
    expect(docs.map(({ audience }) => audience).sort()).toEqual(['consultant', 'customer'])
  })

  it('is captured once although the answer gets lost', async () => {
    const booking = await authorized()
    await world.host.post(`${booking.url}/confirm`)
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/payment_intents', times: 3 })
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'authorized' })
    world.stripe.control.clearFaults()
    await makeJobsDue(world.database, 'settle-payment')
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
    expect((await booking.ledger()).filter(([kind]) => kind === 'charge')).toHaveLength(1)
  })

  it('one after the other, yes and expiry: who comes first has it', async () => {
    const booking = await authorized()
    await world.host.post(`${booking.url}/confirm`)
    await expire(booking)
    expect((await booking.session()).status).toBe('scheduled')
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
  })

  it('at the same time, yes and expiry: one of them has it, and the money follows', async () => {
    for (let round = 0; round < 5; round++) {
      const booking = await authorized()
      const [answer] = await Promise.all([world.host.post(`${booking.url}/confirm`), expire(booking)])
      const { status } = await booking.session()
      expect(status).toBe(answer.status === 200 ? 'scheduled' : 'expired')
      await work(world)
      expect(await booking.payment()).toMatchObject({ status: status === 'scheduled' ? 'succeeded' : 'cancelled' })
    }
  })
})

/** Nobody answered in time. */
const expire = async (booking: Booking): Promise<void> => {
  const { expireUnconfirmedSession } = await import('#checkout/expire-session')
  const { id } = await booking.session()
  await expireUnconfirmedSession(world.payload, id)
}
