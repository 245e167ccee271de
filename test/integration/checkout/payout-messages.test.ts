import { beforeAll, expect, it } from 'vitest'
import {
  bookPaid,
  bookPaidOut,
  createPayee,
  hearFromStripe,
  openPayoutWorld,
  type PaidBooking,
  type PayoutWorld,
  work,
} from '../../support/payout-world'

let world: PayoutWorld

beforeAll(async () => {
  world = await openPayoutWorld()
})

const told = async ({ sessionId }: PaidBooking) => {
  await work(world, ['follow-payout'])
  const { docs } = await world.payload.find({
    collection: 'notifications',
    where: {
      and: [{ scheduledSession: { equals: sessionId } }, { type: { in: ['payout', 'payout_held', 'dispute'] } }],
    },
    depth: 0,
    sort: 'createdAt',
    limit: 50,
  })
  return docs
}

const kinds = async (booking: PaidBooking) => (await told(booking)).map(({ kind, audience }) => `${kind} → ${audience}`)

it('a consultant hears of each payout once', async () => {
  const { consultant } = await createPayee(world)
  const booking = await bookPaidOut(world, consultant)
  await hearFromStripe(world)
  await booking.settle()
  expect(await kinds(booking)).toEqual(['payout_made → consultant'])
  const [message] = await told(booking)
  expect(message).toMatchObject({ title: 'We have paid you £85.00' })
})

it('both sides hear why a payout waits, once for each reason', async () => {
  const { consultant } = await createPayee(world, { status: 'none' })
  const booking = await bookPaid(world, consultant)
  await booking.complete()
  await work(world)
  await booking.settle()
  await world.staff.post(`/payments/${booking.reference}/payout/retry`)
  await work(world)
  expect(await kinds(booking)).toEqual(['payout_held → consultant', 'payout_held → operations'])
  await world.staff.post(`/payments/${booking.reference}/payout/hold`, { reason: 'Wait for the consultant.' })
  await work(world)
  const messages = await told(booking)
  expect(messages).toHaveLength(4)
  expect(messages[2]?.metadata).toMatchObject({
    data: { heldReason: 'by_operations', reason: 'Wait for the consultant.' },
  })
})

it('both sides hear of a dispute and how it ended, and operations are led to it', async () => {
  const { consultant } = await createPayee(world)
  const booking = await bookPaid(world, consultant)
  const { id } = world.stripe.control.disputePayment(booking.chargeId)
  await hearFromStripe(world)
  const opened = await told(booking)
  expect(opened.map(({ kind, audience }) => `${kind} → ${audience}`).toSorted()).toEqual([
    'dispute_opened → consultant',
    'dispute_opened → operations',
  ])
  const toOperations = opened.find(({ audience }) => audience === 'operations')
  expect(toOperations?.actionUrl).toContain('/admin/collections/disputes/')
  await booking.complete()
  await work(world)
  world.stripe.control.loseDispute(id)
  await hearFromStripe(world)
  // That its payout waited as long was no news of its own.
  expect((await kinds(booking)).slice(2).toSorted()).toEqual([
    'dispute_decided → consultant',
    'dispute_decided → operations',
  ])
})
