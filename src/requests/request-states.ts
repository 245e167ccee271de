import type { ActorRole } from '#shared/actor'
import { isOneOf, type Machine, namesOf, type StateRow, statesWhere, type Transition } from '#shared/state-table'

type RequestStateName =
  | 'pending'
  | 'pending_assignment'
  | 'pending_confirmation'
  | 'scheduled'
  | 'completed'
  | 'cancelled'
  | 'rejected'
  | 'expired'

type RequestStateRow = StateRow<RequestStateName> & {
  /** Who has to answer next; what waits for somebody expires. */
  waitsFor: 'consultant' | 'operations' | 'customer' | null
  /** What is announced when a request comes into this state. That a consultant was chosen is announced of its own, in whichever state. */
  event: RequestStateEvent | null
}

type RequestStateEvent =
  'request.proposed' | 'request.accepted' | 'request.cancelled' | 'request.rejected' | 'request.expired'

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]

const endings = {
  cancelled: { who: ['customer', ...staff], follows: 'everybody involved is told' },
  rejected: { who: ['consultant', ...staff], follows: 'the requester is told the reason' },
  expired: { who: ['system'], follows: 'nobody answered in time; the requester is told' },
} as const satisfies RequestStateRow['to']

const proposal = 'a consultant and times are proposed to the requester'

/**
 * The states of a consultation request. `pending`: a consultant is asked for times; `pending_assignment`: nobody is yet. From
 * `scheduled` on it follows its session.
 */
export const requestStates = {
  pending: {
    label: { en: 'New', de: 'Neu' },
    terminal: false,
    waitsFor: 'consultant',
    event: null,
    to: {
      pending: { who: [...staff, 'system'], follows: 'another consultant is asked for times' },
      pending_assignment: { who: [...staff, 'system'], follows: 'operations choose a consultant' },
      pending_confirmation: { who: ['consultant', ...staff], follows: proposal },
      scheduled: { who: staff, follows: 'a session exists' },
      ...endings,
    },
  },
  pending_assignment: {
    label: { en: 'Waiting for a consultant', de: 'Wartet auf eine Fachperson' },
    terminal: false,
    waitsFor: 'operations',
    event: null,
    to: {
      pending: { who: [...staff, 'system'], follows: 'a consultant was chosen and is asked for times' },
      pending_confirmation: { who: staff, follows: proposal },
      scheduled: { who: staff, follows: 'a session exists' },
      ...endings,
    },
  },
  pending_confirmation: {
    label: { en: 'Waiting for an answer', de: 'Wartet auf Antwort' },
    terminal: false,
    waitsFor: 'customer',
    event: 'request.proposed',
    to: {
      pending: { who: ['consultant', ...staff], follows: 'the proposed times are withdrawn; others are asked for' },
      pending_assignment: { who: staff, follows: 'another consultant is to be found' },
      pending_confirmation: { who: ['consultant', ...staff], follows: 'other times are proposed' },
      scheduled: { who: ['customer', ...staff], follows: 'a session exists' },
      ...endings,
    },
  },
  scheduled: {
    label: { en: 'Scheduled', de: 'Vereinbart' },
    terminal: false,
    waitsFor: null,
    event: 'request.accepted',
    to: {
      completed: { who: ['system'], follows: 'the session was held, or somebody missed it' },
      cancelled: { who: ['system'], follows: 'the session was cancelled' },
    },
  },
  // Its session says so.
  completed: { label: { en: 'Completed', de: 'Abgeschlossen' }, terminal: true, waitsFor: null, event: null, to: {} },
  cancelled: {
    label: { en: 'Cancelled', de: 'Zurückgezogen' },
    terminal: true,
    waitsFor: null,
    event: 'request.cancelled',
    to: { scheduled: { who: ['system'], follows: 'its session was paid after all and is on again' } },
  },
  rejected: {
    label: { en: 'Rejected', de: 'Abgelehnt' },
    terminal: true,
    waitsFor: null,
    event: 'request.rejected',
    to: {},
  },
  expired: {
    label: { en: 'Expired', de: 'Abgelaufen' },
    terminal: true,
    waitsFor: null,
    event: 'request.expired',
    to: {},
  },
} as const satisfies Record<RequestStateName, RequestStateRow>

export type RequestState = keyof typeof requestStates

export const requestStateNames = namesOf(requestStates)
export const requestMachine: Machine<RequestState> = { noun: 'request', states: requestStates }

/** The state a request begins in, and who may begin one. */
export const initialRequestStates = {
  pending: {
    who: ['customer', ...staff, 'system'],
    follows: 'a fitting consultant is asked, or operations choose one',
  },
} as const satisfies { readonly [State in RequestState]?: Transition }

/** No times are proposed yet, so what is asked for can still be another service. */
export const undecidedRequests = statesWhere(requestStates, 'waitsFor', 'consultant', 'operations')

/** Somebody still has to answer; what is open expires. */
export const openRequestStates = statesWhere(requestStates, 'waitsFor', 'consultant', 'operations', 'customer')

/** What a state means. */
export const requestRow = (state: RequestState): RequestStateRow => requestStates[state]

export const isOpenRequest = (status: RequestState): boolean => isOneOf(openRequestStates, status)
