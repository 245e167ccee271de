import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { newKey, openAccount, openCheckout, openPayableAccount, payCharge, startSuite, type Suite } from './support'

const day = 86_400_000

const transfer = ({ stripe }: Suite, params: Partial<Stripe.TransferCreateParams> & { destination: string }) =>
  stripe.transfers.create({ amount: 10_200, currency: 'gbp', ...params }, { idempotencyKey: newKey() })

const payout = async (suite: Suite, amount = 10_200) => {
  const [charge, destination] = [await payCharge(suite), await openPayableAccount(suite)]
  const made = await transfer(suite, { amount, destination, source_transaction: charge.id })
  return { charge, destination, made }
}

const balanceOf = async ({ stripe }: Suite, account?: string) => {
  const balance = await stripe.balance.retrieve({}, account ? { stripeAccount: account } : {})
  return { available: balance.available[0]?.amount, pending: balance.pending[0]?.amount }
}

describe('a transfer out of a charge', () => {
  it('goes to the account before the money is available, and becomes available with it', async () => {
    const suite = await startSuite()
    const { charge, destination, made } = await payout(suite)
    expect(made).toMatchObject({
      object: 'transfer',
      amount: 10_200,
      amount_reversed: 0,
      reversed: false,
      currency: 'gbp',
      destination,
      source_transaction: charge.id,
      transfer_group: 'session-1',
      destination_payment: expect.stringMatching(/^py_/),
      reversals: { data: [], has_more: false },
    })
    expect(await balanceOf(suite)).toEqual({ available: 0, pending: 11_800 - 10_200 })
    expect(await balanceOf(suite, destination)).toEqual({ available: 0, pending: 10_200 })
    suite.control.advanceClock(3 * day)
    expect(await balanceOf(suite)).toEqual({ available: 11_800 - 10_200, pending: 0 })
    expect(await balanceOf(suite, destination)).toEqual({ available: 10_200, pending: 0 })
    const read = await suite.stripe.transfers.retrieve(made.id, { expand: ['balance_transaction', 'destination'] })
    expect(read).toMatchObject({
      balance_transaction: { type: 'transfer', amount: -10_200, fee: 0, net: -10_200, source: made.id },
      destination: { id: destination, object: 'account' },
    })
    expect(suite.control.events('transfer.created')).toMatchObject([{ data: { object: { id: made.id } } }])
  })

  it('is of the whole charge without an amount, and gives a group to what had none', async () => {
    const suite = await startSuite()
    const destination = await openPayableAccount(suite)
    const session = await suite.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://parley.example/done',
      line_items: [{ quantity: 1, price_data: { currency: 'jpy', unit_amount: 5000, product_data: { name: 'Call' } } }],
    })
    suite.control.payCheckout(session.id)
    const [charge] = Object.values(suite.control.tables().charges)
    const made = await transfer(suite, {
      amount: undefined,
      currency: 'jpy',
      destination,
      source_transaction: charge?.id ?? '',
    })
    expect(made).toMatchObject({ amount: 5000, transfer_group: `group_${charge?.id ?? ''}` })
    expect(charge?.transfer_group).toBe(made.transfer_group)
  })

  it('never comes to more than the charge holds', async () => {
    const suite = await startSuite()
    const { charge, destination, made } = await payout(suite, 8000)
    await expect(transfer(suite, { amount: 4001, destination, source_transaction: charge.id })).rejects.toMatchObject({
      statusCode: 400,
      code: undefined,
      message:
        'Transfers using this transaction as a source must not exceed the source amount of £120.00. (There is already a transfer using this source, amounting to £80.00.)',
    })
    await suite.stripe.refunds.create({ charge: charge.id, amount: 3000 })
    await expect(transfer(suite, { amount: 1001, destination, source_transaction: charge.id })).rejects.toThrow(
      'must not exceed the source amount of £90.00',
    )
    // What was taken back does not make room again.
    await suite.stripe.transfers.createReversal(made.id)
    await expect(transfer(suite, { amount: 1001, destination, source_transaction: charge.id })).rejects.toThrow(
      'must not exceed',
    )
    await transfer(suite, { amount: 1000, destination, source_transaction: charge.id })
  })

  it('sent again under its key is one; many at once never exceed the charge', async () => {
    const suite = await startSuite()
    const [charge, destination] = [await payCharge(suite), await openPayableAccount(suite)]
    const params = { amount: 1000, currency: 'gbp', destination, source_transaction: charge.id }
    const first = await suite.stripe.transfers.create(params, { idempotencyKey: 'payout-1' })
    expect((await suite.stripe.transfers.create(params, { idempotencyKey: 'payout-1' })).id).toBe(first.id)
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => transfer(suite, { amount: 1000, destination, source_transaction: charge.id })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(11)
    expect(await balanceOf(suite, destination)).toEqual({ available: 0, pending: 12_000 })
  })

  it('is refused of what was not collected', async () => {
    const suite = await startSuite()
    const destination = await openPayableAccount(suite)
    const session = await openCheckout(suite, { captureMethod: 'manual' })
    suite.control.payCheckout(session.id)
    const [charge] = Object.values(suite.control.tables().charges)
    await expect(transfer(suite, { destination, source_transaction: charge?.id })).rejects.toMatchObject({
      param: 'source_transaction',
    })
    await expect(transfer(suite, { destination, source_transaction: 'ch_none' })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'source_transaction',
    })
  })

  it.each([
    [{ currency: 'eur' }, 'currency'],
    [{ transfer_group: 'session-2' }, 'transfer_group'],
    [{ amount: 0 }, 'amount'],
    [{ amount: -1 }, 'amount'],
    [{ colour: 'red' }, 'colour'],
  ])('with %j is refused', async (change, param) => {
    const suite = await startSuite()
    const [charge, destination] = [await payCharge(suite), await openPayableAccount(suite)]
    await expect(transfer(suite, { destination, source_transaction: charge.id, ...change })).rejects.toMatchObject({
      statusCode: 400,
      param,
    })
    expect(suite.control.tables().transfers).toEqual({})
  })
})

