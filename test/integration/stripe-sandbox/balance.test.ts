import { describe, expect, it } from 'vitest'
import { openCheckout, openPayableAccount, payCharge, payNow, startSuite, type Suite } from './support'

const day = 86_400_000

/** Every kind of movement once: a payment, refunds that work and fail, a dispute that is won, a transfer and its reversal. */
const everyMovement = async (suite: Suite) => {
  const [charge, destination] = [await payCharge(suite), await openPayableAccount(suite)]
  const refund = await suite.stripe.refunds.create({ charge: charge.id, amount: 1000 })
  suite.control.failRefund(refund.id)
  await suite.stripe.refunds.create({ charge: charge.id, amount: 500 })
  const dispute = suite.control.disputePayment(charge.id)
  suite.control.winDispute(dispute.id)
  const transfer = await suite.stripe.transfers.create({
    amount: 6000,
    currency: 'gbp',
    destination,
    source_transaction: charge.id,
  })
  await suite.stripe.transfers.createReversal(transfer.id, { amount: 2000 })
  return { charge, destination, dispute, transfer }
}

describe('the entries of a balance', () => {
  it('have the types that Stripe gives them, and add up to the balance', async () => {
    const suite = await startSuite()
    const { dispute, transfer } = await everyMovement(suite)
    const entries = (await suite.stripe.balanceTransactions.list({ limit: 100 })).data.reverse()
    expect(entries.map(({ type, reporting_category, amount, fee }) => [type, reporting_category, amount, fee])).toEqual(
      [
        ['charge', 'charge', 12_000, 200],
        ['refund', 'refund', -1000, 0],
        ['refund_failure', 'refund_failure', 1000, 0],
        ['refund', 'refund', -500, 0],
        ['adjustment', 'dispute', -11_500, 2000],
        ['adjustment', 'dispute_reversal', 11_500, 0],
        ['transfer', 'transfer', -6000, 0],
        ['transfer_refund', 'transfer_reversal', 2000, 0],
      ],
    )
    expect(entries.map(({ source }) => String(source).split('_')[0])).toEqual([
      'ch',
      're',
      're',
      're',
      'du',
      'du',
      'tr',
      'trr',
    ])
    for (const entry of entries) expect(entry.net).toBe(entry.amount - entry.fee)
    const sum = entries.reduce((total, { net }) => total + net, 0)
    const [balance] = suite.control.balances()
    expect((balance?.available ?? 0) + (balance?.pending ?? 0)).toBe(sum)
    expect(entries.filter(({ source }) => source === dispute.id)).toHaveLength(2)
    expect(entries.filter(({ source }) => source === transfer.id)).toHaveLength(1)
  })

  it('are found by source, type, currency and time, and in pages', async () => {
    const suite = await startSuite()
    await everyMovement(suite)
    const { created } = await payCharge(suite, { currency: 'JPY', amount: 5000 })
    const list = suite.stripe.balanceTransactions
    expect((await list.list({ currency: 'jpy' })).data).toMatchObject([{ amount: 5000, currency: 'jpy' }])
    expect((await list.list({ type: 'refund' })).data.map(({ amount }) => amount)).toEqual([-500, -1000])
    expect((await list.list({ created: { gt: created + 10 } })).data).toEqual([])
    const all = (await list.list({ limit: 100 })).data.map(({ id }) => id)
    const paged = await list.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
    expect(paged.map(({ id }) => id)).toEqual(all)
    await expect(list.list({ starting_after: 'txn_none' })).rejects.toMatchObject({ param: 'starting_after' })
  })

  it('become available two days later, wherever they are shown', async () => {
    const suite = await startSuite()
    const charge = await payCharge(suite)
    const dispute = suite.control.disputePayment(charge.id)
    const statuses = async () => {
      const read = await suite.stripe.charges.retrieve(charge.id, { expand: ['balance_transaction'] })
      const { balance_transactions } = await suite.stripe.disputes.retrieve(dispute.id)
      const [listed] = (await suite.stripe.balanceTransactions.list({ source: charge.id })).data
      return [read.balance_transaction, balance_transactions[0], listed].map(
        (entry) => typeof entry === 'object' && entry?.status,
      )
    }
    expect(await statuses()).toEqual(['pending', 'pending', 'pending'])
    suite.control.advanceClock(3 * day)
    expect(await statuses()).toEqual(['available', 'available', 'available'])
  })
})

