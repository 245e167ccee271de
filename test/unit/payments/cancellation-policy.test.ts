import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CancellationCase, decideCancellation } from '#payments/refund/cancellation-policy'
import { currencyRules, isValidAmount, splitPrice, supportedCurrencies } from '#shared/money'

const hour = 3_600_000
const startsAt = Date.UTC(2026, 11, 1, 10)
const policy = { refundableBeforeHours: 24, refundPercentage: 80, lateRefundPercentage: 25 }
const base = {
  policy,
  startsAt,
  now: startsAt,
  paidAmount: 10_001,
  currency: 'GBP',
  platformFeeAmount: 1500,
  refundedAmount: 0,
}
const byCustomer = (now: number) => decideCancellation({ ...base, now, cancelledBy: 'customer' })

describe('a customer who cancels', () => {
  it('gets the policy’s share in good time, down to the minute of the deadline', () => {
    const deadline = startsAt - 24 * hour
    for (const now of [startsAt - 72 * hour, deadline - 1, deadline, deadline + 59_999]) {
      expect(byCustomer(now), String(now)).toMatchObject({ refundAmount: 8001, code: 'before_deadline', deadline })
    }
    expect(byCustomer(deadline + 60_000)).toMatchObject({ refundAmount: 2500, code: 'after_deadline', deadline })
  })

  it('gets the late share until the start, and nothing after it', () => {
    expect(byCustomer(startsAt - 1)).toMatchObject({ refundAmount: 2500, code: 'after_deadline' })
    expect(byCustomer(startsAt)).toMatchObject({ refundAmount: 0, code: 'after_start', consultantShare: 8501 })
  })

  it('gets nothing late where the policy names no late share', () => {
    const strict = { refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: null }
    expect(
      decideCancellation({ ...base, policy: strict, now: startsAt - hour, cancelledBy: 'customer' }),
    ).toMatchObject({
      refundAmount: 0,
      reason: 'Cancelled after the deadline for a refund. The price is not returned.',
    })
  })

  it('reads why and how much', () => {
    expect(byCustomer(startsAt - 48 * hour).reason).toBe('Cancelled in good time. 80 % of the price is returned.')
  })

  it('with a policy of 0 hours may cancel up to the minute of the start', () => {
    const until = (now: number) =>
      decideCancellation({
        ...base,
        policy: { refundableBeforeHours: 0, refundPercentage: 100 },
        now,
        cancelledBy: 'customer',
      })
    expect(until(startsAt).refundAmount).toBe(10_001)
    expect(until(startsAt + 60_000)).toMatchObject({ refundAmount: 0, code: 'after_start' })
  })
})

describe('everybody else', () => {
  it.each(['consultant', 'operations', 'system'] as const)('%s returns everything, however late', (cancelledBy) => {
    expect(decideCancellation({ ...base, now: startsAt + hour, cancelledBy })).toMatchObject({
      refundAmount: 10_001,
      code: `cancelled_by_${cancelledBy}`,
      consultantShare: 0,
    })
  })
})

describe('no-shows', () => {
  const later = { ...base, now: startsAt + hour }

  it('of the consultant return everything', () => {
    expect(decideCancellation({ ...later, noShow: 'consultant' })).toMatchObject({
      refundAmount: 10_001,
      code: 'consultant_no_show',
      consultantShare: 0,
    })
  })

  it('of the customer return what the policy says, by default nothing', () => {
    expect(decideCancellation({ ...later, noShow: 'customer' })).toMatchObject({
      refundAmount: 0,
      code: 'customer_no_show',
      reason: 'The customer did not turn up. The price is not returned.',
      consultantShare: 8501,
    })
    const kind = { ...policy, noShowRefundPercentage: 50 }
    expect(decideCancellation({ ...later, policy: kind, noShow: 'customer' }).refundAmount).toBe(5001)
  })
})