describe('the account of a transfer', () => {
  it('must be connected and able to take it', async () => {
    const suite = await startSuite()
    const charge = await payCharge(suite)
    const attempt = (destination: string) => transfer(suite, { destination, source_transaction: charge.id })
    await expect(attempt('acct_none')).rejects.toMatchObject({ code: 'resource_missing', param: 'destination' })
    const { id } = await openAccount(suite)
    const notPayable = { statusCode: 400, code: 'insufficient_capabilities_for_transfer' }
    await expect(attempt(id)).rejects.toMatchObject(notPayable)
    suite.control.completeAccount(id)
    suite.control.restrictAccount(id)
    await expect(attempt(id)).rejects.toMatchObject(notPayable)
    suite.control.completeAccount(id)
    await expect(attempt(id)).resolves.toMatchObject({ destination: id })
    suite.control.disconnectAccount(id)
    await expect(attempt(id)).rejects.toMatchObject({ code: 'resource_missing' })
  })
})

describe('a transfer out of the balance', () => {
  it('needs money that is available, in that currency', async () => {
    const suite = await startSuite()
    const destination = await openPayableAccount(suite)
    await payCharge(suite)
    await payCharge(suite, { currency: 'JPY', amount: 5000 })
    const attempt = (amount: number, currency = 'gbp') => transfer(suite, { amount, currency, destination })
    await expect(attempt(1)).rejects.toMatchObject({ statusCode: 400, code: 'balance_insufficient' })
    suite.control.advanceClock(3 * day)
    await expect(attempt(11_801)).rejects.toMatchObject({ code: 'balance_insufficient' })
    await expect(attempt(1, 'eur')).rejects.toMatchObject({ code: 'balance_insufficient' })
    expect(await attempt(11_800)).toMatchObject({ source_transaction: null, transfer_group: null })
    await expect(attempt(1)).rejects.toMatchObject({ code: 'balance_insufficient' })
    expect(suite.control.balances(destination)).toEqual([{ currency: 'gbp', available: 11_800, pending: 0 }])
  })

  it('needs an amount', async () => {
    const suite = await startSuite()
    const destination = await openPayableAccount(suite)
    await expect(transfer(suite, { amount: undefined, destination })).rejects.toMatchObject({
      code: 'parameter_missing',
      param: 'amount',
    })
  })
})

