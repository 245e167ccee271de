import { describe, expect, it } from 'vitest'
import { differenceStates } from '#calendar/entries/event-states'
import {
  decideDifferenceAnswers,
  decideProposal,
  decideProposalDeadline,
} from '#sessions/differences/decide-difference-answers'
import { namesOf } from '#shared/state-table'

const hour = 3_600_000
const now = Date.UTC(2030, 0, 1)
const difference = {
  kind: 'moved',
  status: 'open',
  sessionStatus: 'scheduled',
  startsAt: now + hour,
  endsAt: now + 2 * hour,
  externalStartsAt: now + 3 * hour,
} as const

describe('what a consultant can answer', () => {
  it.each([
    ['while it is open', {}, 0, ['propose', 'put_back']],
    ['while the session lasts', {}, 2 * hour - 1, ['propose', 'put_back']],
    ['when it has ended', {}, 2 * hour, []],
    ['when it was called off', { sessionStatus: 'cancelled_by_user' }, 0, []],
    ['when its new time is over', { externalStartsAt: now }, 0, ['put_back']],
    ['when it is of whole days', { externalStartsAt: null }, 0, ['put_back']],
    ['while the customer is asked', { status: 'proposed' } as const, 0, ['put_back']],
  ])('%s', (_when, changed, after, answers) => {
    expect(decideDifferenceAnswers({ ...difference, ...changed }, now + after)).toEqual(answers)
  })

  it('is nothing once it is decided', () => {
    for (const status of namesOf(differenceStates).filter((name) => !differenceStates[name].isUndecided)) {
      expect(decideDifferenceAnswers({ ...difference, status }, now), status).toEqual([])
    }
  })
})

describe('a proposal', () => {
  const proposed = { ...difference, status: 'proposed' } as const

  it('can be answered until the first of its two times', () => {
    expect(decideProposalDeadline(proposed)).toBe(now + hour)
    expect(decideProposalDeadline({ ...proposed, externalStartsAt: now + hour / 2 })).toBe(now + hour / 2)
    expect(decideProposal(proposed, now + hour - 1)).toBe('open')
    expect(decideProposal(proposed, now + hour)).toBe('over')
  })

  it('can be answered once, and while the session stands', () => {
    for (const status of namesOf(differenceStates).filter((name) => name !== 'proposed')) {
      expect(decideProposal({ ...proposed, status }, now), status).toBe('answered')
    }
    expect(decideProposal({ ...proposed, sessionStatus: 'cancelled_by_user' }, now)).toBe('answered')
  })
})
