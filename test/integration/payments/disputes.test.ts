import { sql } from '@payloadcms/db-postgres'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Dispute } from '#payload-types'
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

const disputesOf = async ({ id }: PaidBooking): Promise<Dispute[]> => {
  const where = { payment: { equals: id } }
  return (await world.payload.find({ collection: 'disputes', where, depth: 0, limit: 10, sort: 'id' })).docs
}

const disputeOf = async (booking: PaidBooking): Promise<Dispute> => {
  const [dispute] = await disputesOf(booking)
  if (!dispute) throw new Error('There is no dispute.')
  return dispute
}

const sessionOf = ({ sessionId }: PaidBooking) =>
  world.payload.findByID({ collection: 'scheduled-sessions', id: sessionId, depth: 0 })

const open = async (booking: PaidBooking, options: { amount?: number; inquiry?: boolean } = {}) => {
  const dispute = world.stripe.control.disputePayment(booking.chargeId, options)
  await hearFromStripe(world)
  return dispute
}

const decide = async (disputeId: string, how: 'win' | 'lose' | 'closeInquiry') => {
  const { control } = world.stripe
  if (how === 'win') control.winDispute(disputeId)
  else if (how === 'lose') control.loseDispute(disputeId)
  else control.closeInquiry(disputeId)
  await hearFromStripe(world)
}

const sumOf = async (booking: PaidBooking, ...kinds: string[]) =>
  (await booking.ledger()).reduce(
    (sum, [kind, amount]) => (kinds.includes(String(kind)) ? sum + Number(amount) : sum),
    0,
  )

describe('a dispute before the payout', () => {
  it('freezes payout and refunds, and when it is won the share goes out once', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const { id } = await open(booking)
    expect(await booking.find()).toMatchObject({ status: 'disputed' })
    expect(await disputeOf(booking)).toMatchObject({
      status: 'needs_response',
      amount: 10_000,
      withdrawnAmount: 10_000,
    })
    await expect(booking.refund()).rejects.toThrow(/disputed/)
    await booking.complete()
    await work(world)
    expect(await booking.find()).toMatchObject({ payout: { status: 'held', heldReason: 'disputed' } })

    await decide(id, 'win')
    await hearFromStripe(world, (events) => [...events, ...events])
    await Promise.all([booking.settle(), booking.settle()])
    expect(await disputeOf(booking)).toMatchObject({ status: 'won', closedAt: expect.any(String) })
    expect(await booking.find()).toMatchObject({ status: 'succeeded', payout: { status: 'paid', heldReason: null } })
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    expect(await sumOf(booking, 'dispute', 'dispute_won')).toBe(0)
  })

  it('that is lost leaves nothing to pay out, and the session counts as refunded without another refund', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await open(booking)
    await booking.complete()
    await decide((await disputeOf(booking)).stripeDisputeId, 'lose')
    expect(await booking.find()).toMatchObject({ status: 'chargeback', payout: { status: 'not_due' } })
    expect(await sessionOf(booking)).toMatchObject({ status: 'refunded' })
    expect(await disputeOf(booking)).toMatchObject({ status: 'lost', platformShareAmount: 1_500 })
    expect(await booking.moves()).toEqual([])
    const where = { payment: { equals: booking.id } }
    expect((await world.payload.find({ collection: 'refunds', where })).totalDocs).toBe(0)
    expect(await booking.ledger()).toEqual(
      expect.arrayContaining([
        ['dispute', -10_000],
        ['dispute_fee', -2_000],
        ['dispute_share', -1_500],
      ]),
    )
  })
})

