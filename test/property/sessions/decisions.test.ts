import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolvePolicy } from '#sessions/create/compose-session'
import { decideActions, type SessionAction } from '#sessions/decide-actions'
import { type CheckoutTruth, decideFulfilment } from '#checkout/decide-fulfilment'
import { payoutStateNames } from '#payments/payment-states'
import { missedIn } from '#sessions/no-show/decide-no-show'
import { decideReschedule } from '#sessions/decide-reschedule'
import { decideSessionTransition } from '#sessions/decide-session-transition'
import type { SessionState } from '#sessions/session-states'
import { decideActor } from '#access/decide-actor'
import { hashToken } from '#shared/ids'
import { repetitions } from '../../support/repetitions'
import { paymentState, personRole, reschedulePolicy, sessionClock, sessionState } from './arbitraries'

describe('what may be done with a session', () => {
  const question = fc.record({
    clock: sessionClock,
    status: sessionState,
    role: personRole,
    timesMoved: fc.nat(6),
    policy: reschedulePolicy,
    paysWithLogin: fc.boolean(),
    paymentStatus: fc.option(paymentState, { nil: null }),
    captureBefore: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }), { nil: null }),
    hasReview: fc.boolean(),
    hasMeeting: fc.boolean(),
    payoutStatus: fc.option(fc.constantFrom(...payoutStateNames), { nil: null }),
    leftToReturn: fc.nat(10_000),
    complaintHours: fc.nat(200),
  })

  const cancelled = {
    admin: 'cancelled_by_operations',
    operations: 'cancelled_by_operations',
    consultant: 'cancelled_by_consultant',
    customer: 'cancelled_by_user',
  } as const

  const missed = {
    admin: 'no_show_user',
    operations: 'no_show_user',
    consultant: 'no_show_user',
    customer: 'no_show_consultant',
  } as const

  const stateOf = (action: SessionAction, role: keyof typeof cancelled): SessionState | undefined => {
    switch (action) {
      case 'cancel':
        return cancelled[role]
      case 'confirm':
        return 'scheduled'
      case 'confirm_email':
        // It is our own code that takes this way.
        return undefined
      case 'decline':
        return 'declined'
      case 'start':
        return 'in_progress'
      case 'complete':
        return 'completed'
      case 'no-show':
        return missed[role]
      case 'pay':
      case 'reschedule':
      case 'join':
      case 'review':
      case 'answer-claim':
      case 'withdraw-claim':
      case 'decide-claim':
        return undefined
    }
  }

  it('is never shown when the gate would refuse it', () => {
    fc.assert(
      fc.property(question, ({ clock, status, role, ...rest }) => {
        for (const action of decideActions({ ...clock, ...rest, status, role, claim: null, emailConfirmBy: null })) {
          // Against what the other side has reported it is a claim, and changes no state by itself.
          const to = action === 'no-show' && missedIn(status) ? undefined : stateOf(action, role)
          if (to) expect(decideSessionTransition({ from: status, to, role, clock }), action).toBeUndefined()
        }
      }),
      { numRuns: repetitions({ usual: 3_000, long: 30_000 }) },
    )
  })

  it('shows cancelling whenever the gate would let it pass', () => {
    fc.assert(
      fc.property(question, ({ clock, status, role, ...rest }) => {
        const refusal = decideSessionTransition({ from: status, to: cancelled[role], role, clock })
        const actions = decideActions({ ...clock, ...rest, status, role, claim: null, emailConfirmBy: null })
        expect(actions.includes('cancel')).toBe(refusal === undefined)
      }),
      { numRuns: repetitions({ usual: 3_000, long: 30_000 }) },
    )
  })
})

describe('moving a session', () => {
  const question = fc.record({ clock: sessionClock, timesMoved: fc.nat(6), policy: reschedulePolicy })
  const isAllowed = (
    { clock, ...rest }: typeof question extends fc.Arbitrary<infer T> ? T : never,
    role: 'customer' | 'consultant' | 'operations',
    later = 0,
  ) => decideReschedule({ ...clock, ...rest, now: clock.now + later, status: 'scheduled', role }) === undefined

  it('is never granted to a customer where it is refused to the consultant, nor to them where operations may not', () => {
    fc.assert(
      fc.property(question, (asked) => {
        if (isAllowed(asked, 'customer')) expect(isAllowed(asked, 'consultant')).toBe(true)
        if (isAllowed(asked, 'consultant')) expect(isAllowed(asked, 'operations')).toBe(true)
      }),
    )
  })

  it('does not become possible again by waiting', () => {
    fc.assert(
      fc.property(question, fc.nat(100_000_000), (asked, later) => {
        for (const role of ['customer', 'consultant'] as const) {
          if (!isAllowed(asked, role)) expect(isAllowed(asked, role, later)).toBe(false)
        }
      }),
    )
  })
})

