import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { decideTransition, nextStates, type Transition } from '#shared/state-table'
import { canStart, hasEnded, hasStarted, type SessionClock } from './session-timing'
import { initialSessionStates, sessionMachine, type SessionState } from './session-states'

const openingOf = (state: SessionState): Transition | undefined =>
  Object.hasOwn(initialSessionStates, state)
    ? initialSessionStates[state as keyof typeof initialSessionStates]
    : undefined

/** The states that `role` may choose next, in the order of the table. */
export const nextSessionStates = (from: SessionState, role: ActorRole): SessionState[] =>
  nextStates(sessionMachine, from, role)

/** A booking that waits for the mailed link is none of the consultant's yet, and nothing else goes by that link. */
const refusedByMail = (role: ActorRole, { emailConfirmBy = null, now }: SessionClock): string | undefined => {
  if (role === 'consultant' && emailConfirmBy !== null) {
    return 'The customer has not opened the link yet that they were mailed.'
  }
  if (role !== 'system') return undefined
  if (emailConfirmBy === null) return 'It does not wait for a mailed link to be opened.'
  return emailConfirmBy <= now ? 'The time to open the mailed link is over.' : undefined
}

/** What the clock has to say; the table knows only states and roles. */
const refusedByClock = (
  to: SessionState,
  role: ActorRole,
  clock: SessionClock,
  from: SessionState,
): string | undefined => {
  const isStaff = role === 'admin' || role === 'operations'
  switch (to) {
    case 'cancelled_by_user':
    case 'cancelled_by_consultant':
      if (hasStarted(clock)) return 'The session has begun, so it cannot be cancelled any more.'
      return role === 'consultant' && from === 'pending_confirmation' ? refusedByMail(role, clock) : undefined
    case 'in_progress':
      return canStart(clock) ? undefined : 'A session can be started 15 minutes before its time at the earliest.'
    case 'completed':
      return from === 'scheduled' && !hasEnded(clock)
        ? 'A session that was never started is completed after its end.'
        : undefined
    case 'no_show_user':
    case 'no_show_consultant':
      return hasStarted(clock) ? undefined : 'A no-show can be reported only after the start.'
    case 'scheduled':
      if (from !== 'pending_confirmation') return undefined
      return refusedByMail(role, clock) ?? (hasStarted(clock) && !isStaff ? 'The time has passed.' : undefined)
    case 'declined':
      return role === 'consultant' ? refusedByMail(role, clock) : undefined
    case 'pending_payment':
    case 'pending_confirmation':
    case 'cancelled_by_operations':
    case 'expired':
    case 'refunded':
      return undefined
  }
}

/**
 * Whether a session may go from one state to another now. Rescheduling (`scheduled` → `scheduled`) has its own decision.
 * @returns the refusal, which names the allowed next states, or undefined.
 */
export const decideSessionTransition = (args: {
  from: SessionState
  to: SessionState
  role: ActorRole
  clock: SessionClock
}): DomainError | undefined => {
  const { from, to, role, clock } = args
  const allowed = nextSessionStates(from, role).filter(
    (state) => refusedByClock(state, role, clock, from) === undefined,
  )
  const hint = allowed.length ? `Allowed next: ${allowed.join(', ')}.` : 'Nothing can follow it.'
  const illegal = decideTransition(sessionMachine, { from, to, role }, hint)
  if (illegal) return illegal
  const refusal = refusedByClock(to, role, clock, from)
  return refusal === undefined ? undefined : new DomainError('illegal_transition', refusal)
}

/** Whether `role` may begin a session in this state; customers begin at `scheduled` only at no charge. */
export const decideSessionOpening = (args: {
  state: SessionState
  role: ActorRole
  amount: number
}): DomainError | undefined => {
  const { state, role, amount } = args
  const opening = openingOf(state)
  if (!opening) {
    const names = Object.keys(initialSessionStates).join(', ')
    return new DomainError('illegal_transition', `A session cannot begin as ${state}. It begins as one of ${names}.`)
  }
  if (!opening.who.includes(role) || (state === 'scheduled' && role === 'customer' && amount > 0)) {
    return new DomainError('illegal_transition', `A session cannot begin as ${state} (${role}).`)
  }
  if (state === 'pending_payment' && amount === 0) {
    return new DomainError(
      'illegal_transition',
      'A session at no charge does not wait for a payment. Begin it as scheduled.',
    )
  }
  return undefined
}
