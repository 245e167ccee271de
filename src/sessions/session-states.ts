import type { ActorRole } from '#shared/actor'
import { hasWay, type Machine, namesOf, type StateRow, statesWhere, type Transition } from '#shared/state-table'

/**
 * What a phase means for the time of a session and for calendars (the STATUS of RFC 5545). What took place keeps its time and its
 * entries, whatever became of the money.
 */
export const sessionPhases = {
  /** Somebody has still to pay or to say yes. */
  waiting: { claim: 'held', calendar: 'TENTATIVE' },
  /** Agreed, and not over: it has a room, is joined, reminded of, moved. */
  live: { claim: 'booked', calendar: 'CONFIRMED' },
  /** Its time has come, and it was held or missed. */
  past: { claim: 'booked', calendar: 'CONFIRMED' },
  /** Given up before it was held: its time is free for others. */
  called_off: { claim: null, calendar: 'CANCELLED' },
} as const satisfies Record<
  string,
  { claim: 'held' | 'booked' | null; calendar: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED' }
>

export type SessionPhase = keyof typeof sessionPhases

/** Who caused that a session was not held, as the cancellation policy asks; `system`: nobody paid or said yes. */
type Cause =
  { cancelledBy: 'customer' | 'consultant' | 'operations' | 'system' } | { noShow: 'customer' | 'consultant' }

type SessionStateRow = StateRow<SessionStateName> & {
  phase: SessionPhase
  /** What has still to happen before it is agreed. */
  waitsFor: 'payment' | 'confirmation' | null
  /**
   * What becomes of its price. `awaited`: nothing is collected or reserved yet · `reserved`: on the customer's card until somebody says
   * yes · `due`: collected · `returned`: whatever was paid goes back, as far as the policy says.
   */
  price: 'awaited' | 'reserved' | 'due' | 'returned'
  cause: Cause | null
  /** It was held, with both sides there: it is reviewed, and its price is earned. */
  wasHeld: boolean
  /** What those who follow it hear of when a session comes into this state. */
  news: 'created' | 'scheduled' | 'started' | 'completed' | 'closed'
  /** What is announced when a session comes into this state; null: it only begins in it, which `session.created` says. */
  event: SessionStateEvent | null
}

type SessionStateEvent =
  | 'session.scheduled'
  | 'session.started'
  | 'session.completed'
  | 'session.no_show'
  | 'session.cancelled'
  | 'session.expired'
  | 'session.refunded'

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

/** What a side reports against attendance, a started session or the other side is a claim: then operations take these ways. */
const noShows = {
  no_show_user: { who: ['consultant', ...staff, 'meeting'], follows: 'refund by the no-show policy' },
  no_show_consultant: { who: ['customer', ...staff, 'meeting'], follows: 'full refund' },
} as const satisfies SessionStateRow['to']

/** `completed` is also what the system says of a session that nobody else closed. */
const lateNoShows = {
  no_show_user: { ...noShows.no_show_user, follows: 'until the payout leaves: refund by the no-show policy' },
  no_show_consultant: { ...noShows.no_show_consultant, follows: 'until the payout leaves: full refund' },
} as const satisfies SessionStateRow['to']

const completion = { who: ['consultant', ...staff, 'system'], follows: 'payout becomes due, review asked for' } as const
const refund = { who: [...staff, 'payment'], follows: 'whole amount returned' } as const

const waiting = { phase: 'waiting', cause: null, wasHeld: false, news: 'created', event: null } as const
const live = { phase: 'live', waitsFor: null, price: 'due', cause: null, wasHeld: false } as const
const past = { phase: 'past', waitsFor: null, wasHeld: false, news: 'closed' } as const
const missed = { ...past, event: 'session.no_show' } as const
const givenUp = { phase: 'called_off', waitsFor: null, price: 'returned', wasHeld: false, news: 'closed' } as const
const calledOff = { ...givenUp, event: 'session.cancelled' } as const

/** The states of a scheduled session and the ways between them. The clock's conditions stand beside the gate. */
export const sessionStates = {
  pending_payment: {
    label: { en: 'Waiting for payment', de: 'Wartet auf Zahlung' },
    terminal: false,
    ...waiting,
    waitsFor: 'payment',
    price: 'awaited',
    to: {
      scheduled: { who: ['payment'], follows: 'slot booked; calendar event, meeting link, confirmations' },
      expired: { who: ['system'], follows: 'checkout closed first (paid wins), then the slot is released' },
      ...cancellations,
    },
  },
  pending_confirmation: {
    label: { en: 'Waiting for confirmation', de: 'Wartet auf Bestätigung' },
    terminal: false,
    ...waiting,
    waitsFor: 'confirmation',
    price: 'reserved',
    to: {
      scheduled: {
        who: ['consultant', ...staff, 'system'],
        follows:
          'capture; slot booked, calendar event, confirmations; while the mailed link is waited for, by that alone (system) or staff',
      },
      declined: { who: ['consultant', ...staff], follows: 'authorisation voided, slot released' },
      expired: {
        who: ['system'],
        follows: 'nobody said yes or opened the mailed link: authorisation voided, slot released',
      },
      ...cancellations,
    },
  },
  scheduled: {
    label: { en: 'Scheduled', de: 'Vereinbart' },
    terminal: false,
    ...live,
    news: 'scheduled',
    event: 'session.scheduled',
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
    label: { en: 'In progress', de: 'Läuft' },
    terminal: false,
    ...live,
    news: 'started',
    event: 'session.started',
    to: { completed: completion, ...noShows },
  },
  completed: {
    label: { en: 'Completed', de: 'Abgeschlossen' },
    terminal: true,
    phase: 'past',
    waitsFor: null,
    price: 'due',
    cause: null,
    wasHeld: true,
    news: 'completed',
    event: 'session.completed',
    to: { ...lateNoShows, refunded: refund },
  },
  no_show_user: {
    label: { en: 'Customer did not come', de: 'Kundin/Kunde nicht erschienen' },
    terminal: true,
    ...missed,
    price: 'due',
    cause: { noShow: 'customer' },
    to: { refunded: refund },
  },
  no_show_consultant: {
    label: { en: 'Consultant did not come', de: 'Fachperson nicht erschienen' },
    terminal: true,
    ...missed,
    price: 'returned',
    cause: { noShow: 'consultant' },
    to: { refunded: refund },
  },
  cancelled_by_user: {
    label: { en: 'Cancelled by customer', de: 'Storniert: Kundin/Kunde' },
    terminal: true,
    ...calledOff,
    cause: { cancelledBy: 'customer' },
    to: {},
  },
  cancelled_by_consultant: {
    label: { en: 'Cancelled by consultant', de: 'Storniert: Fachperson' },
    terminal: true,
    ...calledOff,
    cause: { cancelledBy: 'consultant' },
    to: {},
  },
  cancelled_by_operations: {
    label: { en: 'Cancelled by operations', de: 'Storniert: Betriebsteam' },
    terminal: true,
    ...calledOff,
    cause: { cancelledBy: 'operations' },
    to: {},
  },
  declined: {
    label: { en: 'Declined', de: 'Abgelehnt' },
    terminal: true,
    ...calledOff,
    cause: { cancelledBy: 'system' },
    to: {},
  },
  expired: {
    label: { en: 'Expired', de: 'Abgelaufen' },
    terminal: true,
    ...givenUp,
    event: 'session.expired',
    cause: { cancelledBy: 'system' },
    to: { scheduled: { who: ['payment'], follows: 'paid after all, and the time was still free: booked again' } },
  },
  refunded: {
    label: { en: 'Refunded', de: 'Erstattet' },
    terminal: true,
    ...past,
    price: 'returned',
    cause: null,
    event: 'session.refunded',
    to: {},
  },
} as const satisfies Record<SessionStateName, SessionStateRow>

export type SessionState = keyof typeof sessionStates
export const sessionStateNames = namesOf(sessionStates)
export const sessionMachine: Machine<SessionState> = { noun: 'session', states: sessionStates }

/** Somebody has still to pay or to say yes. */
export const waitingSessions = statesWhere(sessionStates, 'phase', 'waiting')
/** Agreed, and not over. */
export const liveSessions = statesWhere(sessionStates, 'phase', 'live')
/** The time is free for others. */
export const calledOffSessions = statesWhere(sessionStates, 'phase', 'called_off')
/** Whether a session in this state takes its consultant's time. */
export const takesTime = (state: SessionState): boolean => sessionPhases[sessionStates[state].phase].claim !== null
/** What counts as a booking, and stays in calendars: it was agreed, and was not given up before it was held. */
export const standingSessions = statesWhere(sessionStates, 'phase', 'live', 'past')
/** The price is collected, also one that was only reserved before. */
export const chargedSessions = statesWhere(sessionStates, 'price', 'due')
/** The price is collected, or will be: what was paid late for it is kept. */
export const pricedSessions = statesWhere(sessionStates, 'price', 'reserved', 'due')
/** They were held, and are reviewed. */
export const heldSessions = statesWhere(sessionStates, 'wasHeld', true)
/** They become `refunded` when the whole price went back. */
export const refundableSessions = sessionStateNames.filter((state) => hasWay(sessionMachine, state, 'refunded'))

type Side = Extract<Cause, { noShow: unknown }>['noShow']

const stateBy = (cause: Cause): SessionState => {
  const [key, value] = Object.entries(cause)[0] ?? []
  const found = sessionStateNames.find((state) =>
    Object.entries(sessionStates[state].cause ?? {}).some(([name, side]) => name === key && side === value),
  )
  if (!found) throw new Error(`No state says that a session ended by ${JSON.stringify(cause)}.`)
  return found
}

/** The state of a session that this side missed. */
export const stateMissedBy = (side: Side): SessionState => stateBy({ noShow: side })
/** The state of a session that this side called off. */
export const stateCancelledBy = (side: Side | 'operations'): SessionState => stateBy({ cancelledBy: side })

/** One side, or operations, called it off. */
export const isCancellation = (state: SessionState): boolean => {
  const { cause } = sessionRow(state)
  return cause !== null && 'cancelledBy' in cause && cause.cancelledBy !== 'system'
}

/** Whether a free booking still waits for the link to be opened that its customer was mailed. */
export const waitsForEmail = ({
  status,
  emailConfirmBy,
}: {
  status: SessionState
  emailConfirmBy?: number | null | undefined
}): boolean => status === 'pending_confirmation' && (emailConfirmBy ?? null) !== null

/** What a state means. */
export const sessionRow = (state: SessionState): SessionStateRow => sessionStates[state]

/** The states a session can begin in, and who may begin it there. */
export const initialSessionStates = {
  pending_payment: { who: ['customer', ...staff], follows: 'slot stays held until the payment deadline' },
  pending_confirmation: {
    who: ['customer', ...staff],
    follows:
      'slot held; card authorised, not captured; or until the mailed link is opened, of which the consultant hears nothing',
  },
  scheduled: { who: ['customer', ...staff], follows: 'slot booked; customers only at no charge' },
} as const satisfies { readonly [State in SessionState]?: Transition }
