import { describe, expect, it } from 'vitest'
import { computeConsultantShare, computeReturnShares } from '#payments/payout/compute-shares'
import {
  computePayoutState,
  computePayoutSums,
  decidePayout,
  type PayoutFacts,
  type TransferFacts,
} from '#payments/payout/decide-payout'
import { paymentStateNames, type PaymentState } from '#payments/payment-states'
import { payoutAccountStates, type PayoutAccountState } from '#payments/account/payout-account-states'

const now = Date.UTC(2026, 11, 4, 9)
const hour = 3_600_000

/** £100.00 at 15 %: the share is £85.00. */
const payment = {
  amount: 10_000,
  currency: 'GBP',
  platformFeeAmount: 1_500,
  status: 'succeeded' as PaymentState,
  isPaidElsewhere: false,
}

const facts = (changes: Partial<PayoutFacts> = {}): PayoutFacts => ({
  now,
  payment,
  dueAt: now - hour,
  returned: 0,
  returning: 0,
  hasOpenDispute: false,
  isHeldByOperations: false,
  hasOpenClaim: false,
  heldReason: null,
  transfers: [],
  account: { status: 'active', syncedAt: now - 10 * hour },
  debts: [],
  ...changes,
})

let count = 0
const row = (kind: TransferFacts['kind'], amount: number, changes: Partial<TransferFacts> = {}): TransferFacts => ({
  id: `t${String(++count).padStart(4, '0')}`,
  kind,
  status: 'succeeded',
  amount,
  againstId: null,
  settledAt: now - hour,
  ...changes,
})

const collected = ['succeeded', 'partially_refunded', 'refunded', 'disputed', 'chargeback']

