import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { decideRequestTransition } from './decide-request-transition'
import type { RequestState } from './request-states'

export const requestActions = ['accept', 'cancel', 'assign', 'propose', 'reject'] as const
export type RequestAction = (typeof requestActions)[number]

/** The sides for which there is an operation; a state can be chosen by others as well, in the admin. */
const operators: Record<RequestAction, readonly ActorRole[]> = {
  accept: ['customer', 'admin', 'operations'],
  cancel: ['customer', 'admin', 'operations'],
  assign: ['admin', 'operations'],
  propose: ['consultant', 'admin', 'operations'],
  reject: ['consultant', 'admin', 'operations'],
}

/** The state that an operation brings a request into. */
const targets: Record<RequestAction, RequestState> = {
  accept: 'scheduled',
  cancel: 'cancelled',
  assign: 'pending',
  propose: 'pending_confirmation',
  reject: 'rejected',
}

/** The time to answer is over, whether or not the job that says so has run. Instants are epoch milliseconds. */
export const isRequestOverdue = (request: { expiresAt: number | null }, now: number): boolean =>
  request.expiresAt !== null && request.expiresAt <= now

/** A request, who wants to do something with it, and when. */
export type AskedOfRequest = {
  status: RequestState
  role: ActorRole
  expiresAt: number | null
  hasConsultant: boolean
  timesCount: number
  now: number
}

const refuse = (message: string): DomainError => new DomainError('illegal_transition', message)

/** What an operation needs beside the state. */
const missingFor = (action: RequestAction, asked: AskedOfRequest): DomainError | undefined => {
  switch (action) {
    case 'accept':
      if (isRequestOverdue(asked, asked.now)) return refuse('The time to answer is over, so the request has expired.')
      return asked.status === 'pending_confirmation' && asked.timesCount > 0
        ? undefined
        : refuse('No time is proposed that could be accepted.')
    case 'propose':
      return asked.hasConsultant ? undefined : refuse('Give the request to a consultant before you propose times.')
    case 'cancel':
    case 'assign':
    case 'reject':
      return undefined
  }
}

/**
 * Whether one side may do this with a request at this moment. What is listed and what is carried out both ask here.
 * @returns the refusal, or undefined: `forbidden` where it is not theirs to do in any state, else `illegal_transition`.
 */
export const decideRequestAction = (action: RequestAction, asked: AskedOfRequest): DomainError | undefined => {
  const { status, role } = asked
  if (!operators[action].includes(role)) {
    return new DomainError('forbidden', `Only these can ${action} a request: ${operators[action].join(', ')}.`)
  }
  return decideRequestTransition({ from: status, to: targets[action], role }) ?? missingFor(action, asked)
}

/** What one side may do with a request at this moment. */
export const decideRequestActions = (asked: AskedOfRequest): RequestAction[] =>
  requestActions.filter((action) => decideRequestAction(action, asked) === undefined)
