import { describe, expect, it } from 'vitest'
import { computeDisputeMovements } from '#payments/dispute/compute-dispute-movements'
import { decideDisputeAnswer, decideDisputeState, decidePaymentState } from '#payments/dispute/decide-dispute'
import { decidePayoutChange } from '#payments/payout/decide-payout-change'
import { disputeStateNames, heldReasonNames, paymentStateNames, payoutStateNames } from '#payments/payment-states'

const over = ['won', 'lost', 'inquiry_closed']

describe('the state of a dispute', () => {
  it('goes forward, also over steps that nobody told of, and never back', () => {
    expect(decideDisputeState('inquiry', 'under_review')).toBe('under_review')
    expect(decideDisputeState('inquiry', 'lost')).toBe('lost')
    expect(decideDisputeState('under_review', 'inquiry')).toBe('under_review')
    expect(decideDisputeState('under_review', 'needs_response')).toBe('needs_response')
    expect(decideDisputeState('needs_response', 'inquiry_closed')).toBe('needs_response')
  })

  it.each(over)('that is %s stays so', (known) => {
    for (const reported of disputeStateNames) expect(decideDisputeState(known as 'won', reported)).toBe(known)
  })
})

describe('the state of a payment with disputes', () => {
  const collected = ['succeeded', 'partially_refunded', 'refunded', 'disputed', 'chargeback']
  const payment = { status: 'succeeded' as const, amount: 10_000 }

  it.each(paymentStateNames)('%s can be disputed only if it was collected, and stays charged back', (status) => {
    const disputes = [{ status: 'needs_response' as const }]
    const state = decidePaymentState({ status, amount: 10_000 }, { disputes, refunded: 0 })
    if (status === 'chargeback') expect(state).toBe('chargeback')
    else expect(state).toBe(collected.includes(status) ? 'disputed' : undefined)
  })

  it('is decided when all of them are, and lost when one is', () => {
    const of = (...statuses: (typeof disputeStateNames)[number][]) =>
      decidePaymentState(payment, { disputes: statuses.map((status) => ({ status })), refunded: 0 })
    expect(of('lost', 'needs_response')).toBe('disputed')
    expect(of('won', 'under_review')).toBe('disputed')
    expect(of('won', 'inquiry')).toBe('disputed')
    expect(of('lost', 'won')).toBe('chargeback')
    expect(of('won', 'inquiry_closed')).toBe('succeeded')
  })

  it('follows its refunds again when they are won', () => {
    const won = [{ status: 'won' as const }]
    const disputed = { status: 'disputed' as const, amount: 10_000 }
    expect(decidePaymentState(disputed, { disputes: won, refunded: 4_000 })).toBe('partially_refunded')
    expect(decidePaymentState(disputed, { disputes: won, refunded: 10_000 })).toBe('refunded')
  })
})

describe('the money of a dispute', () => {
  const taken = { amount: -10_000, fee: 2_000, currency: 'GBP' }

  it('is taken once with a fee, and given back at most once', () => {
    expect(computeDisputeMovements({ amount: 10_000, movements: [] }, 'GBP')).toEqual({ withdrawn: 0, entries: [] })
    const back = { amount: 10_000, fee: -2_000, currency: 'GBP' }
    expect(computeDisputeMovements({ amount: 10_000, movements: [taken, back] }, 'GBP')).toEqual({
      withdrawn: 10_000,
      entries: [
        { kind: 'dispute', amount: -10_000, currency: 'GBP' },
        { kind: 'dispute_won', amount: 10_000, currency: 'GBP' },
        { kind: 'dispute_fee', amount: -2_000, currency: 'GBP' },
        { kind: 'dispute_fee_returned', amount: 2_000, currency: 'GBP' },
      ],
    })
  })

  it('counts in the currency of the payment; the fee in that of the balance', () => {
    const movements = [{ amount: -11_640, fee: 1_500, currency: 'EUR' }]
    expect(computeDisputeMovements({ amount: 10_000, movements }, 'GBP')).toEqual({
      withdrawn: 10_000,
      entries: [
        { kind: 'dispute', amount: -10_000, currency: 'GBP' },
        { kind: 'dispute_fee', amount: -1_500, currency: 'EUR' },
      ],
    })
  })
})

describe('what operations may do with a dispute', () => {
  const now = Date.UTC(2026, 11, 1)
  const all = ['refresh', 'evidence', 'accept'] as const
  const open = { status: 'needs_response' as const, answerStatus: null, evidenceDueBy: now + 1 }

  it.each(disputeStateNames)('that is %s', (status) => {
    const allowed = all.filter((what) => !decideDisputeAnswer({ ...open, status }, { what, now }))
    if (over.includes(status)) expect(allowed).toEqual([])
    else expect(allowed).toEqual(status === 'under_review' ? ['refresh'] : [...all])
  })

  it('waits while an answer is on its way, and ends with the time of the bank', () => {
    for (const what of all) {
      expect(decideDisputeAnswer({ ...open, answerStatus: 'requested' }, { what, now })?.code).toBe(
        'illegal_transition',
      )
    }
    const late = { ...open, evidenceDueBy: now - 1 }
    expect(decideDisputeAnswer(late, { what: 'evidence', now })?.code).toBe('outside_policy')
    expect(decideDisputeAnswer(late, { what: 'accept', now })).toBeUndefined()
    expect(decideDisputeAnswer({ ...open, answerStatus: 'failed' }, { what: 'evidence', now })).toBeUndefined()
  })
})

describe('what operations may do with a payout', () => {
  const allowed = (payout: Partial<Parameters<typeof decidePayoutChange>[0]>) =>
    (['hold', 'release', 'retry'] as const).filter(
      (change) =>
        !decidePayoutChange(
          { status: 'not_due', heldReason: null, isHeldByOperations: false, isUnderWay: false, ...payout },
          change,
        ),
    )

  it.each(payoutStateNames)('that is %s', (status) => {
    const open = status === 'paid' ? [] : ['hold']
    expect(allowed({ status })).toEqual(status === 'held' ? ['hold', 'retry'] : open)
    expect(allowed({ status, isHeldByOperations: true })).toEqual(['release'])
    expect(allowed({ status, isUnderWay: true })).toEqual([])
  })

  it.each(heldReasonNames)('that is held because of %s', (heldReason) => {
    const isRetried = heldReason !== 'disputed' && heldReason !== 'no_show_claim'
    expect(allowed({ status: 'held', heldReason })).toEqual(isRetried ? ['hold', 'retry'] : ['hold'])
  })
})
