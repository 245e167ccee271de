import { describe, expect, it } from 'vitest'
import { decideRequestChange, type RequestChange } from '#requests/change/decide-request-change'
import { findWindowFaults } from '#requests/decide-request-window'

/** A save that changes nothing, of a request that was given to somebody. */
const unchanged: RequestChange = {
  from: 'pending',
  wanted: 'pending',
  role: 'operations',
  isReassigned: false,
  isReproposed: false,
  isServiceChanged: false,
  hasConsultant: true,
  timesCount: 0,
  hasSession: false,
  hasReason: false,
}

const decide = (change: Partial<RequestChange>) => decideRequestChange({ ...unchanged, ...change })
const from = (state: RequestChange['from']) => ({ from: state, wanted: state })

describe('what a form means', () => {
  it('is nothing when only other fields change, in any state', () => {
    expect(decide({})).toEqual({ to: 'pending', isTransition: false })
    expect(decide(from('cancelled'))).toEqual({ to: 'cancelled', isTransition: false })
  })

  it('is asking a consultant who is chosen', () => {
    const chosen = { isReassigned: true }
    expect(decide({ ...from('pending_assignment'), ...chosen })).toEqual({ to: 'pending', isTransition: true })
    expect(decide(chosen)).toEqual({ to: 'pending', isTransition: true })
    expect(decide({ ...from('pending_confirmation'), ...chosen, timesCount: 2 })).toEqual({
      to: 'pending',
      isTransition: true,
    })
  })

  it('is looking for another one when the consultant is taken out', () => {
    expect(decide({ isReassigned: true, hasConsultant: false })).toEqual({
      to: 'pending_assignment',
      isTransition: true,
    })
  })

  it('is proposing times that are written, also together with their consultant', () => {
    const times = { isReproposed: true, timesCount: 1 }
    expect(decide({ ...times, role: 'consultant' })).toEqual({ to: 'pending_confirmation', isTransition: true })
    expect(decide({ ...from('pending_assignment'), ...times, isReassigned: true })).toEqual({
      to: 'pending_confirmation',
      isTransition: true,
    })
  })

  it('is withdrawing times that are emptied', () => {
    const emptied = { ...from('pending_confirmation'), isReproposed: true, timesCount: 0 }
    expect(decide({ ...emptied, role: 'consultant' })).toEqual({ to: 'pending', isTransition: true })
    expect(decide({ ...emptied, role: 'customer' })).toMatchObject({ refusal: { code: 'illegal_transition' } })
  })
})

describe('what a form cannot say', () => {
  const refusalOf = (change: Partial<RequestChange>) => {
    const decision = decide(change)
    if (!('refusal' in decision)) throw new Error(`It became ${decision.to}.`)
    const { code, message, errors } = decision.refusal
    return { code, message, path: errors?.[0]?.path }
  }

  it.each([
    ['an answer without times', { wanted: 'pending_confirmation' as const }, 'proposedTimes'],
    ['too many times', { isReproposed: true, timesCount: 11 }, 'proposedTimes'],
    ['times of nobody', { isReproposed: true, timesCount: 1, hasConsultant: false }, 'assignedConsultant'],
    [
      'nobody to ask',
      { ...from('pending_assignment'), wanted: 'pending' as const, hasConsultant: false },
      'assignedConsultant',
    ],
    ['a no without a reason', { wanted: 'rejected' as const }, 'rejectionReason'],
    ['an end and another consultant', { wanted: 'cancelled' as const, isReassigned: true }, 'status'],
    [
      'an end and other times',
      { wanted: 'rejected' as const, hasReason: true, isReproposed: true, timesCount: 1 },
      'status',
    ],
    ['another consultant and none', { wanted: 'pending_assignment' as const, isReassigned: true }, 'status'],
  ])('%s', (_what, change, path) => {
    expect(refusalOf(change)).toMatchObject({ code: 'invalid_request', path })
  })

  it('scheduled, of a request without a session', () => {
    const accepted = { ...from('pending_confirmation'), wanted: 'scheduled' as const }
    expect(refusalOf(accepted)).toMatchObject({
      code: 'illegal_transition',
      message: 'A request becomes scheduled when one of its proposed times is accepted.',
    })
    expect(decide({ ...accepted, hasSession: true })).toEqual({ to: 'scheduled', isTransition: true })
  })

  it('another consultant, by the consultant', () => {
    expect(refusalOf({ isReassigned: true, role: 'consultant' }).code).toBe('forbidden')
  })

  it('another service type once times are proposed', () => {
    expect(refusalOf({ ...from('pending_confirmation'), isServiceChanged: true }).code).toBe('illegal_transition')
    expect(decide({ isServiceChanged: true })).toEqual({ to: 'pending', isTransition: false })
  })

  it.each(['scheduled', 'completed', 'cancelled', 'rejected', 'expired'] as const)(
    'times or a consultant of one that is %s',
    (state) => {
      expect(refusalOf({ ...from(state), isReproposed: true, timesCount: 1 }).code).toBe('illegal_transition')
      expect(refusalOf({ ...from(state), isReassigned: true }).code).toBe('illegal_transition')
    },
  )
})

describe('the time that a requester would like', () => {
  const now = Date.UTC(2030, 0, 1, 12)
  const hour = 3_600_000
  const faultsOf = (start: number | null, end: number | null) =>
    findWindowFaults({ preferredStart: start, preferredEnd: end }, now).map(({ path }) => path)

  it('may be open on either side', () => {
    expect(faultsOf(null, null)).toEqual([])
    expect(faultsOf(now + hour, null)).toEqual([])
    expect(faultsOf(null, now + hour)).toEqual([])
    expect(faultsOf(now + hour, now + 2 * hour)).toEqual([])
  })

  it('may begin in this minute, as a form shows it', () => {
    expect(faultsOf(now - 60_000, now + hour)).toEqual([])
    expect(faultsOf(now - 60_001, now + hour)).toEqual(['preferredStart'])
  })

  it('ends after it begins, and not in the past', () => {
    expect(faultsOf(now + hour, now + hour)).toEqual(['preferredEnd'])
    expect(faultsOf(null, now)).toEqual(['preferredEnd'])
    expect(faultsOf(now - 2 * hour, now - hour)).toEqual(['preferredStart', 'preferredEnd'])
  })
})
