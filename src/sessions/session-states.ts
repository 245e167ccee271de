import type { ActorRole } from '#shared/actor'

/** Who may make a change, and what it means for the rest of the system (for people: docs and refusals quote it). */
export type Transition = { who: readonly ActorRole[]; follows: string }

type SessionStateRow = {
  label: string
  /** Nothing is still to happen: no time is claimed and nobody is waited for. A refund may still follow. */
  terminal: boolean
  to: { readonly [Next in SessionStateName]?: Transition }
}

type SessionStateName =
  | 'pending_payment'
  | 'pending_confirmation'
  | 'scheduled'
  | 'in_progress'
  | 'completed'
  | 'no_show_user'
  | 'no_show_consultant'
  | 'cancelled_by_user'
  | 'cancelled_by_consultant'
  | 'cancelled_by_operations'
  | 'declined'
  | 'expired'
  | 'refunded'

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]

const cancellations = {
  cancelled_by_user: {
    who: ['customer'],
    follows: 'slot released, refund by policy, calendar event removed, all told',
  },
  cancelled_by_consultant: {
    who: ['consultant'],
    follows: 'slot released, full refund, calendar event removed, all told',
  },
  cancelled_by_operations: {
    who: staff,
    follows: 'slot released, full refund, calendar event removed, all told',
  },
} as const satisfies SessionStateRow['to']

const noShows = {
  no_show_user: { who: ['consultant', ...staff, 'meeting'], follows: 'refund by the no-show policy' },
  no_show_consultant: { who: ['customer', ...staff, 'meeting'], follows: 'full refund' },
} as const satisfies SessionStateRow['to']

const completion = { who: ['consultant', ...staff, 'system'], follows: 'payout becomes due, review asked for' } as const
const refund = { who: [...staff, 'payment'], follows: 'whole amount returned' } as const

/** The states of a scheduled session and the ways between them. The clock's conditions stand beside the gate. */
export const sessionStates = {
  pending_payment: {
    label: 'Waiting for payment',
    terminal: false,
    to: {
      scheduled: { who: ['payment'], follows: 'slot booked; calendar event, meeting link, confirmations' },
      expired: { who: ['system'], follows: 'checkout closed first (paid wins), then the slot is released' },
      ...cancellations,
    },
  },
  pending_confirmation: {
    label: 'Waiting for confirmation',
    terminal: false,
    to: {
      scheduled: { who: ['consultant', ...staff], follows: 'capture; slot booked, calendar event, confirmations' },
      declined: { who: ['consultant', ...staff], follows: 'authorisation voided, slot released' },
      expired: { who: ['system'], follows: 'authorisation voided, slot released' },
      ...cancellations,
    },
  },
  scheduled: {
    label: 'Scheduled',
    terminal: false,
    to: {
      scheduled: {
        who: ['customer', 'consultant', ...staff],
        follows: 'moved in one transaction: old slot released, new one booked; same payment, calendar event moved',
      },
      in_progress: { who: ['consultant', ...staff, 'meeting'], follows: 'the session has begun' },
      completed: completion,
      expired: { who: ['system'], follows: 'the card could not be charged after all: slot released, all told' },
      ...cancellations,
      ...noShows,
    },
  },
  in_progress: {
    label: 'In progress',
    terminal: false,
    to: { completed: completion, ...noShows },
  },
  completed: { label: 'Completed', terminal: true, to: { refunded: refund } },
  no_show_user: { label: 'Customer did not come', terminal: true, to: { refunded: refund } },
  no_show_consultant: { label: 'Consultant did not come', terminal: true, to: { refunded: refund } },
  cancelled_by_user: { label: 'Cancelled by customer', terminal: true, to: {} },
  cancelled_by_consultant: { label: 'Cancelled by consultant', terminal: true, to: {} },
  cancelled_by_operations: { label: 'Cancelled by operations', terminal: true, to: {} },
  declined: { label: 'Declined', terminal: true, to: {} },
  expired: {
    label: 'Expired',
    terminal: true,
    to: { scheduled: { who: ['payment'], follows: 'paid after all, and the time was still free: booked again' } },
  },
  refunded: { label: 'Refunded', terminal: true, to: {} },
} as const satisfies Record<SessionStateName, SessionStateRow>

export type SessionState = keyof typeof sessionStates

// Object.keys gives string[]; the table's keys are exactly the states.
export const sessionStateNames = Object.keys(sessionStates) as SessionState[]

/** The states a session can begin in, and who may begin it there. */
export const initialSessionStates = {
  pending_payment: { who: ['customer', ...staff], follows: 'slot stays held until the payment deadline' },
  pending_confirmation: { who: ['customer', ...staff], follows: 'slot held; card authorised, not captured' },
  scheduled: { who: ['customer', ...staff], follows: 'slot booked; customers only at no charge' },
} as const satisfies { readonly [State in SessionState]?: Transition }
