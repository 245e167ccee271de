import { describe, expect, it } from 'vitest'
import { retrievePaymentIntent } from '#payments/stripe/payment-intents'
import { toPaymentIntentFacts } from '#payments/stripe/checkout-facts'
import { listRefunds, refundPayment, retrieveRefund } from '#payments/stripe/refund-payment'
import { newKey, openCheckout, payNow, startSuite, type Suite } from './support'

const refund = (suite: Suite, paymentIntentId: string, amount: number, idempotencyKey = newKey()) =>
  refundPayment({ paymentIntentId, amount, metadata: { refundId: 'refund-1' }, idempotencyKey }, suite.stripe)

const refundedOf = async (suite: Suite, paymentIntentId: string) =>
  toPaymentIntentFacts(await retrievePaymentIntent(paymentIntentId, suite.stripe)).amountRefunded

const balanceOf = async ({ stripe }: Suite) =>
  (await stripe.balanceTransactions.list({ limit: 100 })).data.reduce((sum, entry) => sum + entry.amount, 0)

describe('a refund', () => {
  it('returns a part and then the rest, and not more', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    expect(await refund(suite, paymentIntentId, 4000)).toMatchObject({
      status: 'succeeded',
      amount: 4000,
      currency: 'gbp',
      payment_intent: paymentIntentId,
      metadata: { refundId: 'refund-1' },
    })
    await expect(refund(suite, paymentIntentId, 8001)).rejects.toMatchObject({
      definitive: true,
      code: undefined,
      message: 'Refund amount (£80.01) is greater than unrefunded amount on charge (£80.00)',
    })
    await refund(suite, paymentIntentId, 8000)
    await expect(refund(suite, paymentIntentId, 1)).rejects.toMatchObject({
      definitive: true,
      code: 'charge_already_refunded',
    })
    expect(await refundedOf(suite, paymentIntentId)).toBe(12_000)
    expect(await balanceOf(suite)).toBe(0)
    const types = suite.control.events().map((event) => event.type)
    expect(types.slice(-2)).toEqual(['charge.refunded', 'refund.created'])
  })

  it('sent again under its key is one; two equal ones under two keys are two', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    const key = newKey()
    const first = await refund(suite, paymentIntentId, 1000, key)
    expect((await refund(suite, paymentIntentId, 1000, key)).id).toBe(first.id)
    await refund(suite, paymentIntentId, 1000)
    expect(await listRefunds(paymentIntentId, suite.stripe)).toHaveLength(2)
    expect(await refundedOf(suite, paymentIntentId)).toBe(2000)
    await expect(refund(suite, paymentIntentId, 999, key)).rejects.toMatchObject({
      outcome: 'unknown',
      definitive: false,
    })
  })

  it('many at once never exceed the charge', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => refund(suite, paymentIntentId, 1000)))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(12)
    expect(await balanceOf(suite)).toBe(0)
  })

  it('can fail later, and the money is back', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite, {}, '4000000000005126')
    const made = await refund(suite, paymentIntentId, 5000)
    expect(made.status).toBe('succeeded')
    suite.control.advanceClock(120_000)
    expect(await retrieveRefund(made.id, suite.stripe)).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
      failure_balance_transaction: expect.stringMatching(/^txn_/),
    })
    expect(await refundedOf(suite, paymentIntentId)).toBe(0)
    expect(await balanceOf(suite)).toBe(12_000)
    expect(suite.control.events('refund.failed')).toHaveLength(1)
    await expect(refund(suite, paymentIntentId, 12_000)).resolves.toMatchObject({ status: 'succeeded' })
  })

  it('can take a while', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    suite.control.nextRefund('stay_pending')
    const made = await refund(suite, paymentIntentId, 5000)
    expect(made.status).toBe('pending')
    suite.control.settleRefund(made.id)
    expect(await retrieveRefund(made.id, suite.stripe)).toMatchObject({ status: 'succeeded' })
    expect(suite.control.events('refund.updated')).toMatchObject([
      { data: { previous_attributes: { status: 'pending' }, object: { status: 'succeeded' } } },
    ])
  })

  it('can fail at once', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    suite.control.nextRefund('fail_at_once')
    expect(await refund(suite, paymentIntentId, 5000)).toMatchObject({ status: 'failed' })
    expect(await balanceOf(suite)).toBe(12_000)
  })

  it('from the dashboard is found in the list', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    const { id } = suite.control.refundFromDashboard(paymentIntentId, 700)
    expect(await listRefunds(paymentIntentId, suite.stripe)).toMatchObject([{ id, amount: 700, metadata: {} }])
  })

  it('of what was never collected is refused', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite, { captureMethod: 'manual' })
    suite.control.payCheckout(session.id)
    const [intent] = Object.values(suite.control.tables().payment_intents)
    await expect(refund(suite, intent?.id ?? '', 100)).rejects.toMatchObject({
      definitive: true,
      code: 'payment_intent_unexpected_state',
    })
  })

  it.each([
    [0, 'GBP', 12_000],
    [-5, 'GBP', 12_000],
    [150, 'ISK', 500_000],
    [1234, 'KWD', 12_000],
  ])('of %d %s is refused', async (amount, currency, price) => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite, { currency, amount: price })
    await expect(refund(suite, paymentIntentId, amount)).rejects.toMatchObject({ code: 'parameter_invalid_integer' })
  })
})
