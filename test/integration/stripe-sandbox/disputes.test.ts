import { describe, expect, it } from 'vitest'
import { openPayableAccount, payCharge, payNow, startSuite, type Suite } from './support'

const day = 86_400_000

const typesOf = ({ control }: Suite) =>
  control
    .events()
    .map(({ type }) => type)
    .filter((type) => type.startsWith('charge.dispute.'))

const disputed = async (suite: Suite, options?: Parameters<Suite['control']['disputePayment']>[1]) => {
  const charge = await payCharge(suite)
  return { charge, dispute: suite.control.disputePayment(charge.id, options) }
}

describe('a dispute', () => {
  it('takes the money and a fee', async () => {
    const suite = await startSuite()
    const { charge, dispute } = await disputed(suite, { reason: 'product_not_received' })
    const read = await suite.stripe.disputes.retrieve(dispute.id, { expand: ['charge', 'payment_intent'] })
    expect(read).toMatchObject({
      object: 'dispute',
      amount: 12_000,
      currency: 'gbp',
      status: 'needs_response',
      reason: 'product_not_received',
      is_charge_refundable: false,
      charge: { id: charge.id, disputed: true },
      payment_intent: { id: charge.payment_intent },
      evidence: { customer_email_address: 'customer@parley.example' },
      evidence_details: { has_evidence: false, past_due: false, submission_count: 0 },
      balance_transactions: [{ type: 'adjustment', reporting_category: 'dispute', amount: -12_000, fee: 2000 }],
      payment_method_details: { card: { case_type: 'chargeback' } },
    })
    expect((read.evidence_details.due_by ?? 0) * 1000 - suite.control.now()).toBeGreaterThan(8 * day)
    expect(suite.control.balances()).toEqual([{ currency: 'gbp', available: 0, pending: 11_800 - 14_000 }])
    expect(typesOf(suite)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn'])
    const entries = await suite.stripe.balanceTransactions.list({ source: dispute.id })
    expect(entries.data).toMatchObject([{ id: read.balance_transactions[0]?.id, net: -14_000 }])
  })

  it('that is won gives the money back, not the fee', async () => {
    const suite = await startSuite()
    const { charge, dispute } = await disputed(suite)
    suite.control.winDispute(dispute.id)
    suite.control.winDispute(dispute.id)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: 'won',
      balance_transactions: [
        { reporting_category: 'dispute', amount: -12_000 },
        { reporting_category: 'dispute_reversal', amount: 12_000, fee: 0 },
      ],
    })
    expect(typesOf(suite).slice(2)).toEqual(['charge.dispute.closed', 'charge.dispute.funds_reinstated'])
    const [balance] = suite.control.balances()
    expect((balance?.available ?? 0) + (balance?.pending ?? 0)).toBe(11_800 - 2000)
    await expect(suite.stripe.refunds.create({ charge: charge.id })).resolves.toMatchObject({ amount: 12_000 })
  })

  it('that is lost stays lost', async () => {
    const suite = await startSuite()
    const { charge, dispute } = await disputed(suite)
    suite.control.loseDispute(dispute.id)
    suite.control.winDispute(dispute.id)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'lost' })
    expect(typesOf(suite).slice(2)).toEqual(['charge.dispute.closed'])
    await expect(suite.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({ code: 'charge_disputed' })
    expect(() => suite.control.disputePayment(charge.id)).toThrow('a dispute about')
  })

  it('may be about more than the charge, or less', async () => {
    const suite = await startSuite()
    const { dispute } = await disputed(suite, { amount: 12_345 })
    expect(dispute).toMatchObject({ amount: 12_345 })
    const { dispute: smaller } = await disputed(suite, { amount: 1 })
    expect(smaller.balance_transactions).toMatchObject([{ amount: -1, fee: 2000 }])
    const refunded = await payCharge(suite)
    await suite.stripe.refunds.create({ charge: refunded.id, amount: 2000 })
    expect(suite.control.disputePayment(refunded.id)).toMatchObject({ amount: 10_000 })
  })

  it('stops refunds, and transfers out of the charge', async () => {
    const suite = await startSuite()
    const destination = await openPayableAccount(suite)
    const { charge, dispute } = await disputed(suite)
    await expect(suite.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      statusCode: 400,
      code: 'charge_disputed',
    })
    expect(() => suite.control.refundFromDashboard(charge.id)).toThrow('charged back')
    const transfer = () =>
      suite.stripe.transfers.create({ amount: 100, currency: 'gbp', destination, source_transaction: charge.id })
    await expect(transfer()).rejects.toThrow('must not exceed the source amount of £0.00')
    suite.control.winDispute(dispute.id)
    await expect(transfer()).resolves.toMatchObject({ amount: 100 })
  })

  it('is lost when nobody answers in time', async () => {
    const suite = await startSuite()
    const { dispute } = await disputed(suite)
    suite.control.advanceClock(11 * day)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: 'lost',
      evidence_details: { past_due: true },
    })
  })

  it.each([
    ['JPY', 5000, 1300],
    ['KWD', 12_000, 5000],
    ['ISK', 500_000, 200_000],
    ['EUR', 5000, 2000],
  ])('in %s has a fee that can be paid in it', async (currency, amount, fee) => {
    const suite = await startSuite()
    const { dispute } = { dispute: suite.control.disputePayment(await payNow(suite, { currency, amount })) }
    expect(dispute.balance_transactions).toMatchObject([{ amount: -amount, fee }])
  })

  it('is about something that was paid', async () => {
    const suite = await startSuite()
    const declined = await payNow(suite, { captureMethod: 'manual' })
    expect(() => suite.control.disputePayment(declined)).toThrow('never paid')
    expect(() => suite.control.disputePayment('pi_none')).toThrow('No such payment_intent')
  })
})

