import { sql } from '@payloadcms/db-postgres'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  bookPaid,
  bookPaidOut,
  createPayee,
  expectBooksToBalance,
  forgetEvents,
  hearFromStripe,
  openPayoutWorld,
  type PaidBooking,
  type PayoutWorld,
  untilAvailable,
  work,
} from '../../support/payout-world'

/** A consultant with a session that was paid out, and further ones that are paid and to be held. */
type Case = { accountId: string; paidOut: PaidBooking; next: PaidBooking[] }

let world: PayoutWorld
let cases: Case[]

const prepareCase = async (amounts: number[]): Promise<Case> => {
  const { consultant, accountId } = await createPayee(world)
  const paidOut = await bookPaidOut(world, consultant)
  const next: PaidBooking[] = []
  for (const amount of amounts) next.push(await bookPaid(world, consultant, { amount }))
  return { accountId, paidOut, next }
}

beforeAll(async () => {
  world = await openPayoutWorld()
  cases = [
    await prepareCase([6_000, 10_000]),
    await prepareCase([10_000, 10_000]),
    await prepareCase([10_000]),
    await prepareCase([]),
    await prepareCase([10_000]),
    await prepareCase([]),
  ]
  // From here on nothing can be booked: the pages of payment would be in Stripe's past.
  world.stripe.control.advanceClock(untilAvailable)
})

afterEach(async () => {
  world.stripe.control.clearFaults()
  forgetEvents(world)
  await expectBooksToBalance(world)
})

const nextCase = (): Case => {
  const next = cases.shift()
  if (!next) throw new Error('Prepare another case.')
  return next
}

const first = ({ next }: Case): PaidBooking => {
  const [booking] = next
  if (!booking) throw new Error('The case has no further session.')
  return booking
}

const failLatestRefund = async ({ chargeId }: PaidBooking) => {
  const { control } = world.stripe
  const refund = Object.values(control.tables().refunds).findLast(({ charge }) => charge === chargeId)
  control.failRefund(refund?.id ?? '')
  await hearFromStripe(world)
}

describe('what cannot be taken back', () => {
  it('is a debt, and the next payouts pay it off before anything is transferred', async () => {
    const { accountId, paidOut, next } = nextCase()
    const [small, large] = next
    world.stripe.control.payOutAccount(accountId)
    await paidOut.refund()
    await work(world)
    expect(await paidOut.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'failed', 8_500],
      ['receivable', 'succeeded', 8_500],
    ])
    expect((await paidOut.transfers())[1]).toMatchObject({ failureCode: 'balance_insufficient' })
    expect((await paidOut.find()).payout).toMatchObject({ status: 'paid', reversedAmount: 0 })

    await small?.complete()
    await work(world)
    expect(await small?.moves()).toEqual([['netting', 'succeeded', 5_100]])
    expect((await small?.find())?.payout).toMatchObject({ status: 'paid', paidAmount: 0, nettedAmount: 5_100 })
    expect(await small?.ledger()).toContainEqual(['netted_out', -5_100])
    expect(await paidOut.ledger()).toContainEqual(['netted_in', 5_100])

    await large?.complete()
    await work(world)
    expect(await large?.moves()).toEqual([
      ['netting', 'succeeded', 3_400],
      ['transfer', 'succeeded', 5_100],
    ])
    expect((await paidOut.transfers())[2]).toMatchObject({ kind: 'receivable', recoveredAmount: 8_500 })
  })

  it('is set off once by two payouts at once', async () => {
    const { accountId, paidOut, next } = nextCase()
    world.stripe.control.payOutAccount(accountId)
    await paidOut.refund()
    await work(world)
    for (const booking of next) await booking.complete()
    await Promise.all([...next, paidOut, ...next].map((booking) => booking.settle()))
    await work(world)
    const moves = (await Promise.all(next.map((booking) => booking.moves()))).flat()
    expect(moves.toSorted()).toEqual([
      ['netting', 'succeeded', 8_500],
      ['transfer', 'succeeded', 8_500],
    ])
  })

  it('that was set off is paid out again when the refund fails after all', async () => {
    const one = nextCase()
    world.stripe.control.payOutAccount(one.accountId)
    await one.paidOut.refund()
    await work(world)
    await first(one).complete()
    await work(world)
    expect(await first(one).moves()).toEqual([['netting', 'succeeded', 8_500]])
    await failLatestRefund(one.paidOut)
    expect(await one.paidOut.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'failed', 8_500],
      ['receivable', 'succeeded', 8_500],
      ['transfer', 'succeeded', 8_500],
    ])
  })

  it('that was not set off yet is owed no more when the refund fails after all', async () => {
    const { accountId, paidOut } = nextCase()
    world.stripe.control.payOutAccount(accountId)
    await paidOut.refund(4_000)
    await work(world)
    await failLatestRefund(paidOut)
    expect(await paidOut.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'failed', 3_400],
      ['receivable', 'succeeded', 3_400],
      ['netting', 'succeeded', 3_400],
    ])
    expect((await paidOut.transfers())[2]).toMatchObject({ recoveredAmount: 3_400 })
  })
})

describe('a payout', () => {
  it('is found again when Stripe has forgotten the key, whoever was killed in between', async () => {
    const booking = first(nextCase())
    await booking.complete()
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/transfers', times: 3 })
    await expect(booking.settle()).rejects.toThrow()
    world.stripe.control.advanceClock(25 * 3_600_000)
    const { poolDb } = await import('#database/transactions')
    await poolDb(world.payload).execute(sql`
      UPDATE transfers SET requested_at = now() - interval '25 hours' WHERE payment_id = ${booking.id}`)
    await booking.settle()
    const { transfers } = world.stripe.control.tables()
    expect(Object.values(transfers).filter(({ transfer_group: group }) => group === booking.sessionId)).toHaveLength(1)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it('that was taken back goes out again, out of the balance, when the refund fails later', async () => {
    const { paidOut } = nextCase()
    await paidOut.refund()
    await work(world)
    expect((await paidOut.find()).payout?.status).toBe('reversed')
    await failLatestRefund(paidOut)
    expect(await paidOut.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 8_500],
      ['transfer', 'succeeded', 8_500],
    ])
    expect(await paidOut.find()).toMatchObject({
      status: 'succeeded',
      payout: { status: 'paid', paidAmount: 17_000, reversedAmount: 8_500 },
    })
  })
})
