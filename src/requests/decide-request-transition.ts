import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { decideTransition, nextStates, type Transition } from '#shared/state-table'
import { initialRequestStates, requestMachine, type RequestState } from './request-states'

/** The states that `role` may choose next, in the order of the table. */
export const nextRequestStates = (from: RequestState, role: ActorRole): RequestState[] =>
  nextStates(requestMachine, from, role)

const hintFor = (from: RequestState, role: ActorRole): string => {
  const allowed = nextRequestStates(from, role)
  if (allowed.length) return `Allowed next: ${allowed.join(', ')}.`
  return from === 'scheduled' ? 'It follows its session: change that instead.' : 'Nothing can follow it.'
}

/**
 * Whether `role` may bring a request from one state into another; the same state twice means that it is given to somebody
 * else, or that other times are proposed.
 * @returns the refusal, which names the allowed next states, or undefined.
 */
export const decideRequestTransition = (args: {
  from: RequestState
  to: RequestState
  role: ActorRole
}): DomainError | undefined => decideTransition(requestMachine, args, hintFor(args.from, args.role))

/** Whether `role` may begin a request in this state. */
export const decideRequestOpening = (args: { state: RequestState; role: ActorRole }): DomainError | undefined => {
  const openings: { readonly [State in RequestState]?: Transition } = initialRequestStates
  const opening = openings[args.state]
  if (!opening) {
    const names = Object.keys(initialRequestStates).join(', ')
    return new DomainError('illegal_transition', `A request cannot begin as ${args.state}. It begins as ${names}.`)
  }
  if (opening.who.includes(args.role)) return undefined
  return new DomainError('illegal_transition', `A request cannot be begun by a ${args.role}.`)
}
