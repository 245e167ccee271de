import { describe, expect, it } from 'vitest'
import { payoutStateNames } from '#payments/payment-states'
import {
  decideNoShow,
  type NoShowAsked,
  type NoShowEvidence,
  otherSide,
  type SessionSide,
  sessionSideNames,
  stateIfGranted,
} from '#sessions/no-show/decide-no-show'
import { sessionStateNames, stateMissedBy } from '#sessions/session-states'
import type { ActorRole } from '#shared/actor'

const hour = 3_600_000
const startsAt = Date.UTC(2030, 4, 1, 10)
const endsAt = startsAt + hour

const asked = (change: Partial<NoShowAsked> = {}): NoShowAsked => ({
  status: 'scheduled',
  startsAt,
  endsAt,
  now: endsAt,
  role: 'customer',
  payoutStatus: 'not_due',
  leftToReturn: 12_000,
  complaintHours: 72,
  claim: null,
  ...change,
})

const nothing: NoShowEvidence = {
  joinedAt: { customer: null, consultant: null },
  started: null,
  completed: null,
  hasReview: false,
}
const evidence = (change: Partial<NoShowEvidence> = {}): NoShowEvidence => ({ ...nothing, ...change })
const joined = (...sides: SessionSide[]): NoShowEvidence['joinedAt'] => ({
  customer: sides.includes('customer') ? startsAt : null,
  consultant: sides.includes('consultant') ? startsAt : null,
})
const by = (role: ActorRole) => ({ by: role, at: startsAt })

const outcomeOf = (change: Partial<NoShowAsked>, known: NoShowEvidence, missing: SessionSide): string => {
  const decision = decideNoShow(asked(change), known, missing)
  switch (decision.outcome) {
    case 'recorded':
      return decision.to
    case 'claim':
      return decision.objections.map(({ code }) => code).join(' ')
    case 'refused':
      return decision.refusal.message
  }
}

describe.each(['scheduled', 'in_progress', 'completed'] as const)('of a session that is %s', (status) => {
  describe.each(sessionSideNames)('the report of the %s', (role) => {
    const missing = otherSide(role)
    const outcome = (known: NoShowEvidence) => outcomeOf({ status, role }, known, missing)

    it('is recorded where nothing speaks against it', () => {
      expect(outcome(nothing)).toBe(stateMissedBy(missing))
      // That they were there themselves is what they say as well.
      expect(outcome(evidence({ joinedAt: joined(role), started: by(role) }))).toBe(stateMissedBy(missing))
      expect(outcome(evidence({ completed: by('system') }))).toBe(stateMissedBy(missing))
    })

    it('is a claim where the other side was in the room, or said that it has begun', () => {
      expect(outcome(evidence({ joinedAt: joined(missing) }))).toBe('attended')
      expect(outcome(evidence({ joinedAt: joined('customer', 'consultant') }))).toBe('attended')
      expect(outcome(evidence({ started: by(missing) }))).toBe('started')
      expect(outcome(evidence({ started: by('operations') }))).toBe('started')
    })

    it('is a claim where anybody said that it was held, or it was reviewed', () => {
      for (const who of ['customer', 'consultant', 'operations', 'admin'] as const) {
        expect(outcome(evidence({ completed: by(who) })), who).toBe('completed')
      }
      expect(outcome(evidence({ hasReview: true }))).toBe('reviewed')
    })

    it('names all that speaks against it, in words', () => {
      const known = evidence({
        joinedAt: joined(missing),
        started: by(missing),
        completed: by('operations'),
        hasReview: true,
      })
      const decision = decideNoShow(asked({ status, role }), known, missing)
      expect(decision).toMatchObject({ outcome: 'claim' })
      if (decision.outcome !== 'claim') return
      expect(decision.objections.map(({ code }) => code)).toEqual(['attended', 'started', 'completed', 'reviewed'])
      expect(decision.objections[0]).toEqual({
        code: 'attended',
        text: `The ${missing} was in the room.`,
        at: '2030-05-01T10:00:00.000Z',
      })
      expect(decision.objections[1]?.text).toContain(`started by the ${missing}`)
    })

    it('is of the other side alone', () => {
      expect(outcomeOf({ status, role }, nothing, role)).toBe('A side reports only that the other one did not come.')
    })
  })

  it('is the host who opens the room, so that speaks for the consultant alone', () => {
    const started = evidence({ started: by('meeting') })
    expect(outcomeOf({ status, role: 'customer' }, started, 'consultant')).toBe('started')
    expect(outcomeOf({ status, role: 'consultant' }, started, 'customer')).toBe('no_show_user')
  })

  it.each(['admin', 'operations', 'meeting'] as const)('%s decides at once', (role) => {
    const all = evidence({ joinedAt: joined('customer', 'consultant'), started: by('consultant'), hasReview: true })
    for (const missing of sessionSideNames) {
      expect(outcomeOf({ status, role }, all, missing)).toBe(stateMissedBy(missing))
    }
  })

  it.each(payoutStateNames)('with a payout that is %s', (payoutStatus) => {
    const left = payoutStatus === 'paid' || payoutStatus === 'reversed'
    for (const role of ['customer', 'operations'] as const) {
      const outcome = outcomeOf({ status, role, payoutStatus }, nothing, 'consultant')
      if (left) expect(outcome).toContain('The payout for this session has left')
      else if (payoutStatus === 'due') expect(outcome).toContain('The payout is on its way')
      else expect(outcome).toBe('no_show_consultant')
    }
  })

  it.each(payoutStateNames)('that operations have granted, with a payout that is %s', (payoutStatus) => {
    const granted = { status: 'granted', missing: 'consultant' } as const
    const ask = (change: Partial<NoShowAsked>) =>
      outcomeOf({ status, payoutStatus, claim: granted, ...change }, nothing, 'consultant')
    expect(ask({ role: 'operations' })).toBe('no_show_consultant')
    const withoutClaim = ask({ role: 'customer', claim: null })
    expect(ask({ role: 'customer' })).toBe(withoutClaim)
    expect(ask({ role: 'operations', claim: { ...granted, missing: 'customer' } })).toBe(withoutClaim)
  })

  it('waits for the claim that is open, whoever asks', () => {
    for (const role of ['customer', 'consultant', 'operations', 'meeting'] as const) {
      const open = { status, role, claim: { status: 'open', missing: 'customer' } } as const
      expect(outcomeOf(open, nothing, otherSide(role === 'consultant' ? 'consultant' : 'customer'))).toContain(
        'until operations have decided that claim',
      )
    }
  })

  it.each([
    ['rejected', 'Operations have rejected that claim'],
    ['withdrawn', 'That claim was withdrawn'],
  ] as const)('is not claimed again by the same side after it was %s', (claimed, words) => {
    const claim = { status: claimed, missing: 'consultant' } as const
    expect(outcomeOf({ status, claim }, nothing, 'consultant')).toContain(words)
    expect(outcomeOf({ status, claim, role: 'consultant' }, nothing, 'customer')).toBe('no_show_user')
    expect(outcomeOf({ status, claim, role: 'operations' }, nothing, 'consultant')).toBe('no_show_consultant')
  })
})

