import { describe, expect, it } from 'vitest'
import { decideSessionOpening, decideSessionTransition, nextSessionStates } from '#sessions/decide-session-transition'
import { type SessionState, sessionStateNames, sessionStates } from '#sessions/session-states'
import type { SessionClock } from '#sessions/session-timing'
import type { ActorRole } from '#shared/actor'
import { everyRole, readTable } from '../../support/read-table'

const hour = 3_600_000
const minute = 60_000
const startsAt = Date.UTC(2030, 4, 1, 10)
const endsAt = startsAt + hour / 2
const at = (now: number): SessionClock => ({ startsAt, endsAt, now })

/** design/states.md, line by line. */
const isAllowed = readTable(`
  pending_payment → scheduled: payment
  pending_payment → expired: system
  pending_payment → cancelled_by_user: customer
  pending_payment → cancelled_by_consultant: consultant
  pending_payment → cancelled_by_operations: admin, operations
  pending_confirmation → scheduled: consultant, admin, operations, system
  pending_confirmation → declined: consultant, admin, operations
  pending_confirmation → expired: system
  pending_confirmation → cancelled_by_user: customer
  pending_confirmation → cancelled_by_consultant: consultant
  pending_confirmation → cancelled_by_operations: admin, operations
  scheduled → scheduled: customer, consultant, admin, operations
  scheduled → in_progress: consultant, admin, operations, meeting
  scheduled → completed: consultant, admin, operations, system
  scheduled → expired: system
  scheduled → cancelled_by_user: customer
  scheduled → cancelled_by_consultant: consultant
  scheduled → cancelled_by_operations: admin, operations
  scheduled → no_show_user: consultant, admin, operations, meeting
  scheduled → no_show_consultant: customer, admin, operations, meeting
  in_progress → completed: consultant, admin, operations, system
  in_progress → no_show_user: consultant, admin, operations, meeting
  in_progress → no_show_consultant: customer, admin, operations, meeting
  completed → no_show_user: consultant, admin, operations, meeting
  completed → no_show_consultant: customer, admin, operations, meeting
  completed → refunded: admin, operations, payment
  no_show_user → refunded: admin, operations, payment
  no_show_consultant → refunded: admin, operations, payment
  expired → scheduled: payment
`)

const dayBefore = at(startsAt - 24 * hour)
const quarterBefore = at(startsAt - 15 * minute)
const midway = at(startsAt + 10 * minute)
const afterEnd = at(endsAt)

/** What the clock says: a moment at which the step may be taken, and one at which it may not (if there is one). */
const moments = (from: SessionState, to: SessionState, role: ActorRole): { good: SessionClock; bad?: SessionClock } => {
  if (from === 'pending_confirmation' && to === 'scheduled' && role === 'system') {
    return { good: { ...dayBefore, emailConfirmBy: startsAt }, bad: { ...dayBefore, emailConfirmBy: dayBefore.now } }
  }
  if (to === 'cancelled_by_user' || to === 'cancelled_by_consultant') return { good: dayBefore, bad: midway }
  if (to === 'in_progress') return { good: quarterBefore, bad: at(startsAt - 15 * minute - 1) }
  if (to === 'completed') return from === 'scheduled' ? { good: afterEnd, bad: midway } : { good: midway }
  if (to === 'no_show_user' || to === 'no_show_consultant') return { good: midway, bad: quarterBefore }
  return { good: dayBefore }
}

const everyStep = sessionStateNames.flatMap((from) => sessionStateNames.map((to) => ({ from, to })))

describe.each(everyRole)('a session in the hands of %s', (role) => {
  it.each(everyStep)('$from → $to', ({ from, to }) => {
    const { good } = moments(from, to, role)
    const refusal = decideSessionTransition({ from, to, role, clock: good })
    if (isAllowed(from, to, role)) {
      expect(refusal).toBeUndefined()
      return
    }
    expect(refusal?.code).toBe('illegal_transition')
    expect(refusal?.message).toMatch(new RegExp(`^A session that is ${from} cannot become ${to} \\(${role}\\)\\. `))
    const next = sessionStateNames.filter(
      (state) => isAllowed(from, state, role) && isPossible(from, state, role, good),
    )
    const named = /Allowed next: (.*)\.$/.exec(refusal?.message ?? '')?.[1]?.split(', ')
    expect(named?.sort() ?? []).toEqual(next.sort())
    if (!next.length) expect(refusal?.message).toContain('Nothing can follow it.')
  })
})

/** By the clock alone. */
const isPossible = (from: SessionState, to: SessionState, role: ActorRole, clock: SessionClock): boolean =>
  decideSessionTransition({ from, to, role, clock }) === undefined