describe('evidence', () => {
  it('can be put together first and sent once', async () => {
    const suite = await startSuite()
    const { dispute } = await disputed(suite)
    const staged = await suite.stripe.disputes.update(dispute.id, {
      evidence: { service_date: '2026-09-01' },
      submit: false,
      metadata: { sessionId: 'session-1' },
    })
    expect(staged).toMatchObject({
      status: 'needs_response',
      evidence: { service_date: '2026-09-01' },
      evidence_details: { has_evidence: true, submission_count: 0 },
      metadata: { sessionId: 'session-1' },
    })
    const sent = await suite.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'They came.' } })
    expect(sent).toMatchObject({ status: 'under_review', evidence_details: { submission_count: 1 } })
    suite.control.advanceClock(30 * day)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'under_review' })
    const more = { evidence: { uncategorized_text: 'Really.' } }
    await expect(suite.stripe.disputes.update(dispute.id, more)).rejects.toMatchObject({ statusCode: 400 })
    await expect(suite.stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 })
    expect(suite.control.events('charge.dispute.updated')).toMatchObject([
      { data: { object: { evidence: { uncategorized_text: null } } } },
      { data: { previous_attributes: { status: 'needs_response' } } },
    ])
    suite.control.winDispute(dispute.id)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'won' })
  })

  it.each([
    ['winning_evidence', 'won'],
    ['losing_evidence', 'lost'],
  ])('%s is %s', async (words, status) => {
    const suite = await startSuite()
    const { dispute } = await disputed(suite)
    await suite.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: words } })
    suite.control.advanceClock(5000)
    expect((await suite.stripe.disputes.retrieve(dispute.id)).status).toBe(status)
  })

  it('is of fields that there are, and of files that exist', async () => {
    const suite = await startSuite()
    const { dispute } = await disputed(suite)
    await expect(
      suite.stripe.disputes.update(dispute.id, { evidence: { receipt: 'file_none' } }),
    ).rejects.toMatchObject({ code: 'resource_missing', param: 'evidence[receipt]' })
    const unknown = { evidence: { alibi: 'yes' } as object }
    await expect(suite.stripe.disputes.update(dispute.id, unknown)).rejects.toMatchObject({
      code: 'parameter_unknown',
      param: 'evidence[alibi]',
    })
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'needs_response' })
  })

  it('is not sent by notes alone', async () => {
    const suite = await startSuite()
    const { dispute } = await disputed(suite)
    const noted = await suite.stripe.disputes.update(dispute.id, { metadata: { a: '1' } })
    expect(noted).toMatchObject({ status: 'needs_response', metadata: { a: '1' } })
  })
})

