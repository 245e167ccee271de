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
  type PayoutWorld,
  work,
} from '../../support/payout-world'

let world: PayoutWorld

beforeAll(async () => {
  world = await openPayoutWorld()
})

afterEach(async () => {
  world.stripe.control.clearFaults()
  forgetEvents(world)
  await expectBooksToBalance(world)
})

const transfersAtStripe = (sessionId: string) =>
  Object.values(world.stripe.control.tables().transfers).filter(({ transfer_group }) => transfer_group === sessionId)

const execute = async (statement: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return poolDb(world.payload).execute(statement)
}

describe('a payout', () => {
  it('is due the set delay after the end of a session, and goes out once, out of the charge', async () => {
    const { consultant, accountId } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    expect((await booking.find()).payout).toMatchObject({ status: 'not_due', dueAt: null })
    await booking.complete()
    const due = Date.parse((await booking.find()).payout?.dueAt ?? '')
    expect(Math.abs(Date.now() - 3_600_000 - due)).toBeLessThan(60_000)
    await work(world)
    await booking.settle()
    await hearFromStripe(world)
    expect(transfersAtStripe(booking.sessionId)).toMatchObject([
      {
        amount: 8_500,
        currency: 'gbp',
        destination: accountId,
        source_transaction: booking.chargeId,
        metadata: { paymentId: booking.id },
      },
    ])
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    expect(await booking.ledger()).toContainEqual(['transfer', -8_500])
    expect(await booking.find()).toMatchObject({
      payout: { status: 'paid', paidAmount: 8_500, reversedAmount: 0, heldReason: null },
      stripe: { connectAccountId: accountId, transferId: transfersAtStripe(booking.sessionId)[0]?.id },
    })
  })

  it('waits until it is due', async () => {
    const { consultant } = await createPayee(world)
    await world.payload.updateGlobal({ slug: 'booking-settings', data: { payoutDelayHours: 72 } })
    const { forgetBookingSettings } = await import('#availability/booking-settings')
    forgetBookingSettings()
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    await world.payload.updateGlobal({ slug: 'booking-settings', data: { payoutDelayHours: 0 } })
    forgetBookingSettings()
    await booking.settle()
    await work(world)
    expect(await booking.moves()).toEqual([])
    await execute(sql`UPDATE payments SET payout_due_at = now() - interval '2 minutes' WHERE id = ${booking.id}`)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it('is what is kept of a late cancellation, and nothing of one in time', async () => {
    const { consultant } = await createPayee(world)
    const early = await bookPaid(world, consultant)
    await early.cancel()
    const late = await bookPaid(world, consultant)
    await execute(sql`
      UPDATE scheduled_sessions SET starts_at = now() + interval '2 hours', ends_at = now() + interval '150 minutes',
        price_cancellation_policy = '{"refundableBeforeHours": 24, "refundPercentage": 100, "lateRefundPercentage": 40, "noShowRefundPercentage": 0}'
      WHERE id = ${late.sessionId}`)
    await late.cancel()
    await work(world)
    await early.settle()
    expect(await early.find()).toMatchObject({ status: 'refunded', payout: { status: 'not_due', dueAt: null } })
    expect(await late.find()).toMatchObject({ status: 'partially_refunded', payout: { status: 'paid' } })
    expect(await late.moves()).toEqual([['transfer', 'succeeded', 5_100]])
  })

  it('goes out once when two workers do it at once, many times over', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    await Promise.all(Array.from({ length: 6 }, () => booking.settle()))
    await work(world)
    expect(transfersAtStripe(booking.sessionId)).toHaveLength(1)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it('goes out once when the answer got lost', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/transfers', times: 3 })
    await expect(booking.settle()).rejects.toThrow()
    expect(await booking.moves()).toEqual([['transfer', 'requested', 8_500]])
    expect(transfersAtStripe(booking.sessionId)).toHaveLength(1)
    await booking.settle()
    expect(transfersAtStripe(booking.sessionId)).toHaveLength(1)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it('is recorded by Stripe’s event when nobody else did', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/transfers', times: 3 })
    await expect(booking.settle()).rejects.toThrow()
    await hearFromStripe(world, (events) => [...events, ...events])
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    expect((await booking.find()).payout?.status).toBe('paid')
  })

  it('waits while Stripe is down, and the sweep finds what was left lying', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    world.stripe.control.failNext({ kind: 'server_error', method: 'POST', path: '/v1/transfers', times: 3 })
    await expect(booking.settle()).rejects.toThrow()
    expect(await booking.find()).toMatchObject({ payout: { status: 'due' } })
    await execute(sql`UPDATE transfers SET updated_at = now() - interval '3 minutes' WHERE payment_id = ${booking.id}`)
    await execute(sql`DELETE FROM graphile_worker._private_jobs`)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it.each([
    ['JPY', 5_000, 4_250],
    ['KWD', 12_350, 10_500],
    ['ISK', 1_234_500, 1_049_300],
  ] as const)('in %s is in whole steps of the currency', async (currency, amount, share) => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant, { amount, currency })
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', share]])
    await booking.refund()
    await work(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', share],
      ['reversal', 'succeeded', share],
    ])
    expect(await booking.find()).toMatchObject({ status: 'refunded', payout: { status: 'reversed' } })
  })
})

describe('a payout that has to wait', () => {
  it('says that there is no account, and goes out when there is one', async () => {
    const { consultant } = await createPayee(world, { status: 'none' })
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    await work(world)
    expect((await booking.find()).payout).toMatchObject({ status: 'held', heldReason: 'no_account' })
    const { accountId } = await createPayee(world)
    await execute(
      sql`UPDATE payout_accounts SET consultant_id = ${consultant.id}, synced_at = now() WHERE stripe_account_id = ${accountId}`,
    )
    await execute(sql`UPDATE payments SET updated_at = now() - interval '5 minutes' WHERE id = ${booking.id}`)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await work(world)
    expect(await booking.find()).toMatchObject({ payout: { status: 'paid', heldReason: null } })
  })

  it('is held when Stripe refuses the account, asked once, and paid once when the account recovers', async () => {
    const { consultant, accountId } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    world.stripe.control.restrictAccount(accountId)
    await work(world)
    await booking.settle()
    await booking.settle()
    expect(await booking.moves()).toEqual([['transfer', 'failed', 8_500]])
    expect((await booking.transfers())[0]).toMatchObject({ failureCode: 'insufficient_capabilities_for_transfer' })
    expect((await booking.find()).payout).toMatchObject({ status: 'held', heldReason: 'account_restricted' })
    world.stripe.control.completeAccount(accountId)
    await execute(
      sql`UPDATE payout_accounts SET synced_at = now() + interval '1 second' WHERE stripe_account_id = ${accountId}`,
    )
    await Promise.all([booking.settle(), booking.settle()])
    await work(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'failed', 8_500],
      ['transfer', 'succeeded', 8_500],
    ])
    expect((await booking.find()).payout).toMatchObject({ status: 'paid', heldReason: null, heldNote: null })
  })
})

