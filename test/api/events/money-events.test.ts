import { beforeAll, describe, expect, it } from 'vitest'
import { recordEvents, type Recorder } from '../../support/follow-events'
import {
  bookElsewhere,
  bookPaid,
  bookPaidOut,
  createPayee,
  expectBooksToBalance,
  hearFromStripe,
  openPayoutWorld,
  type PaidBooking,
  type PayoutWorld,
  work,
} from '../../support/payout-world'

let world: PayoutWorld
let events: Recorder

beforeAll(async () => {
  world = await openPayoutWorld()
  events = await recordEvents(world)
})

const take = ({ id }: PaidBooking) => events.take(id)

describe('the share of a payment', () => {
  it('is paid once, whatever comes again', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    await hearFromStripe(world)
    await work(world)
    expect(await take(booking)).toEqual(['payment.succeeded', 'payout.paid'])
    await expectBooksToBalance(world)
  })

  it('waits, and waits for another reason; the same reason is no news', async () => {
    const { consultant } = await createPayee(world, { status: 'none' })
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    for (let n = 0; n < 2; n++) {
      await work(world)
      const { settlePayout } = await import('#payments/payout/settle-payout')
      await settlePayout(world.payload, { paymentId: booking.id })
    }
    expect(await take(booking)).toEqual(['payment.succeeded', 'payout.held'])
    const held = await world.staff.post(`/payments/${booking.reference}/payout/hold`, { reason: 'Complaint' })
    expect(held.status, held.text).toBeLessThan(300)
    await work(world)
    expect(await take(booking)).toEqual(['payout.held'])
  })

  it('of a payment that was made elsewhere waits from the beginning', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookElsewhere(world, consultant)
    expect(await take(booking)).toEqual(['payment.succeeded', 'payout.held'])
  })
})

describe('a dispute', () => {
  it('is announced when it is opened, once; that it is won is no payment', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    await hearFromStripe(world)
    expect(await take(booking)).toEqual(['payment.succeeded', 'payout.paid'])
    const { id } = world.stripe.control.disputePayment(booking.chargeId)
    await hearFromStripe(world)
    await hearFromStripe(world, () => world.stripe.control.events().slice(-3) as never)
    expect(await take(booking)).toEqual(['payment.disputed'])
    world.stripe.control.winDispute(id)
    await hearFromStripe(world)
    expect(await booking.find()).toMatchObject({ status: 'succeeded' })
    expect(await take(booking)).toEqual([])
  })
})

describe('a refund', () => {
  it('is announced when it has gone back, each part once', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await take(booking)
    const ids = [await booking.refund(2_500), await booking.refund(7_500)]
    expect(await take(booking)).toEqual([])
    await work(world)
    await hearFromStripe(world)
    expect(await take(booking)).toEqual(['payment.refunded', 'payment.refunded'])
    const mine = (await events.all()).flatMap(({ data }) =>
      'refundId' in data && data.paymentId === booking.id ? data.refundId : [],
    )
    expect(mine.toSorted()).toEqual(ids.toSorted())
  })
})
