import { describe, expect, it } from 'vitest'
import { type CheckoutTruth, decideFulfilment } from '#checkout/decide-fulfilment'
import { type SessionState, sessionStateNames } from '#sessions/session-states'
import { type PaymentState, paymentStateNames } from '#payments/payment-states'

const price = { amount: 4_999, currency: 'GBP' }
const decide = (outcome: CheckoutTruth['outcome'], status: PaymentState, session: SessionState) =>
  decideFulfilment({ checkout: { outcome, ...price }, payment: { status, ...price }, session })

/** A payment of which nobody knows yet how it ends; what failed or was closed can still turn out to be paid. */
const undecided: PaymentState[] = ['pending', 'processing', 'failed', 'cancelled']
const everySession = sessionStateNames
const everyPayment = paymentStateNames

/** What becomes of a session whose payment has arrived. */
const afterPayment: Record<SessionState, 'schedule' | 'reclaim' | 'keep' | 'refund'> = {
  pending_payment: 'schedule',
  expired: 'reclaim',
  pending_confirmation: 'keep',
  scheduled: 'keep',
  in_progress: 'keep',
  completed: 'keep',
  no_show_user: 'keep',
  no_show_consultant: 'refund',
  cancelled_by_user: 'refund',
  cancelled_by_consultant: 'refund',
  cancelled_by_operations: 'refund',
  declined: 'refund',
  refunded: 'refund',
}

describe.each(everyPayment)('a payment that is %s', (status) => {
  it.each(everySession)('and paid, for a session that is %s', (session) => {
    const expected =
      undecided.includes(status) || status === 'authorized'
        ? { payment: 'succeeded', session: afterPayment[session] }
        : 'nothing'
    expect(decide('paid', status, session)).toEqual(expected)
  })

  it.each(everySession)('and authorised, for a session that is %s', (session) => {
    const expected = undecided.includes(status)
      ? { payment: 'authorized', session: session === 'pending_confirmation' ? 'keep' : 'void' }
      : 'nothing'
    expect(decide('authorized', status, session)).toEqual(expected)
  })

  it.each(everySession)('and under way, failed, run out or open, for a session that is %s', (session) => {
    const waits = status === 'pending' || status === 'processing'
    expect(decide('processing', status, session)).toEqual(
      status === 'pending' ? { payment: 'processing', session: 'keep' } : 'nothing',
    )
    const failed = waits
      ? { payment: 'failed', session: 'keep' }
      : status === 'authorized'
        ? { payment: 'cancelled', session: 'lapse' }
        : 'nothing'
    expect(decide('failed', status, session)).toEqual(failed)
    expect(decide('expired', status, session)).toEqual(waits ? { payment: 'cancelled', session: 'keep' } : 'nothing')
    expect(decide('open', status, session)).toBe('nothing')
  })
})

describe('an amount that is not ours', () => {
  it.each(['paid', 'authorized'] as const)('is never taken for a payment when it is %s', (outcome) => {
    for (const other of [
      { ...price, amount: 4_998 },
      { ...price, currency: 'EUR' },
    ]) {
      const decision = decideFulfilment({
        checkout: { outcome, ...other },
        payment: { status: 'pending', ...price },
        session: 'pending_payment',
      })
      expect(decision).toEqual({
        mismatch: `Stripe has ${other.amount} ${other.currency}, the payment 4999 GBP.`,
      })
    }
  })

  it('does not matter while nothing was collected', () => {
    const decision = decideFulfilment({
      checkout: { outcome: 'expired', amount: 1, currency: 'EUR' },
      payment: { status: 'pending', ...price },
      session: 'pending_payment',
    })
    expect(decision).toEqual({ payment: 'cancelled', session: 'keep' })
  })
})