describe('the clock', () => {
  const bounded = everyStep.flatMap(({ from, to }) => {
    return everyRole.flatMap((role) => {
      const { good, bad } = moments(from, to, role)
      return bad && isAllowed(from, to, role) ? [{ from, to, role, good, bad }] : []
    })
  })

  it.each(bounded)('$from → $to by $role only at its time', ({ from, to, role, good, bad }) => {
    expect(decideSessionTransition({ from, to, role, clock: good })).toBeUndefined()
    const refusal = decideSessionTransition({ from, to, role, clock: bad })
    expect(refusal?.code).toBe('illegal_transition')
    expect(refusal?.message).not.toContain('cannot become')
  })

  it('lets operations cancel what has begun', () => {
    const clock = midway
    const to = 'cancelled_by_operations'
    expect(decideSessionTransition({ from: 'scheduled', to, role: 'operations', clock })).toBeUndefined()
  })

  it('lets only staff confirm after the start', () => {
    const step = { from: 'pending_confirmation', to: 'scheduled', clock: midway } as const
    expect(decideSessionTransition({ ...step, role: 'consultant' })?.message).toBe('The time has passed.')
    expect(decideSessionTransition({ ...step, role: 'operations' })).toBeUndefined()
  })

  it('keeps a booking whose mailed link nobody has opened from the consultant, and all others from that link', () => {
    const waiting = { ...dayBefore, emailConfirmBy: startsAt }
    for (const to of ['scheduled', 'declined', 'cancelled_by_consultant'] as const) {
      const step = { from: 'pending_confirmation', to, role: 'consultant' } as const
      expect(decideSessionTransition({ ...step, clock: waiting })?.code).toBe('illegal_transition')
      expect(decideSessionTransition({ ...step, clock: dayBefore })).toBeUndefined()
    }
    const link = { from: 'pending_confirmation', to: 'scheduled', role: 'system' } as const
    expect(decideSessionTransition({ ...link, clock: dayBefore })?.code).toBe('illegal_transition')
    expect(decideSessionTransition({ ...link, role: 'operations', clock: waiting })).toBeUndefined()
  })

  it('counts the very minute of the start and the end', () => {
    const cancel = { from: 'scheduled', to: 'cancelled_by_user', role: 'customer' } as const
    expect(decideSessionTransition({ ...cancel, clock: at(startsAt - 1) })).toBeUndefined()
    expect(decideSessionTransition({ ...cancel, clock: at(startsAt) })?.code).toBe('illegal_transition')
    const complete = { from: 'scheduled', to: 'completed', role: 'system' } as const
    expect(decideSessionTransition({ ...complete, clock: at(endsAt - 1) })?.code).toBe('illegal_transition')
    expect(decideSessionTransition({ ...complete, clock: at(endsAt) })).toBeUndefined()
  })
})

describe('the table of sessions', () => {
  it('names for every role the states that it may choose', () => {
    for (const from of sessionStateNames) {
      for (const role of everyRole) {
        const expected = sessionStateNames.filter((to) => isAllowed(from, to, role))
        expect(nextSessionStates(from, role).sort()).toEqual(expected.sort())
      }
    }
  })

  it('leaves no state that is neither over nor left', () => {
    for (const from of sessionStateNames) {
      const leaves = sessionStateNames.some((to) => to !== from && everyRole.some((role) => isAllowed(from, to, role)))
      expect(leaves || sessionStates[from].terminal, from).toBe(true)
    }
  })
})

describe('the beginning of a session', () => {
  const begins = readTable(`
    new → pending_payment, pending_confirmation, scheduled: customer, admin, operations
  `)
  const every = sessionStateNames.flatMap((state) => everyRole.map((role) => ({ state, role })))

  it.each(every)('as $state by $role', ({ state, role }) => {
    const amount = state === 'pending_payment' ? 4_999 : 0
    const refusal = decideSessionOpening({ state, role, amount })
    if (begins('new', state, role)) expect(refusal).toBeUndefined()
    else expect(refusal?.code).toBe('illegal_transition')
  })

  it('names the states in which it can begin', () => {
    expect(decideSessionOpening({ state: 'completed', role: 'admin', amount: 0 })?.message).toBe(
      'A session cannot begin as completed. It begins as one of pending_payment, pending_confirmation, scheduled.',
    )
  })

  it('is never scheduled by a customer who has to pay', () => {
    expect(decideSessionOpening({ state: 'scheduled', role: 'customer', amount: 1 })?.code).toBe('illegal_transition')
    expect(decideSessionOpening({ state: 'scheduled', role: 'operations', amount: 1 })).toBeUndefined()
  })

  it('does not wait for a payment of nothing', () => {
    expect(decideSessionOpening({ state: 'pending_payment', role: 'customer', amount: 0 })?.message).toContain(
      'Begin it as scheduled.',
    )
  })
})