describe('decidePayout', () => {
  it('pays the share once the price is earned and the delay is over', () => {
    expect(decidePayout(facts())).toEqual({ do: 'transfer', amount: 8_500 })
    expect(decidePayout(facts({ dueAt: now }))).toEqual({ do: 'transfer', amount: 8_500 })
    expect(decidePayout(facts({ dueAt: now + 1 }))).toEqual({ do: 'wait', for: 'time', until: now + 1 })
    expect(decidePayout(facts({ dueAt: null }))).toEqual({ do: 'nothing' })
  })

  it('keeps what was paid elsewhere, due or not and whatever is owed, until operations release it', () => {
    const elsewhere = { payment: { ...payment, isPaidElsewhere: true }, debts: [{ id: 'd', left: 100 }] }
    const kept = { do: 'hold', reason: 'paid_elsewhere', amount: 8_500 }
    for (const dueAt of [null, now + hour, now - hour]) {
      expect(decidePayout(facts({ ...elsewhere, dueAt, isHeldByOperations: true }))).toEqual(kept)
    }
    const released = facts({ ...elsewhere, heldReason: 'paid_elsewhere' })
    expect(decidePayout(released)).toEqual({ do: 'net', debtId: 'd', amount: 100 })
    expect(decidePayout({ ...released, debts: [] })).toEqual({ do: 'transfer', amount: 8_500 })
    expect(decidePayout({ ...released, dueAt: now + 1 })).toEqual({ do: 'wait', for: 'time', until: now + 1 })
    expect(decidePayout(facts({ isHeldByOperations: true }))).toMatchObject({ reason: 'by_operations' })
  })

  it.each(paymentStateNames)('of a payment that is %s nothing moves unless it was collected', (status) => {
    const decision = decidePayout(facts({ payment: { ...payment, status } }))
    expect(decision).toEqual(collected.includes(status) ? { do: 'transfer', amount: 8_500 } : { do: 'nothing' })
  })

  it('is done when the share was paid out', () => {
    expect(decidePayout(facts({ transfers: [row('transfer', 8_500)] }))).toEqual({ do: 'nothing' })
  })

  it.each(['transfer', 'reversal'] as const)('waits while a %s is under way, whatever else is so', (kind) => {
    const transfers = [row('transfer', 8_500), row(kind, 100, { status: 'requested', settledAt: null })]
    expect(decidePayout(facts({ transfers, returned: 10_000, hasOpenDispute: true }))).toEqual({
      do: 'wait',
      for: 'operation',
    })
  })

  it('pays less of what is, or is about to be, returned', () => {
    expect(decidePayout(facts({ returned: 4_000 }))).toEqual({ do: 'transfer', amount: 5_100 })
    expect(decidePayout(facts({ returned: 1_000, returning: 3_000 }))).toEqual({ do: 'transfer', amount: 5_100 })
    expect(decidePayout(facts({ returned: 10_000 }))).toEqual({ do: 'nothing' })
    expect(decidePayout(facts({ returning: 10_000 }))).toEqual({ do: 'nothing' })
  })

  it('takes back what was returned after it was paid out, but not before the refund has succeeded', () => {
    const paid = row('transfer', 8_500)
    expect(decidePayout(facts({ transfers: [paid], returning: 4_000 }))).toEqual({ do: 'nothing' })
    expect(decidePayout(facts({ transfers: [paid], returned: 4_000 }))).toEqual({
      do: 'reverse',
      transferId: paid.id,
      amount: 3_400,
    })
  })

  it('takes back from the latest transfer first, and of each no more than is left of it', () => {
    const first = row('transfer', 5_000)
    const second = row('transfer', 3_500)
    const back = row('reversal', 3_000, { againstId: second.id })
    expect(decidePayout(facts({ transfers: [first, second, back], returned: 10_000 }))).toEqual({
      do: 'reverse',
      transferId: second.id,
      amount: 500,
    })
    const rest = row('reversal', 500, { againstId: second.id })
    expect(decidePayout(facts({ transfers: [first, second, back, rest], returned: 10_000 }))).toEqual({
      do: 'reverse',
      transferId: first.id,
      amount: 5_000,
    })
  })

  it('counts a reversal that Stripe refused as none', () => {
    const paid = row('transfer', 8_500)
    const refused = row('reversal', 8_500, { againstId: paid.id, status: 'failed' })
    expect(decidePayout(facts({ transfers: [paid, refused], returned: 10_000 }))).toMatchObject({ do: 'reverse' })
  })

  it('counts a debt as given back, and records one where nothing is left to take back from', () => {
    const paid = row('transfer', 8_500)
    const debt = row('receivable', 8_500, { againstId: paid.id })
    expect(decidePayout(facts({ transfers: [paid, debt], returned: 10_000 }))).toEqual({ do: 'nothing' })
    expect(decidePayout(facts({ transfers: [row('netting', 8_500)], returned: 10_000 }))).toEqual({
      do: 'record-debt',
      amount: 8_500,
    })
  })

  it('pays again when a refund fails after its reversal', () => {
    const paid = row('transfer', 8_500)
    const back = row('reversal', 3_400, { againstId: paid.id })
    expect(decidePayout(facts({ transfers: [paid, back] }))).toEqual({ do: 'transfer', amount: 3_400 })
  })

  it('sets debts off before it transfers, the oldest first, and only as much as is due', () => {
    const debts = [
      { id: 'old', left: 2_000 },
      { id: 'new', left: 90_000 },
    ]
    expect(decidePayout(facts({ debts }))).toEqual({ do: 'net', debtId: 'old', amount: 2_000 })
    const transfers = [row('netting', 2_000, { againstId: 'old' })]
    expect(decidePayout(facts({ debts: debts.slice(1), transfers }))).toEqual({
      do: 'net',
      debtId: 'new',
      amount: 6_500,
    })
    expect(decidePayout(facts({ transfers }))).toEqual({ do: 'transfer', amount: 6_500 })
    // A debt needs no account to be set off.
    expect(decidePayout(facts({ debts, account: undefined }))).toMatchObject({ do: 'net' })
  })

  it('freezes everything while a dispute is open', () => {
    expect(decidePayout(facts({ hasOpenDispute: true }))).toEqual({ do: 'hold', reason: 'disputed', amount: 8_500 })
    const debts = [{ id: 'old', left: 2_000 }]
    expect(decidePayout(facts({ hasOpenDispute: true, debts }))).toMatchObject({ do: 'hold', reason: 'disputed' })
    const transfers = [row('transfer', 8_500)]
    expect(decidePayout(facts({ hasOpenDispute: true, transfers }))).toEqual({ do: 'nothing' })
    expect(decidePayout(facts({ hasOpenDispute: true, transfers, returned: 4_000 }))).toEqual({
      do: 'wait',
      for: 'dispute',
    })
  })

  it('takes everything back after a chargeback, also when the bank took more than was paid', () => {
    const transfers = [row('transfer', 8_500)]
    for (const returned of [10_000, 12_345]) {
      const decision = decidePayout(facts({ payment: { ...payment, status: 'chargeback' }, transfers, returned }))
      expect(decision).toMatchObject({ do: 'reverse', amount: 8_500 })
    }
  })

  it('waits for operations, but takes back all the same', () => {
    expect(decidePayout(facts({ isHeldByOperations: true }))).toMatchObject({ do: 'hold', reason: 'by_operations' })
    const transfers = [row('transfer', 8_500)]
    expect(decidePayout(facts({ isHeldByOperations: true, transfers, returned: 10_000 }))).toMatchObject({
      do: 'reverse',
    })
  })

  const states = Object.keys(payoutAccountStates) as PayoutAccountState[]
  it.each([...states, undefined])('to an account that is %s it is paid or says why not', (status) => {
    const decision = decidePayout(facts({ account: status && { status, syncedAt: null } }))
    const reasons = {
      onboarding: 'account_incomplete',
      pending: 'account_incomplete',
      restricted: 'account_restricted',
      disconnected: 'account_disconnected',
    }
    if (status === 'active') expect(decision).toEqual({ do: 'transfer', amount: 8_500 })
    else expect(decision).toMatchObject({ do: 'hold', reason: status ? reasons[status] : 'no_account' })
  })

  describe('after Stripe refused a transfer', () => {
    const refused = row('transfer', 8_500, { status: 'failed', settledAt: now - hour })
    const held = { transfers: [refused], heldReason: 'refused' as const }

    it('does not ask for the same again', () => {
      expect(decidePayout(facts(held))).toEqual({ do: 'hold', reason: 'refused', amount: 8_500 })
    })
    it('asks again when the account was heard of since, another amount is due, or operations say so', () => {
      expect(decidePayout(facts({ ...held, account: { status: 'active', syncedAt: now } }))).toMatchObject({
        do: 'transfer',
      })
      expect(decidePayout(facts({ ...held, returned: 4_000 }))).toEqual({ do: 'transfer', amount: 5_100 })
      expect(decidePayout(facts({ ...held, heldReason: null }))).toMatchObject({ do: 'transfer' })
    })
  })
})

