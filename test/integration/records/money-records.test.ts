import { beforeAll, describe, expect, it } from 'vitest'
import { createServiceType, guest, hourIn, iso } from '../../support/fixtures'
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

const text: unknown = expect.any(String)
const amount: unknown = expect.any(Number)

type Kept = 'refunds' | 'transfers' | 'disputes' | 'invoices' | 'ledger-entries'

const recordsOf = async <Slug extends Kept>(collection: Slug, { id }: PaidBooking) => {
  const where = { payment: { equals: id } }
  return (await world.payload.find({ collection, where, depth: 0, limit: 50, sort: 'createdAt' })).docs
}

const firstOf = async <Slug extends Kept>(collection: Slug, booking: PaidBooking) => {
  const [first] = await recordsOf(collection, booking)
  if (!first) throw new Error('There is no record.')
  return first
}

describe('what is written down about money', () => {
  it('holds all of a payment that was collected, paid out, and refunded after that', async () => {
    const { consultant, accountId } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const session = await world.payload.findByID({ collection: 'scheduled-sessions', id: booking.sessionId, depth: 0 })
    expect(session).toMatchObject({
      consultant: consultant.id,
      slot: text,
      paymentDeadline: text,
      price: {
        amount: 10_000,
        currency: 'GBP',
        platformFeeAmount: 1_500,
        platformFeeBps: 1_500,
        consultantPayoutAmount: 8_500,
        cancellationPolicy: {
          refundableBeforeHours: 24,
          refundPercentage: 100,
          lateRefundPercentage: amount,
          noShowRefundPercentage: amount,
        },
      },
    })
    await booking.complete()
    await work(world)
    await booking.refund(1_000)
    await work(world)
    const { customer } = session
    expect(await booking.find()).toMatchObject({
      reference: expect.stringMatching(/^PM-/),
      scheduledSession: booking.sessionId,
      consultant: consultant.id,
      customer,
      status: 'partially_refunded',
      amount: 10_000,
      currency: 'GBP',
      platformFeeAmount: 1_500,
      platformFeePercentage: 15,
      consultantPayoutAmount: 8_500,
      refundedAmount: 1_000,
      refundedAt: text,
      paymentMethod: 'card',
      initiatedAt: text,
      succeededAt: text,
      receiptUrl: text,
      payout: { status: 'paid', dueAt: text, paidAt: text, paidAmount: amount, reversedAmount: amount },
      stripe: {
        paymentIntentId: expect.stringMatching(/^pi_/),
        checkoutSessionId: expect.stringMatching(/^cs_/),
        chargeId: expect.stringMatching(/^ch_/),
        connectAccountId: accountId,
        transferId: expect.stringMatching(/^tr_/),
      },
      checkout: { url: text, expiresAt: text, successUrl: text, cancelUrl: text },
      invoice: { invoiceId: text, url: text },
      metadata: { consultantName: consultant.name, customerEmail: text, duration: 30 },
      attempt: amount,
      idempotencyKey: text,
    })
    expect(await recordsOf('refunds', booking)).toMatchObject([
      {
        reference: expect.stringMatching(/^RF-/),
        payment: booking.id,
        scheduledSession: booking.sessionId,
        consultant: consultant.id,
        customer,
        status: 'succeeded',
        amount: 1_000,
        currency: 'GBP',
        platformFeeAmount: 150,
        consultantPayoutAmount: 850,
        reason: 'Goodwill',
        requestedAt: text,
        requestedBy: world.operations.id,
        requestedByRole: 'operations',
        refundedAt: text,
        askedAt: text,
        stripeRefundId: expect.stringMatching(/^re_/),
        attempt: amount,
        idempotencyKey: text,
      },
    ])
    const [transfer, reversal] = await recordsOf('transfers', booking)
    expect(transfer).toMatchObject({
      reference: text,
      kind: 'transfer',
      payment: booking.id,
      status: 'succeeded',
      scheduledSession: booking.sessionId,
      consultant: consultant.id,
      amount: 8_500,
      currency: 'GBP',
      reason: text,
      requestedAt: text,
      settledAt: text,
      destinationAccountId: accountId,
      stripeObjectId: expect.stringMatching(/^tr_/),
      attempt: amount,
      idempotencyKey: text,
    })
    expect(reversal).toMatchObject({ kind: 'reversal', amount: 850, against: text, refund: text })
    expect((await recordsOf('ledger-entries', booking))[0]).toMatchObject({
      kind: 'charge',
      amount: 10_000,
      currency: 'GBP',
      stripeObjectId: expect.stringMatching(/^ch_/),
      payment: booking.id,
      scheduledSession: booking.sessionId,
      consultant: consultant.id,
      customer,
      occurredAt: text,
    })
    const notes = { internalNotes: 'Looked at.' }
    for (const path of [
      `/payments/${booking.id}`,
      `/refunds/${(await firstOf('refunds', booking)).id}`,
      `/transfers/${(await firstOf('transfers', booking)).id}`,
    ]) {
      expect((await world.staff.patch(path, notes)).json.doc).toMatchObject({ internalNotes: 'Looked at.' })
    }
    expect((await recordsOf('invoices', booking))[0]).toMatchObject({
      number: text,
      kind: 'invoice',
      payment: booking.id,
      scheduledSession: booking.sessionId,
      customer,
      issuedAt: text,
      amount: 10_000,
      currency: 'GBP',
      description: text,
      billTo: { name: text },
      issuer: { name: text },
    })
  })

  it('holds the share and the deadline that operations have set', async () => {
    const { consultant } = await createPayee(world)
    const before = await world.payload.findGlobal({ slug: 'booking-settings', depth: 0 })
    const data = { platformFeePercentage: 20, paymentDeadlineMinutes: 50 }
    await world.payload.updateGlobal({ slug: 'booking-settings', data })
    const service = await createServiceType(world.payload, [consultant], {
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 10_000, currency: 'GBP' }],
    })
    const answer = await world.api.post('/booking/sessions', {
      consultant: consultant.slug,
      serviceType: service.slug,
      start: iso(hourIn(4, 1)),
      customer: guest(),
    })
    const { platformFeePercentage, paymentDeadlineMinutes } = before
    await world.payload.updateGlobal({
      slug: 'booking-settings',
      data: { platformFeePercentage, paymentDeadlineMinutes },
    })
    const where = { reference: { equals: answer.json.session.reference } }
    const [session] = (await world.payload.find({ collection: 'scheduled-sessions', where, depth: 0 })).docs
    expect(session?.price).toMatchObject({ platformFeeAmount: 2_000, consultantPayoutAmount: 8_000 })
    const minutes = (Date.parse(session?.paymentDeadline ?? '') - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(48)
    expect(minutes).toBeLessThan(51)
  })

  it('holds all of a payment that is authorised and waits for a yes', async () => {
    const { consultant } = await createPayee(world)
    const service = await createServiceType(world.payload, [consultant], {
      isFree: false,
      requiresConfirmation: true,
      prices: [{ durationMinutes: 30, amount: 10_000, currency: 'GBP' }],
    })
    const answer = await world.api.post('/booking/sessions', {
      consultant: consultant.slug,
      serviceType: service.slug,
      start: iso(hourIn(3, 1)),
      customer: guest(),
    })
    const { session, manageToken, payment } = answer.json
    world.stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
    await world.api.post(
      `/booking/sessions/${session.reference}/payment/refresh`,
      {},
      { Authorization: `Bearer ${manageToken}` },
    )
    const where = { 'scheduledSession.reference': { equals: session.reference } }
    const { docs } = await world.payload.find({ collection: 'payments', where, depth: 0 })
    expect(docs[0]).toMatchObject({ status: 'authorized', authorizedAt: text, checkout: { captureBefore: text } })
  })

  it('holds when and why a payment failed', async () => {
    const { consultant } = await createPayee(world)
    const service = await createServiceType(world.payload, [consultant], {
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 10_000, currency: 'GBP' }],
    })
    const answer = await world.api.post('/booking/sessions', {
      consultant: consultant.slug,
      serviceType: service.slug,
      start: iso(hourIn(20, 1)),
      customer: guest(),
    })
    const checkoutId = new URL(answer.json.payment.checkoutUrl).pathname.split('/').pop() ?? ''
    world.stripe.control.payCheckout(checkoutId, { method: 'bank_debit' })
    await hearFromStripe(world)
    const intentId = world.stripe.control.tables().checkout_sessions[checkoutId]?.payment_intent ?? ''
    world.stripe.control.settleDebit(intentId, 'failed')
    await hearFromStripe(world)
    const where = { 'scheduledSession.reference': { equals: answer.json.session.reference } }
    const { docs } = await world.payload.find({ collection: 'payments', where, depth: 0 })
    expect(docs[0]).toMatchObject({ status: 'failed', failedAt: text, failure: { code: text, message: text } })
  })

  it('holds all of a dispute and of what operations answered', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    world.stripe.control.disputePayment(booking.chargeId)
    await hearFromStripe(world)
    const opened = await firstOf('disputes', booking)
    expect(opened).toMatchObject({
      reference: text,
      status: 'needs_response',
      payment: booking.id,
      scheduledSession: booking.sessionId,
      consultant: consultant.id,
      customer: text,
      amount: 10_000,
      currency: 'GBP',
      reason: text,
      evidenceDueBy: text,
      openedAt: text,
      stripeDisputeId: expect.stringMatching(/^d[up]_/),
    })
    await world.staff.post(`/payments/disputes/${opened.reference}/evidence`, { submit: true })
    await work(world)
    expect((await recordsOf('disputes', booking))[0]).toMatchObject({
      evidenceSubmittedAt: text,
      evidenceSubmittedBy: world.operations.id,
      answer: {
        kind: 'evidence',
        status: 'succeeded',
        requestedAt: text,
        requestedBy: world.operations.id,
        requestedByRole: 'operations',
        attempt: amount,
      },
    })
    const dispute = await firstOf('disputes', booking)
    const noted = await world.staff.patch(`/disputes/${dispute.id}`, { internalNotes: 'Looked at.' })
    expect(noted.json.doc).toMatchObject({ internalNotes: 'Looked at.' })
    const { docs } = await world.payload.find({ collection: 'stripe-events', sort: '-createdAt', limit: 1, depth: 0 })
    expect(docs[0]).toMatchObject({ receivedAt: text, processedAt: text, payload: expect.any(Object) })
  })

  it('holds why the bank would not hear an answer', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    const { id } = world.stripe.control.disputePayment(booking.chargeId)
    await hearFromStripe(world)
    world.stripe.control.loseDispute(id)
    const { reference } = await firstOf('disputes', booking)
    await world.staff.post(`/payments/disputes/${reference}/evidence`, { submit: true })
    await work(world, ['answer-dispute'])
    expect((await recordsOf('disputes', booking))[0]).toMatchObject({
      answer: { status: 'failed', failureReason: text },
    })
  })
})
