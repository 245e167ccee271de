import { describe, expect, it } from 'vitest'
import { type ComparedMovement, decideDifference } from '#payments/reconciliation/decide-difference'

const euros = (amount: number) => ({ amount, currency: 'EUR' })
const movement = (values: Partial<ComparedMovement>): ComparedMovement => ({
  kind: 'charge',
  amount: euros(10_001),
  fee: euros(0),
  isFinal: true,
  isUndone: false,
  ...values,
})
const entry = (kind: 'charge' | 'refund' | 'refund_failed' | 'stripe_fee', amount: number, currency = 'EUR') => ({
  kind,
  amount,
  currency,
})

describe('an entry of Stripe’s balance and the books', () => {
  it('agree when each has its entry, with its sign', () => {
    const charge = movement({ fee: euros(170) })
    expect(decideDifference(charge, [entry('charge', 10_001), entry('stripe_fee', -170)])).toBeUndefined()
    expect(decideDifference(movement({ kind: 'refund' }), [entry('refund', -10_001)])).toBeUndefined()
  })

  it('differ in what is missing, in an amount, in a currency', () => {
    expect(decideDifference(movement({}), [])).toMatchObject({ kind: 'missing_here', ours: null, theirs: 10_001 })
    expect(decideDifference(movement({}), [entry('charge', 10_000)])).toMatchObject({
      kind: 'amount_differs',
      ours: 10_000,
    })
    expect(decideDifference(movement({}), [entry('charge', 10_001, 'USD')])).toMatchObject({ kind: 'currency_differs' })
    expect(decideDifference(movement({ fee: euros(170) }), [entry('charge', 10_001)])).toMatchObject({
      kind: 'missing_here',
      entry: 'stripe_fee',
      theirs: -170,
    })
  })

  it('do not differ in what concerns no booking, or is not decided yet', () => {
    expect(decideDifference(movement({ kind: 'other' }), [])).toBeUndefined()
    expect(decideDifference(movement({ kind: 'refund', isFinal: false }), [])).toBeUndefined()
  })

  it('agree about a refund that failed, whether or not it was ever booked, but not when it still stands', () => {
    const both = ['refund', 'refund_failed'] as const
    for (const kind of both) {
      const failed = movement({ kind, isUndone: true })
      expect(decideDifference(failed, [])).toBeUndefined()
      expect(decideDifference(failed, [entry('refund', -10_001), entry('refund_failed', 10_001)])).toBeUndefined()
    }
    expect(
      decideDifference(movement({ kind: 'refund_failed', isUndone: true }), [entry('refund', -10_001)]),
    ).toMatchObject({ kind: 'missing_here', entry: 'refund_failed' })
  })
})
