import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { isOneOf } from '#shared/state-table'
import { decideRequestTransition } from '../decide-request-transition'
import { type RequestState, undecidedRequests } from '../request-states'

/** The most times that are proposed at once. */
export const maxProposedTimes = 10

/** What a write does to a request, compared with what stood there. */
export type RequestChange = {
  from: RequestState
  /** The state as it is written; the present one when the write says nothing of it. */
  wanted: RequestState
  role: ActorRole
  /** Another consultant, the first one, or none any more. */
  isReassigned: boolean
  /** Other times than before, or none any more. */
  isReproposed: boolean
  isServiceChanged: boolean
  /** All of these as they would be after the write. */
  hasConsultant: boolean
  timesCount: number
  hasSession: boolean
  hasReason: boolean
}

export type RequestChangeDecision = { refusal: DomainError } | { to: RequestState; isTransition: boolean }

const refuse = (code: 'invalid_request' | 'illegal_transition' | 'forbidden', message: string, path?: string) => ({
  refusal: new DomainError(code, message, path === undefined ? {} : { errors: [{ path, message }] }),
})

/** Who sets times proposes them; who chooses a consultant has them asked; both without touching the status. */
const targetOf = (change: RequestChange): RequestState => {
  const { from, wanted, isReassigned, isReproposed, hasConsultant, timesCount } = change
  if (wanted !== from) return wanted
  if (isReproposed && timesCount > 0) return 'pending_confirmation'
  if (isReassigned && !hasConsultant) return 'pending_assignment'
  return isReassigned || isReproposed ? 'pending' : from
}

const staffRoles: readonly ActorRole[] = ['admin', 'operations', 'system']

/** Changes that say two things at once, of which one would be lost. */
const contradicts = ({ isReassigned, isReproposed, hasConsultant, timesCount }: RequestChange, to: RequestState) => {
  if (to === 'pending_confirmation') return false
  if (isReproposed && timesCount > 0) return true
  if (to === 'pending') return false
  return isReassigned && !(to === 'pending_assignment' && !hasConsultant)
}

/** What a state needs to be true. */
const missingFor = (change: RequestChange, to: RequestState) => {
  switch (to) {
    case 'pending':
      return change.hasConsultant
        ? undefined
        : refuse('invalid_request', 'Choose the consultant who is asked.', 'assignedConsultant')
    case 'pending_confirmation':
      if (!change.hasConsultant) {
        return refuse('invalid_request', 'Choose the consultant before proposing times.', 'assignedConsultant')
      }
      // Times of another consultant, or those that were withdrawn, are no proposal.
      return change.timesCount > 0 && change.timesCount <= maxProposedTimes && change.isReproposed
        ? undefined
        : refuse('invalid_request', `Propose 1 to ${maxProposedTimes} times.`, 'proposedTimes')
    case 'scheduled':
      return change.hasSession
        ? undefined
        : refuse('illegal_transition', 'A request becomes scheduled when one of its proposed times is accepted.')
    case 'rejected':
      return change.hasReason
        ? undefined
        : refuse('invalid_request', 'Give the reason, which the requester is told.', 'rejectionReason')
    case 'pending_assignment':
    case 'completed':
    case 'cancelled':
    case 'expired':
      return undefined
  }
}

/**
 * What a write means for the state of a request, whoever makes it: the state it comes into, or why not. Choosing a consultant
 * or proposing times in a form does what the operations of the API do.
 */
export const decideRequestChange = (change: RequestChange): RequestChangeDecision => {
  const { from, wanted, role, isReassigned, isReproposed, isServiceChanged } = change
  const to = targetOf(change)
  if (isServiceChanged && !isOneOf(undecidedRequests, from)) {
    return refuse('illegal_transition', `The service type of a request that is ${from} cannot be changed.`)
  }
  if (wanted === from && !isReassigned && !isReproposed) return { to, isTransition: false }
  if (isReassigned && !staffRoles.includes(role)) {
    return refuse('forbidden', 'Only operations choose the consultant of a request.', 'assignedConsultant')
  }
  const refusal = decideRequestTransition({ from, to, role })
  if (refusal) return { refusal }
  if (contradicts(change, to)) {
    return refuse('invalid_request', `Make it ${to}, or change its consultant and times, not both at once.`, 'status')
  }
  return missingFor(change, to) ?? { to, isTransition: true }
}