describe('the sums of a payout', () => {
  it('count what was set off as had, and debts as given back', () => {
    const transfers = [
      row('transfer', 6_000),
      row('transfer', 1, { status: 'failed' }),
      row('reversal', 1_000),
      row('netting', 2_500),
      row('receivable', 500),
    ]
    expect(computePayoutSums(transfers)).toEqual({
      transferred: 6_000,
      reversed: 1_000,
      netted: 2_500,
      debts: 500,
      had: 7_000,
    })
  })

  it('say whether it is paid, reversed or neither', () => {
    const paid = row('transfer', 100)
    expect(computePayoutState([])).toBe('not_due')
    expect(computePayoutState([row('transfer', 100, { status: 'requested' })])).toBe('not_due')
    expect(computePayoutState([paid])).toBe('paid')
    expect(computePayoutState([row('netting', 100)])).toBe('paid')
    expect(computePayoutState([paid, row('reversal', 40)])).toBe('paid')
    expect(computePayoutState([paid, row('reversal', 100)])).toBe('reversed')
    // A debt is not money that came back.
    expect(computePayoutState([paid, row('receivable', 100)])).toBe('paid')
  })
})

describe('who bears what was returned', () => {
  it.each([
    ['GBP', 10_001, 1_500],
    ['JPY', 5_000, 750],
    ['KWD', 12_340, 1_850],
    ['ISK', 1_234_500, 185_200],
  ])(
    '%s: all of it takes exactly the fee and the share, what exceeds it is the platform’s',
    (currency, amount, fee) => {
      const price = { amount, currency, platformFeeAmount: fee }
      expect(computeReturnShares(price, amount)).toEqual({ platform: fee, consultant: amount - fee })
      expect(computeReturnShares(price, amount + 700)).toEqual({ platform: fee + 700, consultant: amount - fee })
      expect(computeConsultantShare(price, 0)).toBe(amount - fee)
      expect(computeConsultantShare(price, amount)).toBe(0)
      expect(computeConsultantShare(price, amount + 700)).toBe(0)
    },
  )
})

describe('while it is claimed that the session was missed', () => {
  const claimed = { hasOpenClaim: true }

  it('is held, due or not, whatever else stands in its way later', () => {
    const hold = { do: 'hold', reason: 'no_show_claim', amount: 8_500 }
    expect(decidePayout(facts(claimed))).toEqual(hold)
    expect(decidePayout(facts({ ...claimed, dueAt: now + hour }))).toEqual(hold)
    expect(decidePayout(facts({ ...claimed, dueAt: null }))).toEqual(hold)
    expect(decidePayout(facts({ ...claimed, isHeldByOperations: true }))).toEqual(hold)
    expect(decidePayout(facts({ ...claimed, account: undefined }))).toEqual(hold)
  })

  it('has nothing to hold where nothing is lacking', () => {
    expect(decidePayout(facts({ ...claimed, returned: 10_000 }))).toEqual({ do: 'nothing' })
  })
})