describe('both accuse each other', () => {
  it('is a claim of the customer whom the consultant had reported: all of the price may go back', () => {
    expect(outcomeOf({ status: 'no_show_user' }, nothing, 'consultant')).toBe('other_side')
    expect(stateIfGranted('no_show_user', 'consultant')).toBe('refunded')
    expect(stateIfGranted('completed', 'consultant')).toBe('no_show_consultant')
  })

  it('is refused where nothing of the price is left to decide about', () => {
    expect(outcomeOf({ status: 'no_show_user', leftToReturn: 0 }, nothing, 'consultant')).toContain(
      'Nothing of the price is left',
    )
    expect(outcomeOf({ status: 'no_show_consultant', role: 'consultant' }, nothing, 'customer')).toContain(
      'the price goes back to them',
    )
    expect(outcomeOf({ status: 'no_show_user', payoutStatus: 'paid' }, nothing, 'consultant')).toContain('has left')
  })

  it('says so to whoever reports the same again', () => {
    expect(outcomeOf({ status: 'no_show_consultant' }, nothing, 'consultant')).toBe(
      'It is recorded already that the consultant did not come.',
    )
  })
})

describe('the time for it', () => {
  it('begins with the session', () => {
    expect(outcomeOf({ now: startsAt - 1 }, nothing, 'consultant')).toBe(
      'A no-show can be reported only after the start.',
    )
    expect(outcomeOf({ now: startsAt }, nothing, 'consultant')).toBe('no_show_consultant')
  })

  it('ends with the payout, however late that is; without one, with the time for complaints', () => {
    const late = { status: 'completed', now: endsAt + 1_000 * hour } as const
    expect(outcomeOf({ ...late, payoutStatus: 'held' }, nothing, 'consultant')).toBe('no_show_consultant')
    expect(outcomeOf({ ...late, payoutStatus: null }, nothing, 'consultant')).toContain('until 72 hours after the end')
    expect(outcomeOf({ ...late, payoutStatus: null, now: endsAt + 72 * hour - 1 }, nothing, 'consultant')).toBe(
      'no_show_consultant',
    )
  })
})

it('is refused in every other state, by all roles', () => {
  const known = ['scheduled', 'in_progress', 'completed', 'no_show_user', 'no_show_consultant']
  for (const status of sessionStateNames.filter((name) => !known.includes(name))) {
    for (const role of ['customer', 'operations'] as const) {
      expect(decideNoShow(asked({ status, role }), nothing, 'consultant').outcome, `${status} ${role}`).toBe('refused')
    }
  }
})