describe('a session that is cancelled while its payment is disputed', () => {
  const refundsOf = async ({ id }: PaidBooking) => {
    const where = { payment: { equals: id } }
    const { docs } = await world.payload.find({ collection: 'refunds', where, depth: 0, limit: 10 })
    return docs.map(({ amount, status, reason }) => ({ amount, status, reason }))
  }

  const cancelAsStaff = async ({ session }: PaidBooking) => {
    const answer = await world.staff.post(`/booking/sessions/${session}/cancel`, {})
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.refund.amount).toBe(0)
  }

  it.each(['win', 'closeInquiry'] as const)('is refunded once that has come to nothing (%s)', async (how) => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const { id } = await open(booking, { inquiry: how === 'closeInquiry' })
    await cancelAsStaff(booking)
    await work(world)
    expect(await refundsOf(booking)).toEqual([])
    await decide(id, how)
    await hearFromStripe(world, (events) => [...events, ...events])
    expect(await refundsOf(booking)).toEqual([
      { amount: 10_000, status: 'succeeded', reason: 'cancelled_by_operations' },
    ])
    expect(await booking.find()).toMatchObject({ status: 'refunded' })
  })

  it('gets by the policy of the moment in which it was cancelled', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const { id } = await open(booking)
    await booking.cancel()
    // Days later the time of the session is over.
    const { poolDb } = await import('#database/transactions')
    await poolDb(world.payload).execute(sql`
      UPDATE scheduled_sessions SET starts_at = now() - interval '90 minutes', ends_at = now() - interval '1 hour'
      WHERE id = ${booking.sessionId}`)
    await poolDb(world.payload).execute(sql`
      UPDATE scheduled_sessions_status_history SET at = now() - interval '9 days'
      WHERE _parent_id = ${booking.sessionId} AND "to" = 'cancelled_by_user'`)
    await decide(id, 'win')
    expect(await refundsOf(booking)).toMatchObject([{ amount: 10_000, reason: 'before_deadline' }])
  })

  it('gets nothing more when it is lost, or when a refund failed that was made before', async () => {
    const { consultant } = await createPayee(world)
    const lost = await bookPaid(world, consultant)
    const dispute = await open(lost)
    await cancelAsStaff(lost)
    await decide(dispute.id, 'lose')
    expect(await refundsOf(lost)).toEqual([])

    const failed = await bookPaid(world, consultant)
    world.stripe.control.nextRefund('fail_at_once')
    await failed.cancel()
    await work(world)
    await decide((await open(failed)).id, 'win')
    expect(await refundsOf(failed)).toMatchObject([{ status: 'failed' }])
  })
})

describe('a dispute after the payout', () => {
  it('leaves what is out where it is, and takes it back when it is lost', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    const { id } = await open(booking)
    await booking.settle()
    expect(await booking.find()).toMatchObject({ status: 'disputed', payout: { status: 'paid' } })
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    await decide(id, 'lose')
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 8_500],
    ])
    expect((await booking.transfers())[1]).toMatchObject({ dispute: (await disputeOf(booking)).id })
    expect(await booking.find()).toMatchObject({ status: 'chargeback', payout: { status: 'reversed' } })
    expect(await sessionOf(booking)).toMatchObject({ status: 'refunded' })
  })

  it('that is won changes nothing', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    const { id } = await open(booking)
    await decide(id, 'win')
    expect(await booking.find()).toMatchObject({ status: 'succeeded', payout: { status: 'paid' } })
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it('is an inquiry at first: nothing is taken, everything is frozen, and it may become a dispute', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const { id } = await open(booking, { inquiry: true })
    expect(await disputeOf(booking)).toMatchObject({ status: 'inquiry', withdrawnAmount: 0 })
    expect(await booking.find()).toMatchObject({ status: 'disputed' })
    world.stripe.control.escalateInquiry(id)
    await hearFromStripe(world)
    expect(await disputeOf(booking)).toMatchObject({ status: 'needs_response', withdrawnAmount: 10_000 })
    await decide(id, 'win')
    expect(await booking.find()).toMatchObject({ status: 'succeeded' })

    const other = await bookPaid(world, consultant)
    await decide((await open(other, { inquiry: true })).id, 'closeInquiry')
    expect(await disputeOf(other)).toMatchObject({ status: 'inquiry_closed' })
    expect(await other.find()).toMatchObject({ status: 'succeeded' })
  })

  it('over more than was paid is borne by the platform as far as it exceeds that', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    await decide((await open(booking, { amount: 11_000 })).id, 'lose')
    expect(await disputeOf(booking)).toMatchObject({ amount: 11_000, platformShareAmount: 2_500 })
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 8_500],
    ])
  })

  it('over a part takes back that part alone', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    await decide((await open(booking, { amount: 4_000 })).id, 'lose')
    expect(await disputeOf(booking)).toMatchObject({ platformShareAmount: 600 })
    expect((await booking.moves()).slice(1)).toEqual([['reversal', 'succeeded', 3_400]])
    expect(await booking.find()).toMatchObject({ status: 'chargeback', payout: { status: 'paid' } })
    // The rest was earned and kept.
    expect(await sessionOf(booking)).toMatchObject({ status: 'completed' })
  })

  it('may follow another one on the same charge that was won, and nothing counts twice', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    await decide((await open(booking)).id, 'win')
    await decide((await open(booking, { amount: 4_000 })).id, 'lose')
    await hearFromStripe(world, () => world.stripe.control.events().toReversed() as never)
    expect(await booking.find()).toMatchObject({ status: 'chargeback' })
    expect((await booking.moves()).slice(1)).toEqual([['reversal', 'succeeded', 3_400]])
    expect(await disputesOf(booking)).toMatchObject([{ status: 'won' }, { status: 'lost' }])
  })

  it.each([
    ['JPY', 5_000, 4_250],
    ['KWD', 12_350, 10_500],
    ['ISK', 1_234_500, 1_049_300],
  ] as const)('in %s adds up in whole steps', async (currency, amount, share) => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant, { amount, currency })
    await decide((await open(booking)).id, 'lose')
    expect((await booking.moves()).slice(1)).toEqual([['reversal', 'succeeded', share]])
    expect(await disputeOf(booking)).toMatchObject({ platformShareAmount: amount - share })
  })
})

