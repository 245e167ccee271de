import { describe, expect, it } from 'vitest'
import { decideAction, decideActions } from '#sessions/decide-actions'
import { sessionStateNames, sessionStates } from '#sessions/session-states'

const hour = 3_600_000
const minute = 60_000
const startsAt = Date.UTC(2030, 4, 1, 10)
const endsAt = startsAt + hour

const session = {
  status: 'scheduled',
  startsAt,
  endsAt,
  now: startsAt - 48 * hour,
  role: 'customer',
  timesMoved: 0,
  policy: { untilHoursBefore: 24, maxReschedules: 3 },
  paysWithLogin: false,
  paymentStatus: null,
  captureBefore: null,
  hasReview: false,
  hasMeeting: true,
  payoutStatus: null,
  leftToReturn: 0,
  complaintHours: 72,
  claim: null,
  emailConfirmBy: null,
} as const

const decide = (change: Partial<Parameters<typeof decideActions>[0]>) => decideActions({ ...session, ...change })

describe('a customer', () => {
  it('cancels, moves and joins what is scheduled', () => {
    expect(decide({})).toEqual(['cancel', 'reschedule', 'join'])
    expect(decide({ now: startsAt - hour })).toEqual(['cancel', 'join'])
    expect(decide({ now: startsAt })).toEqual(['join', 'no-show'])
    expect(decide({ now: endsAt })).toEqual(['join', 'no-show'])
    expect(decide({ hasMeeting: false })).toEqual(['cancel', 'reschedule'])
  })

  it.each([
    ['pending', ['pay', 'cancel']],
    ['failed', ['pay', 'cancel']],
    ['processing', ['cancel']],
    ['cancelled', ['cancel']],
  ] as const)('with a payment that is %s', (paymentStatus, actions) => {
    expect(decide({ status: 'pending_payment', paymentStatus })).toEqual(actions)
  })

  it('reviews once, after completion', () => {
    const after = { now: endsAt + hour, status: 'completed' } as const
    expect(decide(after)).toEqual(['review', 'no-show'])
    expect(decide({ ...after, hasReview: true })).toEqual(['no-show'])
    expect(decide({ ...after, role: 'consultant' })).toEqual(['no-show'])
  })
})

describe('a free booking that waits for the mailed link', () => {
  const asked = { status: 'pending_confirmation', emailConfirmBy: session.now + hour } as const

  it('is confirmed by its customer, until the deadline', () => {
    expect(decide(asked)).toEqual(['cancel', 'confirm_email'])
    expect(decide({ ...asked, emailConfirmBy: session.now })).toEqual(['cancel'])
    expect(decide({ ...asked, emailConfirmBy: null })).toEqual(['cancel'])
  })

  it('is none of the consultant’s yet, and staff may confirm it', () => {
    expect(decide({ ...asked, role: 'consultant' })).toEqual([])
    expect(decide({ ...asked, role: 'operations' })).toContain('confirm')
  })
})

describe('a consultant', () => {
  const role = 'consultant'

  it('confirms or declines what is authorised or free', () => {
    const asked = { role, status: 'pending_confirmation' } as const
    expect(decide(asked)).toEqual(['cancel', 'confirm', 'decline'])
    expect(decide({ ...asked, paymentStatus: 'authorized' })).toEqual(['cancel', 'confirm', 'decline'])
    const lapsed = { ...asked, paymentStatus: 'authorized', captureBefore: session.now + 30 * minute } as const
    expect(decide(lapsed)).toEqual(['cancel', 'decline'])
    expect(decide({ ...lapsed, captureBefore: lapsed.captureBefore + 1 })).toContain('confirm')
    for (const paymentStatus of ['pending', 'processing', 'failed', 'cancelled'] as const) {
      expect(decide({ ...asked, paymentStatus })).toEqual(['cancel', 'decline'])
    }
    expect(decide({ ...asked, now: startsAt })).toEqual(['decline'])
  })

  it('starts a quarter of an hour before, completes, and reports who did not come', () => {
    expect(decide({ role, now: startsAt - 15 * 60_000 })).toEqual(['cancel', 'reschedule', 'join', 'start'])
    expect(decide({ role, now: startsAt })).toEqual(['join', 'start', 'no-show'])
    expect(decide({ role, now: startsAt, status: 'in_progress' })).toEqual(['join', 'complete', 'no-show'])
    expect(decide({ role, now: endsAt })).toEqual(['join', 'complete', 'no-show'])
  })
})

describe('operations', () => {
  it('open a payment page for the customer, unless it offers saved cards; a consultant opens none', () => {
    const unpaid = { ...session, role: 'operations', status: 'pending_payment', paymentStatus: 'pending' } as const
    expect(decideActions(unpaid)).toEqual(['pay', 'cancel'])
    expect(decideAction('pay', { ...unpaid, paysWithLogin: true })?.code).toBe('forbidden')
    expect(decideAction('pay', { ...unpaid, role: 'customer', paysWithLogin: true })).toBeUndefined()
    for (const paysWithLogin of [true, false]) {
      expect(decideAction('pay', { ...unpaid, role: 'consultant', paysWithLogin })?.code).toBe('forbidden')
    }
  })

  it('cancel and move also what has begun', () => {
    expect(decide({ role: 'operations', now: startsAt })).toEqual(['cancel', 'reschedule', 'join', 'start', 'no-show'])
  })
})

describe('a claim that is open', () => {
  const claim = { status: 'open', missing: 'consultant', answeredAt: null } as const
  const during = { status: 'in_progress', now: startsAt, claim } as const

  it('is answered once by the side that is said not to have come, withdrawn by the other, and decided by staff', () => {
    expect(decide({ ...during, role: 'consultant' })).toEqual(['join', 'answer-claim'])
    expect(decide({ ...during, role: 'consultant', claim: { ...claim, answeredAt: startsAt } })).toEqual(['join'])
    expect(decide({ ...during, role: 'customer' })).toEqual(['join', 'withdraw-claim'])
    expect(decide({ ...during, role: 'operations' })).toEqual(['join', 'decide-claim'])
    expect(decideAction('decide-claim', { ...session, ...during, role: 'customer' })?.code).toBe('forbidden')
  })

  it('keeps the session as it is, also for staff', () => {
    for (const action of ['cancel', 'reschedule', 'start', 'complete', 'no-show'] as const) {
      for (const status of ['scheduled', 'in_progress', 'completed'] as const) {
        const refusal = decideAction(action, { ...session, ...during, status, role: 'operations' })
        expect(refusal?.message, `${action} ${status}`).toContain('until operations have decided that claim')
      }
    }
  })

  it('is over once it is decided, and is not made again by the same side', () => {
    const rejected = { ...during, claim: { ...claim, status: 'rejected' } } as const
    expect(decide({ ...rejected, role: 'customer' })).toEqual(['join'])
    expect(decide({ ...rejected, role: 'consultant' })).toEqual(['join', 'complete', 'no-show'])
    expect(decide({ ...rejected, role: 'operations' })).toEqual(['join', 'complete', 'no-show'])
    expect(decide({ ...rejected, role: 'customer', claim: { ...claim, status: 'withdrawn' } })).toEqual(['join'])
  })
})

it('leaves nothing to do with what is over, but a review', () => {
  for (const status of sessionStateNames.filter((name) => sessionStates[name].terminal)) {
    for (const role of ['admin', 'operations', 'consultant', 'customer'] as const) {
      const late = { now: endsAt + 72 * hour, hasReview: true }
      expect(decide({ status, role, ...late }), `${status} ${role}`).toEqual([])
    }
  }
})