describe('a reversal', () => {
  it('takes a part back and then the rest, and not more', async () => {
    const suite = await startSuite()
    const { destination, made } = await payout(suite)
    const part = await suite.stripe.transfers.createReversal(made.id, { amount: 200, metadata: { refundId: 'r-1' } })
    expect(part).toMatchObject({
      object: 'transfer_reversal',
      amount: 200,
      currency: 'gbp',
      transfer: made.id,
      metadata: { refundId: 'r-1' },
    })
    await expect(suite.stripe.transfers.createReversal(made.id, { amount: 10_001 })).rejects.toMatchObject({
      code: undefined,
      param: 'amount',
      message: 'Transfer reversal amount (£100.01) is greater than unreversed amount on transfer (£100.00)',
    })
    const rest = await suite.stripe.transfers.createReversal(made.id)
    expect(rest.amount).toBe(10_000)
    await expect(suite.stripe.transfers.createReversal(made.id, { amount: 1 })).rejects.toThrow(
      'already fully reversed',
    )
    expect(await suite.stripe.transfers.retrieve(made.id)).toMatchObject({
      amount_reversed: 10_200,
      reversed: true,
      reversals: { data: [{ id: rest.id }, { id: part.id }] },
    })
    expect(await balanceOf(suite)).toEqual({ available: 0, pending: 11_800 })
    expect(await balanceOf(suite, destination)).toEqual({ available: 0, pending: 0 })
    const entries = await suite.stripe.balanceTransactions.list({ type: 'transfer_refund' })
    expect(entries.data).toMatchObject([
      { amount: 10_000, source: rest.id, reporting_category: 'transfer_reversal' },
      { amount: 200, source: part.id },
    ])
    expect(suite.control.events('transfer.reversed')).toMatchObject([
      { data: { object: { amount_reversed: 200 }, previous_attributes: { amount_reversed: 0 } } },
      { data: { object: { amount_reversed: 10_200, reversed: true } } },
    ])
  })

  it('is refused when the account was paid out, and works once it has money again', async () => {
    const suite = await startSuite()
    const { destination, made } = await payout(suite)
    suite.control.advanceClock(3 * day)
    suite.control.payOutAccount(destination)
    expect(await balanceOf(suite, destination)).toEqual({ available: 0, pending: 0 })
    const reverse = () => suite.stripe.transfers.createReversal(made.id, { amount: 5000 })
    await expect(reverse()).rejects.toMatchObject({ statusCode: 400, code: 'balance_insufficient' })
    expect((await suite.stripe.transfers.retrieve(made.id)).amount_reversed).toBe(0)
    const another = await payCharge(suite, { sessionId: 'session-2' })
    await transfer(suite, { amount: 6000, destination, source_transaction: another.id })
    await expect(reverse()).rejects.toMatchObject({ code: 'balance_insufficient' })
    suite.control.advanceClock(3 * day)
    await expect(reverse()).resolves.toMatchObject({ amount: 5000 })
    expect(await balanceOf(suite, destination)).toEqual({ available: 1000, pending: 0 })
  })

  it('is refused of an account that is not connected any more', async () => {
    const suite = await startSuite()
    const { destination, made } = await payout(suite)
    suite.control.disconnectAccount(destination)
    await expect(suite.stripe.transfers.createReversal(made.id)).rejects.toMatchObject({ code: 'account_invalid' })
  })

  it('is found by its transfer only', async () => {
    const suite = await startSuite()
    const { charge, destination, made } = await payout(suite, 5000)
    const other = await transfer(suite, { amount: 5000, destination, source_transaction: charge.id })
    const reversal = await suite.stripe.transfers.createReversal(made.id, { amount: 100 })
    expect((await suite.stripe.transfers.listReversals(made.id)).data).toMatchObject([{ id: reversal.id }])
    expect((await suite.stripe.transfers.listReversals(other.id)).data).toEqual([])
    expect(await suite.stripe.transfers.retrieveReversal(made.id, reversal.id)).toMatchObject({ amount: 100 })
    await expect(suite.stripe.transfers.retrieveReversal(other.id, reversal.id)).rejects.toMatchObject({
      statusCode: 404,
    })
    const changed = await suite.stripe.transfers.updateReversal(made.id, reversal.id, { metadata: { a: '1' } })
    expect(changed.metadata).toEqual({ a: '1' })
  })
})

describe('transfers', () => {
  it('are listed by group and by account, and take notes', async () => {
    const suite = await startSuite()
    const { destination, made } = await payout(suite)
    const stranger = await openPayableAccount(suite)
    const charge = await payCharge(suite, { sessionId: 'session-2' })
    const other = await transfer(suite, { destination: stranger, source_transaction: charge.id })
    const ids = async (params: Stripe.TransferListParams) =>
      (await suite.stripe.transfers.list(params)).data.map(({ id }) => id)
    expect(await ids({})).toEqual([other.id, made.id])
    expect(await ids({ transfer_group: 'session-1' })).toEqual([made.id])
    expect(await ids({ destination: stranger })).toEqual([other.id])
    expect(await suite.stripe.transfers.update(made.id, { metadata: { payoutId: 'p-1' } })).toMatchObject({
      metadata: { payoutId: 'p-1' },
    })
    expect(suite.control.events('transfer.updated')).toHaveLength(1)
    expect((await suite.stripe.balanceTransactions.list({}, { stripeAccount: destination })).data).toMatchObject([
      { type: 'payment', amount: 10_200, source: made.destination_payment },
    ])
  })
})