describe('what was returned before', () => {
  it('counts towards it', () => {
    const after = (refundedAmount: number) =>
      decideCancellation({ ...base, now: startsAt - 48 * hour, refundedAmount, cancelledBy: 'customer' })
    expect(after(3000)).toMatchObject({ refundAmount: 5001, consultantShare: 1700 })
    expect(after(8001)).toMatchObject({ refundAmount: 0, consultantShare: 1700 })
    expect(after(9000)).toMatchObject({ refundAmount: 0, consultantShare: 851 })
    expect(after(10_001)).toMatchObject({ refundAmount: 0, consultantShare: 0 })
  })

  it('leaves nothing of a free session', () => {
    const free = { ...base, paidAmount: 0, platformFeeAmount: 0 }
    expect(decideCancellation({ ...free, cancelledBy: 'consultant' })).toMatchObject({
      refundAmount: 0,
      code: 'nothing_paid',
      consultantShare: 0,
    })
  })
})

describe('nonsense', () => {
  it.each([
    [{ paidAmount: 100.5 }, 'not an amount'],
    [{ refundedAmount: -1 }, 'not an amount'],
    [{ platformFeeAmount: 10_002 }, 'fee is larger'],
    [{ policy: { refundableBeforeHours: -1, refundPercentage: 50 } }, 'refundableBeforeHours'],
    [{ policy: { refundableBeforeHours: 1, refundPercentage: 101 } }, 'percentage'],
    [{ policy: { refundableBeforeHours: 1, refundPercentage: NaN } }, 'percentage'],
  ])('%j is refused', (change, message) => {
    expect(() => decideCancellation({ ...base, ...change, cancelledBy: 'customer' })).toThrow(message)
  })
})

describe('for every price, policy and moment', () => {
  const anyMoney = fc
    .record({
      currency: fc.constantFrom(...supportedCurrencies),
      steps: fc.nat(1_000_000),
      feeBps: fc.nat(10_000),
      refundedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      policy: fc.record({
        refundableBeforeHours: fc.nat(200),
        refundPercentage: fc.nat(100),
        lateRefundPercentage: fc.option(fc.nat(100)),
        noShowRefundPercentage: fc.option(fc.nat(100)),
      }),
      now: fc.integer({ min: startsAt - 300 * hour, max: startsAt + 3 * hour }),
    })
    .map(({ currency, steps, feeBps, refundedShare, ...rest }) => {
      const { step } = currencyRules(currency)
      const paidAmount = steps * step
      const { platformFeeAmount } = splitPrice({ amount: paidAmount, currency, feeBps })
      const refundedAmount = Math.floor(steps * refundedShare) * step
      return { ...rest, startsAt, currency, paidAmount, platformFeeAmount, refundedAmount }
    })
  const anyCase: fc.Arbitrary<CancellationCase> = fc.oneof(
    fc
      .tuple(anyMoney, fc.constantFrom('customer', 'consultant', 'operations', 'system'))
      .map(([money, cancelledBy]) => ({ ...money, cancelledBy })),
    fc.tuple(anyMoney, fc.constantFrom('customer', 'consultant')).map(([money, noShow]) => ({ ...money, noShow })),
  )

  it('returns an amount of the currency, never more than is left, and leaves nothing unowned', () => {
    fc.assert(
      fc.property(anyCase, (input) => {
        const { refundAmount, consultantShare } = decideCancellation(input)
        const left = input.paidAmount - input.refundedAmount - refundAmount
        expect(isValidAmount(refundAmount, input.currency)).toBe(true)
        expect(isValidAmount(consultantShare, input.currency)).toBe(true)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(consultantShare).toBeLessThanOrEqual(left)
        expect(left - consultantShare).toBeLessThanOrEqual(input.platformFeeAmount)
      }),
    )
  })

  it('never returns more to a customer who cancels later, where the policy does not pay for it', () => {
    fc.assert(
      fc.property(anyMoney, fc.nat(400 * hour), (input, later) => {
        fc.pre((input.policy.lateRefundPercentage ?? 0) <= input.policy.refundPercentage)
        const at = (now: number) => decideCancellation({ ...input, cancelledBy: 'customer', now }).refundAmount
        expect(at(input.now + later)).toBeLessThanOrEqual(at(input.now))
      }),
    )
  })

  it('decides the same within one minute', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(59_999), fc.nat(59_999), (input, a, b) => {
        const minute = Math.floor(input.now / 60_000) * 60_000
        expect(decideCancellation({ ...input, now: minute + a })).toEqual(
          decideCancellation({ ...input, now: minute + b }),
        )
      }),
    )
  })
})
