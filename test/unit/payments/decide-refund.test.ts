import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { captureMarginMinutes, computeCaptureDeadline } from '#payments/charge/capture-deadline'
import { computeFeeBack, computeRefundedState } from '#payments/refund/compute-fee-back'
import { decideRefund } from '#payments/refund/decide-refund'
import { decideRefundState } from '#payments/refund/decide-refund-state'
import type { PaymentFacts } from '#payments/payment-record-queries'
import type { refundStateNames } from '#payments/payment-states'
import { paymentStateNames } from '#payments/payment-states'
import { previewRefund } from '#payments/refund/preview-refund'
import { currencyRules, splitPrice } from '#shared/money'

const payment = { status: 'succeeded', amount: 10_001, currency: 'GBP', platformFeeAmount: 1_500 } as const

describe('what may be returned', () => {
  it('is all that is left unless an amount is named', () => {
    expect(decideRefund({ payment, refunded: 3_333, amount: undefined })).toMatchObject({ amount: 6_668, left: 0 })
    expect(decideRefund({ payment, refunded: 3_333, amount: 1 })).toMatchObject({ amount: 1, left: 6_667 })
  })

  it.each(paymentStateNames)('of a payment that is %s', (status) => {
    const { refusal } = decideRefund({ payment: { ...payment, status }, refunded: 0, amount: 1 })
    const isRefundable = ['succeeded', 'partially_refunded', 'refunded'].includes(status)
    expect(refusal?.code).toBe(isRefundable ? undefined : 'outside_policy')
    if (status === 'disputed') expect(refusal?.message).toContain('disputed')
    if (status === 'authorized') expect(refusal?.message).toContain('not charged yet')
  })

  it('is never more than is left, and never no amount of the currency', () => {
    expect(decideRefund({ payment, refunded: 10_001, amount: undefined }).refusal?.message).toContain('Nothing is left')
    expect(decideRefund({ payment, refunded: 10_000, amount: 2 }).refusal).toMatchObject({
      code: 'outside_policy',
      message: 'At most £0.01 can still be refunded.',
    })
    for (const amount of [0, -1, 0.5, Number.NaN]) {
      expect(decideRefund({ payment, refunded: 0, amount }).refusal?.code).toBe('invalid_request')
    }
    const inIceland = { ...payment, amount: 100_000, currency: 'ISK', platformFeeAmount: 15_000 }
    expect(decideRefund({ payment: inIceland, refunded: 0, amount: 150 }).refusal?.errors).toEqual([
      { path: 'amount', message: 'must be a multiple of 100 of minor units of ISK, more than 0' },
    ])
  })
})

describe('the platform’s part', () => {
  const currency = fc.constantFrom('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK')
  const steps = fc.array(fc.record({ part: fc.double({ min: 0, max: 1, noNaN: true }), fails: fc.boolean() }), {
    maxLength: 30,
  })

  it('adds up exactly after any sequence of refunds, some of which fail later', () => {
    fc.assert(
      fc.property(
        currency,
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.nat(10_000),
        steps,
        (code, units, feeBps, moves) => {
          const { step } = currencyRules(code)
          const amount = units * step
          const price = { amount, currency: code, ...splitPrice({ amount, currency: code, feeBps }) }
          let [returned, feeBack] = [0, 0]
          const standing: number[] = []
          for (const { part, fails } of moves) {
            if (fails && standing.length) {
              const gone = standing.splice(Math.floor(part * (standing.length - 1)), 1)[0] ?? 0
              const kept = feeBack - computeFeeBack(price, returned - gone)
              expect(kept).toBeGreaterThanOrEqual(0)
              feeBack -= kept
              returned -= gone
            } else {
              const back = Math.floor(((amount - returned) / step) * part) * step
              if (back === 0) continue
              const fee = computeFeeBack(price, returned + back) - feeBack
              expect(fee).toBeGreaterThanOrEqual(0)
              expect(fee).toBeLessThanOrEqual(Math.max(back, step))
              expect(fee % step).toBe(0)
              feeBack += fee
              returned += back
              standing.push(back)
            }
            expect(feeBack).toBe(computeFeeBack(price, returned))
          }
          const rest = amount - returned
          expect(feeBack + computeFeeBack(price, returned + rest) - feeBack).toBe(price.platformFeeAmount)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('decides the state', () => {
    expect([0, 1, 10_000, 10_001].map((refunded) => computeRefundedState(payment, refunded))).toEqual([
      'succeeded',
      'partially_refunded',
      'partially_refunded',
      'refunded',
    ])
  })
})

describe('a preview', () => {
  const facts = {
    ...payment,
    committedAmount: 0,
    consultantPayoutAmount: 8_501,
    paidOutAmount: 0,
    reversedAmount: 0,
    nettedAmount: 0,
    succeededAt: 1,
  } as PaymentFacts

  it('says what is taken back of what was paid out', () => {
    expect(previewRefund(facts, 1_000)).toMatchObject({ consultantPayoutBack: 850, payoutTakenBack: 0, left: 9_001 })
    const paidOut = { ...facts, paidOutAmount: 8_501 }
    expect(previewRefund(paidOut, 1_000)).toMatchObject({ payoutTakenBack: 850 })
    expect(previewRefund(paidOut, undefined)).toMatchObject({ payoutTakenBack: 8_501, left: 0 })
    expect(previewRefund({ ...paidOut, reversedAmount: 8_501 }, 1_000)).toMatchObject({ payoutTakenBack: 0 })
    expect(previewRefund({ ...facts, nettedAmount: 8_501 }, 1_000)).toMatchObject({ payoutTakenBack: 850 })
  })

  it('says why not, and what is left', () => {
    expect(previewRefund({ ...facts, status: 'disputed', committedAmount: 1 }, 1)).toMatchObject({
      amount: 0,
      left: 10_000,
    })
    expect(previewRefund({ ...facts, status: 'pending', succeededAt: null }, 1)).toMatchObject({ left: 0 })
  })
})

describe('what Stripe says of a refund', () => {
  const decide = (
    status: (typeof refundStateNames)[number],
    truth: string | null,
    stripeRefundId: string | null = 're_1',
  ) => decideRefundState({ reference: 'RF-1', status, stripeRefundId }, { id: 're_1', status: truth })

  it.each([
    ['requested', 'pending', 'pending'],
    ['requested', 'requires_action', 'pending'],
    ['requested', 'succeeded', 'succeeded'],
    ['requested', 'failed', 'failed'],
    ['requested', 'canceled', 'cancelled'],
    ['pending', 'pending', undefined],
    ['pending', 'succeeded', 'succeeded'],
    ['pending', 'failed', 'failed'],
    ['succeeded', 'pending', undefined],
    ['succeeded', 'succeeded', undefined],
    ['succeeded', 'failed', 'failed'],
    ['failed', 'succeeded', undefined],
    ['failed', 'failed', undefined],
    ['cancelled', 'pending', undefined],
  ] as const)('%s, then %s → %s', (status, truth, expected) => {
    expect(decide(status, truth)).toBe(expected)
  })

  it('is never passed over when it contradicts what was recorded', () => {
    for (const status of ['failed', 'cancelled'] as const) {
      expect(() => decide(status, 'succeeded', null)).toThrow('but Stripe has made it')
      expect(decide(status, 'failed', null)).toBeUndefined()
    }
  })
})

it('a card counts as gone half an hour before Stripe lets it go', () => {
  expect(computeCaptureDeadline(captureMarginMinutes * 60_000)).toBe(0)
  expect(captureMarginMinutes).toBe(30)
})