describe('events of a dispute', () => {
  it('may come in any order and many times', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    const { id } = world.stripe.control.disputePayment(booking.chargeId)
    world.stripe.control.loseDispute(id)
    await hearFromStripe(world, (events) => [...events.toReversed(), ...events])
    expect(await disputesOf(booking)).toMatchObject([{ status: 'lost' }])
    expect((await booking.moves()).slice(1)).toEqual([['reversal', 'succeeded', 8_500]])
  })

  it('that come before that of the payment fetch it first', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const { poolDb } = await import('#database/transactions')
    const { sql } = await import('@payloadcms/db-postgres')
    const db = poolDb(world.payload)
    // As if nothing had been heard of the payment yet.
    await db.execute(sql`
      UPDATE payments SET status = 'pending', stripe_charge_id = NULL, stripe_payment_intent_id = NULL WHERE id = ${booking.id}`)
    await db.execute(sql`UPDATE scheduled_sessions SET status = 'pending_payment' WHERE id = ${booking.sessionId}`)
    await open(booking)
    expect(await booking.find()).toMatchObject({ status: 'disputed' })
  })
})

describe('a dispute of what is not known here', () => {
  const facts = {
    id: 'dp_unknown',
    status: 'needs_response' as const,
    amount: 10_000,
    currency: 'GBP',
    reason: 'fraudulent',
    openedAt: Date.now(),
    evidenceDueBy: null,
    movements: [],
    chargeId: 'ch_unknown',
    paymentIntentId: 'pi_unknown',
  }

  it('is passed over when its charge is nobody’s, and tried again when it names a payment', async () => {
    const { recordDispute } = await import('#checkout/dispute/follow-dispute')
    expect(await recordDispute(world.payload, { ...facts, metadata: {} })).toBe(false)
    const metadata = { paymentId: '0199c0de-0000-7000-8000-000000000001' }
    await expect(recordDispute(world.payload, { ...facts, metadata })).rejects.toThrow(/is not there/)
  })

  it('is found by whoever asks Stripe how the payment stands', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    world.stripe.control.disputePayment(booking.chargeId)
    const answer = await world.staff.post(`/payments/${booking.reference}/refresh`)
    expect(answer.json, answer.text).toMatchObject({ payment: { status: 'disputed' } })
  })
})