describe('a balance', () => {
  it('never adds up currencies, and has the platform’s own from the start', async () => {
    const suite = await startSuite()
    const none = { amount: 0, currency: 'gbp' }
    expect(await suite.stripe.balance.retrieve()).toMatchObject({ available: [none], pending: [none] })
    await payCharge(suite, { currency: 'JPY', amount: 5000 })
    await payCharge(suite, { currency: 'KWD', amount: 12_000 })
    await payCharge(suite)
    suite.control.advanceClock(3 * day)
    const { available } = await suite.stripe.balance.retrieve()
    expect(available.map(({ currency, amount }) => [currency, amount])).toEqual([
      ['jpy', 4820],
      ['kwd', 11_550],
      ['gbp', 11_800],
    ])
  })

  it.each([
    ['GBP', 12_000, 200],
    ['EUR', 12_000, 205],
    ['USD', 12_000, 378],
    ['JPY', 5000, 180],
    ['KWD', 12_010, 450],
    ['ISK', 500_000, 15_000],
    ['GBP', 30, 20],
  ])('is charged a fee in whole steps: %s %d', async (currency, amount, fee) => {
    const suite = await startSuite()
    await payNow(suite, { currency, amount })
    expect((await suite.stripe.balanceTransactions.list()).data).toMatchObject([{ amount, fee, net: amount - fee }])
  })

  it('is charged less for a bank debit', async () => {
    const suite = await startSuite()
    for (const amount of [1000, 90_000]) {
      const { id } = await openCheckout(suite, { amount })
      suite.control.payCheckout(id, { method: 'bank_debit' })
    }
    suite.control.advanceClock(300_000)
    expect((await suite.stripe.balanceTransactions.list()).data.map(({ type, fee }) => [type, fee])).toEqual([
      ['payment', 200],
      ['payment', 30],
    ])
  })
})

describe('payouts', () => {
  it('empty a balance, and say what was in them', async () => {
    const suite = await startSuite()
    const charge = await payCharge(suite)
    suite.control.advanceClock(3 * day)
    await payCharge(suite)
    const [payout] = suite.control.payOutPlatform()
    expect(suite.control.payOutPlatform()).toEqual([])
    expect((await suite.stripe.payouts.list()).data).toMatchObject([{ id: payout?.id, amount: 11_800, status: 'paid' }])
    const { data } = await suite.stripe.balanceTransactions.list({ payout: payout?.id ?? '' })
    expect(data).toMatchObject([{ type: 'payout', amount: -11_800 }, { source: charge.id }])
    expect(suite.control.balances()).toMatchObject([{ available: 0, pending: 11_800 }])
    expect(
      suite.control
        .events()
        .map(({ type }) => type)
        .slice(-2),
    ).toEqual(['payout.created', 'payout.paid'])
    await expect(suite.stripe.balanceTransactions.list({ payout: 'po_none' })).rejects.toMatchObject({
      param: 'payout',
    })
  })

  it('of a connected account are its own', async () => {
    const suite = await startSuite()
    const { destination } = await everyMovement(suite)
    suite.control.advanceClock(3 * day)
    const [payout] = suite.control.payOutAccount(destination)
    expect((await suite.stripe.payouts.list()).data).toEqual([])
    const stripeAccount = destination
    expect(await suite.stripe.payouts.retrieve(payout?.id ?? '', {}, { stripeAccount })).toMatchObject({
      amount: 4000,
      destination: expect.stringMatching(/^ba_/),
    })
    const { data } = await suite.stripe.balanceTransactions.list({ payout: payout?.id ?? '' }, { stripeAccount })
    expect(data.map(({ type }) => type)).toEqual(['payout', 'payment_refund', 'payment'])
    expect(suite.control.events('payout.paid')).toMatchObject([{ account: destination }])
  })
})

describe('everything forgotten', () => {
  it('is as new, but for where events go', async () => {
    const suite = await startSuite({ webhookUrl: 'http://127.0.0.1:9/webhooks', webhookSecret: 'whsec_1' })
    await everyMovement(suite)
    suite.control.advanceClock(day)
    suite.control.holdWebhooks()
    suite.control.declineNext()
    suite.control.reset()
    await suite.control.webhooksIdle()
    expect(suite.control.events()).toEqual([])
    expect(suite.control.deliveries()).toEqual([])
    expect(suite.control.balances()).toEqual([])
    expect((await suite.stripe.charges.list()).data).toEqual([])
    expect(suite.control.now() - Date.now()).toBeLessThan(1000)
    await payNow(suite)
    await expect.poll(() => suite.control.deliveries().length).toBeGreaterThan(0)
    expect(suite.control.balances()).toMatchObject([{ pending: 11_800 }])
  })
})
