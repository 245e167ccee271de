import { describe, expect, it } from 'vitest'
import { decidePayoutDue, type PayoutCase } from '#checkout/decide-payout-due'
import { sessionStateNames } from '#sessions/session-states'
import { paymentStateNames } from '#payments/payment-states'

const hour = 3_600_000
const startsAt = Date.UTC(2026, 11, 1, 9)

const session: PayoutCase = {
  status: 'completed',
  startsAt,
  endsAt: startsAt + hour,
  policy: { refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 40, noShowRefundPercentage: 50 },
  paymentStatus: 'succeeded',
  paymentAmount: 10_000,
  currency: 'GBP',
  platformFeeAmount: 1_500,
  refundedAmount: 0,
}

const dueAt = (changes: Partial<PayoutCase>, now = startsAt + 2 * hour) =>
  decidePayoutDue({ ...session, ...changes }, { now, delayHours: 72 })

const afterEnd = startsAt + hour + 72 * hour

describe('decidePayoutDue', () => {
  it.each(sessionStateNames)('of a session that is %s', (status) => {
    const earned = ['completed', 'no_show_user', 'cancelled_by_user']
    const now = startsAt - hour
    const isCancelled = status === 'cancelled_by_user'
    expect(dueAt({ status }, now)).toBe(earned.includes(status) ? (isCancelled ? now + 72 * hour : afterEnd) : null)
  })

  it('is not for a cancellation in time, nor where everything was returned', () => {
    expect(dueAt({ status: 'cancelled_by_user' }, startsAt - 25 * hour)).toBeNull()
    expect(dueAt({ refundedAmount: 10_000 })).toBeNull()
    expect(dueAt({ platformFeeAmount: 10_000 })).toBeNull()
    expect(dueAt({ paymentAmount: 0, paymentStatus: null })).toBeNull()
  })

  it.each(paymentStateNames)('of a session whose payment is %s', (paymentStatus) => {
    const collected = ['succeeded', 'partially_refunded', 'refunded', 'disputed', 'authorized']
    expect(dueAt({ paymentStatus })).toBe(collected.includes(paymentStatus) ? afterEnd : null)
    // An authorisation is not collected for one that was cancelled.
    const cancelled = dueAt({ paymentStatus, status: 'cancelled_by_user' }, startsAt - hour)
    expect(cancelled !== null).toBe(collected.includes(paymentStatus) && paymentStatus !== 'authorized')
  })
})