describe('giving up', () => {
  it('loses the dispute at once', async () => {
    const suite = await startSuite()
    const { dispute } = await disputed(suite)
    expect(await suite.stripe.disputes.close(dispute.id)).toMatchObject({ status: 'lost' })
    await expect(suite.stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 })
  })
})

describe('an inquiry', () => {
  const inquiry = (suite: Suite) => disputed(suite, { inquiry: true })

  it('takes no money, and ends when the customer has it back', async () => {
    const suite = await startSuite()
    const { charge, dispute } = await inquiry(suite)
    expect(dispute).toMatchObject({
      status: 'warning_needs_response',
      is_charge_refundable: true,
      balance_transactions: [],
      payment_method_details: { card: { case_type: 'inquiry' } },
    })
    expect(typesOf(suite)).toEqual(['charge.dispute.created'])
    await suite.stripe.refunds.create({ charge: charge.id, amount: 5000 })
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'warning_needs_response' })
    await suite.stripe.refunds.create({ charge: charge.id })
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'warning_closed' })
    expect(typesOf(suite)).toEqual(['charge.dispute.created', 'charge.dispute.closed'])
  })

  it('can become a dispute', async () => {
    const suite = await startSuite()
    const { charge, dispute } = await inquiry(suite)
    const words = { evidence: { uncategorized_text: 'escalate_inquiry_evidence' } }
    expect(await suite.stripe.disputes.update(dispute.id, words)).toMatchObject({ status: 'warning_under_review' })
    suite.control.advanceClock(5000)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: 'needs_response',
      is_charge_refundable: false,
      balance_transactions: [{ amount: -12_000 }],
      evidence_details: { submission_count: 0 },
    })
    expect(typesOf(suite).slice(-2)).toEqual(['charge.dispute.updated', 'charge.dispute.funds_withdrawn'])
    await expect(suite.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({ code: 'charge_disputed' })
  })

  it('is forgotten after four months', async () => {
    const suite = await startSuite()
    const { dispute } = await inquiry(suite)
    suite.control.advanceClock(11 * day)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: 'warning_needs_response',
      evidence_details: { past_due: true },
    })
    suite.control.advanceClock(115 * day)
    expect(await suite.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'warning_closed' })
  })
})

describe('test cards', () => {
  it.each([
    ['4000000000000259', 'needs_response', 'fraudulent'],
    ['4000000000002685', 'needs_response', 'product_not_received'],
    ['4000000000001976', 'warning_needs_response', 'fraudulent'],
  ])('%s complains soon', async (number, status, reason) => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite, {}, number)
    expect((await suite.stripe.disputes.list()).data).toEqual([])
    suite.control.advanceClock(5000)
    const { data } = await suite.stripe.disputes.list({ payment_intent: paymentIntentId })
    expect(data).toMatchObject([{ status, reason }])
    expect((await suite.stripe.disputes.list({ charge: 'ch_none' })).data).toEqual([])
  })

  it('complain once what was reserved is collected', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite, { captureMethod: 'manual' }, '4000000000000259')
    suite.control.advanceClock(5000)
    expect((await suite.stripe.disputes.list()).data).toEqual([])
    await suite.stripe.paymentIntents.capture(paymentIntentId)
    suite.control.advanceClock(5000)
    expect((await suite.stripe.disputes.list()).data).toHaveLength(1)
  })
})