describe('what Stripe says of a payment', () => {
  const outcome = fc.constantFrom<CheckoutTruth['outcome']>(
    'open',
    'processing',
    'authorized',
    'paid',
    'failed',
    'expired',
  )
  const price = { amount: 4_999, currency: 'GBP' }
  const facts = (said: CheckoutTruth['outcome']) => ({ outcome: said, ...price })

  it('asked twice, changes nothing the second time', () => {
    fc.assert(
      fc.property(outcome, paymentState, sessionState, (said, status, session) => {
        const first = decideFulfilment({ checkout: facts(said), payment: { status, ...price }, session })
        if (first === 'nothing' || 'mismatch' in first) return
        const after = { status: first.payment, ...price }
        expect(decideFulfilment({ checkout: facts(said), payment: after, session })).toBe('nothing')
      }),
    )
  })

  it('in whatever order it is heard, a payment that arrived stays arrived', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 12 }), sessionState, (heard, session) => {
        let status: Parameters<typeof decideFulfilment>[0]['payment']['status'] = 'pending'
        let isPaid = false
        for (const said of heard) {
          const decision = decideFulfilment({ checkout: facts(said), payment: { status, ...price }, session })
          if (decision !== 'nothing' && !('mismatch' in decision)) status = decision.payment
          isPaid ||= said === 'paid'
          expect(status === 'succeeded').toBe(isPaid)
        }
      }),
    )
  })

  it('never takes an amount or a currency that is not the payment’s own', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<CheckoutTruth['outcome']>('paid', 'authorized'),
        paymentState,
        sessionState,
        fc.record({ amount: fc.nat(10_000), currency: fc.constantFrom('GBP', 'EUR', 'JPY') }),
        (said, status, session, other) => {
          fc.pre(other.amount !== price.amount || other.currency !== price.currency)
          const decision = decideFulfilment({
            checkout: { outcome: said, ...other },
            payment: { status, ...price },
            session,
          })
          expect(decision).toHaveProperty('mismatch')
        },
      ),
    )
  })
})

describe('the policy of a booking', () => {
  const percentage = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null })
  const override = fc.record(
    {
      refundableBeforeHours: fc.option(fc.nat(2_160), { nil: null }),
      refundPercentage: percentage,
      lateRefundPercentage: percentage,
    },
    { requiredKeys: [] },
  )

  it('is made of what somebody said, each part from the first who said it', () => {
    fc.assert(
      fc.property(fc.array(override, { maxLength: 4 }), override, fc.nat(100), (overrides, wide, noShow) => {
        const policy = resolvePolicy(overrides, { cancellationPolicy: wide, noShowRefundPercentage: noShow })
        const fallback = { refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 0 } as const
        for (const part of ['refundableBeforeHours', 'refundPercentage', 'lateRefundPercentage'] as const) {
          const said = [...overrides, wide].flatMap((one) => one[part] ?? [])
          expect(policy[part]).toBe(said[0] ?? fallback[part])
        }
        expect(policy.noShowRefundPercentage).toBe(noShow)
      }),
    )
  })
})

describe('who asks', () => {
  const id = fc.constantFrom('a', 'b', 'c')
  const roles = fc.subarray(['admin', 'operations', 'consultant', 'customer'])
  const token = fc.option(fc.constantFrom('right', 'wrong', ''), { nil: null })
  const record = fc.record({
    manageTokenHash: fc.constantFrom(hashToken('right'), null),
    customerId: fc.constant('customer'),
    customerUserId: fc.option(id, { nil: null }),
    consultantUserId: fc.option(id, { nil: null }),
  })

  it('is somebody only by a staff role, by owning it, or by its token', () => {
    fc.assert(
      fc.property(fc.option(fc.record({ id, roles }), { nil: null }), token, record, (user, given, owned) => {
        const actor = decideActor({ user, token: given }, owned)
        const isStaff = user?.roles.some((role) => role === 'admin' || role === 'operations') ?? false
        const owns = user !== null && [owned.customerUserId, owned.consultantUserId].includes(user.id)
        const hasToken = given === 'right' && owned.manageTokenHash !== null
        expect(actor !== null).toBe(isStaff || owns || hasToken)
        if (actor?.role === 'admin' || actor?.role === 'operations') expect(user?.roles).toContain(actor.role)
        if (actor?.role === 'consultant') expect(user?.id).toBe(owned.consultantUserId)
      }),
      { numRuns: repetitions({ usual: 2_000, long: 20_000 }) },
    )
  })
})
