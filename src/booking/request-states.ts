import type { ActorRole } from '../shared/actor'
import type { Transition } from './session-states'

type RequestStateName =
  | 'pending'
  | 'pending_assignment'
  | 'pending_confirmation'
  | 'scheduled'
  | 'completed'
  | 'cancelled'
  | 'rejected'
  | 'expired'

type RequestStateRow = { label: string; terminal: boolean; to: { readonly [Next in RequestStateName]?: Transition } }

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]

const endings = {
  cancelled: { who: ['customer', ...staff], follows: 'everybody involved is told' },
  rejected: { who: ['consultant', ...staff], follows: 'the requester is told the reason' },
  expired: { who: ['system'], follows: 'nobody answered in time; the requester is told' },
} as const satisfies RequestStateRow['to']

/** The states of a consultation request. From `scheduled` on it follows its session. */
export const requestStates = {
  pending: {
    label: 'New',
    terminal: false,
    to: {
      pending_assignment: { who: [...staff, 'system'], follows: 'operations choose a consultant' },
      pending_confirmation: {
        who: ['consultant', ...staff, 'system'],
        follows: 'a consultant and times are proposed to the requester',
      },
      scheduled: { who: ['customer', ...staff], follows: 'a session exists' },
      ...endings,
    },
  },
  pending_assignment: {
    label: 'Waiting for a consultant',
    terminal: false,
    to: {
      pending_confirmation: {
        who: ['consultant', ...staff],
        follows: 'a consultant and times are proposed to the requester',
      },
      scheduled: { who: ['customer', ...staff], follows: 'a session exists' },
      ...endings,
    },
  },
  pending_confirmation: {
    label: 'Waiting for an answer',
    terminal: false,
    to: {
      pending_assignment: { who: staff, follows: 'another consultant is to be found' },
      pending_confirmation: { who: ['consultant', ...staff], follows: 'other times are proposed' },
      scheduled: { who: ['customer', ...staff], follows: 'a session exists' },
      ...endings,
    },
  },
  scheduled: {
    label: 'Scheduled',
    terminal: false,
    to: {
      completed: { who: ['system'], follows: 'the session was completed' },
      cancelled: { who: ['system'], follows: 'the session was cancelled' },
    },
  },
  completed: { label: 'Completed', terminal: true, to: {} },
  cancelled: { label: 'Cancelled', terminal: true, to: {} },
  rejected: { label: 'Rejected', terminal: true, to: {} },
  expired: { label: 'Expired', terminal: true, to: {} },
} as const satisfies Record<RequestStateName, RequestStateRow>

export type RequestState = keyof typeof requestStates

// Object.keys gives string[]; the table's keys are exactly the states.
export const requestStateNames = Object.keys(requestStates) as RequestState[]

export const initialRequestState = 'pending' satisfies RequestState
