import type { ActorRole } from '#shared/actor'
import { nextRequestStates } from './decide-request-transition'
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

/** Which sides an operation is there for at all; for everybody else it is forbidden, whatever the state. */
export const mayOperate = (action: RequestAction, role: ActorRole): boolean => operators[action].includes(role)

/** The time to answer is over, whether or not the job that says so has run. Instants are epoch milliseconds. */
export const isRequestOverdue = (request: { expiresAt: number | null }, now: number): boolean =>
  request.expiresAt !== null && request.expiresAt <= now

/** What one side may do with a request at this moment; pages show exactly these, commands check each again. */
export const decideRequestActions = (args: {
  status: RequestState
  role: ActorRole
  expiresAt: number | null
  hasConsultant: boolean
  timesCount: number
  now: number
}): RequestAction[] => {
  const { status, role, hasConsultant, timesCount, now } = args
  const next = nextRequestStates(status, role)
  const isWaiting = status === 'pending_confirmation' && !isRequestOverdue(args, now)
  const allowed: Record<RequestAction, boolean> = {
    accept: isWaiting && timesCount > 0 && next.includes('scheduled'),
    cancel: next.includes('cancelled'),
    assign: next.includes('pending'),
    propose: hasConsultant && next.includes('pending_confirmation'),
    reject: next.includes('rejected'),
  }
  return requestActions.filter((action) => allowed[action] && mayOperate(action, role))
}