describe('a refund and a dispute', () => {
  it('together take no more from the consultant than their share, whichever ends first', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    world.stripe.control.nextRefund('stay_pending')
    await booking.refund(4_000)
    await work(world)
    const refund = Object.values(world.stripe.control.tables().refunds).find(
      ({ charge }) => charge === booking.chargeId,
    )
    const { id } = await open(booking, { amount: 10_000 })
    await decide(id, 'lose')
    expect(await disputeOf(booking)).toMatchObject({ platformShareAmount: 1_500 })
    expect((await booking.moves()).slice(1)).toEqual([['reversal', 'succeeded', 8_500]])

    world.stripe.control.settleRefund(refund?.id ?? '')
    await hearFromStripe(world)
    // Of £140.00 that went out for £100.00 the platform bears its fee and the £40.00.
    expect(await sumOf(booking, 'platform_fee_refund', 'dispute_share')).toBe(-5_500)
    expect((await booking.moves()).slice(1)).toEqual([['reversal', 'succeeded', 8_500]])

    world.stripe.control.failRefund(refund?.id ?? '')
    await hearFromStripe(world)
    expect(
      await sumOf(
        booking,
        'platform_fee_refund',
        'platform_fee_refund_failed',
        'dispute_share',
        'dispute_share_returned',
      ),
    ).toBe(-1_500)
    expect((await booking.moves()).slice(1)).toEqual([['reversal', 'succeeded', 8_500]])
  })
})

describe('what operations tell the bank', () => {
  const prepare = async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    const { id } = await open(booking)
    const dispute = await disputeOf(booking)
    return { booking, dispute, stripeDisputeId: id, url: `/payments/disputes/${dispute.reference}` }
  }

  it('is collected when the dispute opens, and on demand', async () => {
    const { booking, dispute, url } = await prepare()
    expect(dispute.evidence).toMatchObject({
      statement: null,
      payment: { reference: booking.reference, amount: 10_000, currency: 'GBP' },
      session: { reference: booking.session, status: 'completed' },
      policy: { refundableBeforeHours: 24, refundPercentage: 100, acceptedAt: expect.any(String) },
      history: expect.arrayContaining([expect.objectContaining({ to: 'completed', by: 'operations' })]),
    })
    await world.payload.update({ collection: 'disputes', id: dispute.id, data: { evidenceText: 'They were there.' } })
    const answer = await world.staff.post(`${url}/evidence`, {})
    expect(answer.json).toMatchObject({
      status: 'needs_response',
      answer: null,
      evidence: { statement: 'They were there.' },
    })
    expect((await disputeOf(booking)).answer?.status ?? null).toBeNull()
  })

  it('is sent once, also when the answer gets lost, and is seen to be under review', async () => {
    const { booking, dispute, stripeDisputeId, url } = await prepare()
    await world.payload.update({ collection: 'disputes', id: dispute.id, data: { evidenceText: 'They were there.' } })
    const sent = await world.staff.post(`${url}/evidence`, { submit: true })
    expect(sent.json).toMatchObject({ answer: { kind: 'evidence', status: 'requested' } })
    expect((await world.staff.post(`${url}/evidence`, { submit: true })).json).toMatchObject({
      code: 'illegal_transition',
    })
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/disputes', times: 3 })
    const { carryOutAnswer } = await import('#checkout/dispute/answer-dispute')
    await expect(carryOutAnswer(world.payload, dispute.id)).rejects.toThrow()
    await carryOutAnswer(world.payload, dispute.id)
    await work(world)
    const atStripe = world.stripe.control.tables().disputes[stripeDisputeId]
    expect(atStripe?.evidence_details.submission_count).toBe(1)
    expect(atStripe?.evidence.uncategorized_text).toContain('They were there.')
    expect(atStripe?.evidence.cancellation_policy_disclosure).toContain('24 hours')
    expect(await disputeOf(booking)).toMatchObject({
      status: 'under_review',
      answer: { status: 'succeeded' },
      evidenceSubmittedBy: world.operations.id,
    })
  })

  it('may be that the customer is right: then it is lost', async () => {
    const { booking, url } = await prepare()
    const accepted = await world.staff.post(`${url}/accept`)
    expect(accepted.json).toMatchObject({ answer: { kind: 'accept', status: 'requested' } })
    await work(world)
    await hearFromStripe(world)
    expect(await booking.find()).toMatchObject({ status: 'chargeback', payout: { status: 'reversed' } })
    expect((await world.staff.post(`${url}/accept`)).json).toMatchObject({ code: 'illegal_transition' })
  })

  it('is theirs alone to tell', async () => {
    const { url } = await prepare()
    const { user } = await createPayee(world)
    for (const api of [world.api, await world.api.as(user)]) {
      expect((await api.post(`${url}/evidence`, {})).json).toMatchObject({ code: 'not_found' })
      expect((await api.post(`${url}/accept`)).json).toMatchObject({ code: 'not_found' })
    }
  })
})
