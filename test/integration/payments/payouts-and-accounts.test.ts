import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  bookPaid,
  createPayee,
  expectBooksToBalance,
  forgetEvents,
  hearFromStripe,
  openPayoutWorld,
  type PayoutWorld,
  work,
} from '../../support/payout-world'

let world: PayoutWorld

beforeAll(async () => {
  world = await openPayoutWorld()
})

afterEach(async () => {
  forgetEvents(world)
  await expectBooksToBalance(world)
})

/** A consultant without an account, of whom two sessions were held. */
const earner = async () => {
  const { consultant, user } = await createPayee(world, { status: 'none' })
  const own = await world.api.as(user)
  const bookings = [await bookPaid(world, consultant), await bookPaid(world, consultant, { amount: 3_000 })]
  for (const booking of bookings) await booking.complete()
  await work(world)
  for (const booking of bookings) await booking.settle()
  const onboard = async () => {
    const begun = await own.post('/payments/connect/onboarding')
    expect(begun.status, begun.text).toBe(200)
    const { docs } = await world.payload.find({
      collection: 'payout-accounts',
      where: { consultant: { equals: consultant.id } },
      depth: 0,
      limit: 1,
    })
    return docs[0]?.stripeAccountId ?? ''
  }
  const status = async () => (await own.get('/payments/connect/status')).json
  const moves = () => Promise.all(bookings.map((booking) => booking.moves()))
  const reasons = () => Promise.all(bookings.map(async (booking) => (await booking.find()).payout?.heldReason))
  return { consultant, onboard, status, moves, reasons }
}

describe('payouts that wait for the account', () => {
  it('are shown to the consultant, and paid once when the account can be paid', async () => {
    const { onboard, status, moves, reasons } = await earner()
    expect(await reasons()).toEqual(['no_account', 'no_account'])
    expect(await status()).toMatchObject({
      status: 'none',
      held: { count: 2, amounts: [{ amount: 11_050, currency: 'GBP' }] },
    })
    const accountId = await onboard()
    await hearFromStripe(world)
    expect(await moves()).toEqual([[], []])
    world.stripe.control.completeAccount(accountId)
    await hearFromStripe(world, (events) => [...events.toReversed(), ...events])
    await work(world)
    expect(await moves()).toEqual([[['transfer', 'succeeded', 8_500]], [['transfer', 'succeeded', 2_550]]])
    expect(await status()).toMatchObject({ status: 'active', held: { count: 0, amounts: [] } })
  })

  it('wait while it is restricted, and go on when it recovers', async () => {
    const { onboard, moves, status, consultant } = await earner()
    const accountId = await onboard()
    world.stripe.control.completeAccount(accountId)
    world.stripe.control.restrictAccount(accountId)
    await hearFromStripe(world)
    expect(await moves()).toEqual([[], []])
    expect(await status()).toMatchObject({ status: 'restricted', held: { count: 2 } })
    const later = await bookPaid(world, consultant)
    await later.complete()
    await work(world)
    await later.settle()
    expect((await later.find()).payout).toMatchObject({ status: 'held', heldReason: 'account_restricted' })
    world.stripe.control.completeAccount(accountId)
    await hearFromStripe(world)
    expect(await later.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    expect((await moves()).flat()).toHaveLength(2)
  })
})