describe('a refund', () => {
  it('before the payout leaves less of it to pay out', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.refund(4_000)
    await work(world)
    await booking.complete()
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 5_100]])
  })

  it('that is under way counts for paying out, and what it leaves follows when it fails', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.refund(4_000)
    world.stripe.control.nextRefund('stay_pending')
    await booking.complete()
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 5_100]])
    const [refund] = Object.values(world.stripe.control.tables().refunds).filter(
      ({ charge }) => charge === booking.chargeId,
    )
    world.stripe.control.failRefund(refund?.id ?? '')
    await hearFromStripe(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 5_100],
      ['transfer', 'succeeded', 3_400],
    ])
  })

  it('after the payout takes its part back; a second one and a repetition do no more than that', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    await booking.refund(3_333)
    await work(world)
    await booking.refund()
    await work(world)
    await booking.settle()
    await hearFromStripe(world, (events) => events.toReversed())
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 2_833],
      ['reversal', 'succeeded', 5_667],
    ])
    expect((await booking.find()).payout).toMatchObject({
      status: 'reversed',
      paidAmount: 8_500,
      reversedAmount: 8_500,
    })
    expect((await booking.transfers())[1]).toMatchObject({ refund: expect.any(String) })
  })

  it('while the transfer is under way is settled after it', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/transfers', times: 3 })
    await expect(booking.settle()).rejects.toThrow()
    await booking.refund(4_000)
    await work(world)
    await booking.settle()
    await work(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 3_400],
    ])
  })

  it('whose reversal’s answer got lost takes back once', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    await booking.refund(4_000)
    await work(world, ['run-refund'])
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/transfers', times: 3 })
    await expect(booking.settle()).rejects.toThrow()
    await booking.settle()
    await hearFromStripe(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 3_400],
    ])
    expect(transfersAtStripe(booking.sessionId)).toMatchObject([{ amount_reversed: 3_400 }])
  })
})

describe('what is done by hand at Stripe', () => {
  it('is recorded once, and not undone by paying again', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    const [transfer] = transfersAtStripe(booking.sessionId)
    const { getStripe } = await import('#payments/stripe/stripe-client')
    await getStripe().transfers.createReversal(transfer?.id ?? '', { amount: 1_000 })
    await hearFromStripe(world, (events) => [...events, ...events])
    await booking.settle()
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 1_000],
    ])
    expect((await booking.find()).payout).toMatchObject({
      status: 'held',
      heldReason: 'by_operations',
      reversedAmount: 1_000,
    })
  })

  it('counts as paid out: the rest follows when it is due', async () => {
    const { consultant, accountId } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const { getStripe } = await import('#payments/stripe/stripe-client')
    await getStripe().transfers.create({
      amount: 2_000,
      currency: 'gbp',
      destination: accountId,
      source_transaction: booking.chargeId,
    })
    await hearFromStripe(world)
    await booking.complete()
    await work(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 2_000],
      ['transfer', 'succeeded', 6_500],
    ])
  })
})
