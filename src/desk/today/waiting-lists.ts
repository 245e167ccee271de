import type { Where } from 'payload'
import type { RecordList } from '#database/count-lists'
import { brokenConnections } from '#calendar/connections/connection-states'
import { undecidedDifferences } from '#calendar/entries/event-states'
import { disputesForEvidence } from '#payments/payment-states'
import { requestStates } from '#requests/request-states'
import { openNoShowClaims } from '#sessions/no-show/no-show-claim-states'
import { liveSessions, sessionStates } from '#sessions/session-states'
import { statesWhere } from '#shared/state-table'

/** Who has to do something: staff, the consultant or the customer. */
type Turn = 'operations' | 'consultant' | 'customer'

type WaitingList = {
  /** In whose dashboard it stands; consultants see their own records of it. */
  shownTo: readonly ('staff' | 'consultant')[]
  waitsFor: Turn
  list: (now: number) => RecordList
}

const isOneOf = (field: string, states: readonly string[]): Where => ({ [field]: { in: [...states] } })
const isBefore = (field: string, now: number): Where => ({ [field]: { less_than: new Date(now).toISOString() } })
const isSet = (field: string, exists: boolean): Where => ({ [field]: { exists } })
const sessions = (...and: Where[]): RecordList => ({ collection: 'scheduled-sessions', where: { and } })
const requestsThatWaitFor = (who: Turn): RecordList => ({
  collection: 'consultation-requests',
  where: isOneOf('status', statesWhere(requestStates, 'waitsFor', who)),
})
const toConfirm = isOneOf('status', statesWhere(sessionStates, 'waitsFor', 'confirmation'))

/**
 * Every list of records that wait for somebody, in the order in which they are shown: what costs most when it is left. A list is what its
 * condition says, here and behind its number.
 */
export const waitingLists = {
  disputes: {
    shownTo: ['staff'],
    waitsFor: 'operations',
    list: () => ({ collection: 'disputes', where: isOneOf('status', disputesForEvidence) }),
  },
  claims: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'operations',
    list: () => ({ collection: 'no-show-claims', where: isOneOf('status', openNoShowClaims) }),
  },
  requests_to_assign: {
    shownTo: ['staff'],
    waitsFor: 'operations',
    list: () => requestsThatWaitFor('operations'),
  },
  refunds_to_return: {
    shownTo: ['staff'],
    waitsFor: 'operations',
    list: () => ({
      collection: 'refunds',
      where: { and: [isOneOf('status', ['requested']), isOneOf('payment.paymentMethod', ['elsewhere'])] },
    }),
  },
  held_payouts: {
    shownTo: ['staff'],
    waitsFor: 'operations',
    list: () => ({ collection: 'payments', where: { 'payout.status': { equals: 'held' } } }),
  },
  findings: {
    shownTo: ['staff'],
    waitsFor: 'operations',
    list: () => ({ collection: 'reconciliation-findings', where: { status: { equals: 'open' } } }),
  },
  reviews: {
    shownTo: ['staff'],
    waitsFor: 'operations',
    list: () => ({ collection: 'reviews', where: { 'moderation.status': { equals: 'pending' } } }),
  },
  sessions_to_close: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'consultant',
    // It began before that, too, which an index knows.
    list: (now) => sessions(isOneOf('status', liveSessions), isBefore('startsAt', now), isBefore('endsAt', now)),
  },
  sessions_to_confirm: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'consultant',
    list: () => sessions(toConfirm, isSet('emailConfirmBy', false)),
  },
  requests_to_answer: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'consultant',
    list: () => requestsThatWaitFor('consultant'),
  },
  differences: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'consultant',
    list: () => ({ collection: 'calendar-differences', where: isOneOf('status', undecidedDifferences) }),
  },
  calendars: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'consultant',
    list: () => ({ collection: 'calendar-connections', where: isOneOf('status', brokenConnections) }),
  },
  unpaid_sessions: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'customer',
    list: () => sessions(isOneOf('status', statesWhere(sessionStates, 'waitsFor', 'payment'))),
  },
  unconfirmed_mails: {
    shownTo: ['staff'],
    waitsFor: 'customer',
    list: () => sessions(toConfirm, isSet('emailConfirmBy', true)),
  },
  proposed_times: {
    shownTo: ['staff', 'consultant'],
    waitsFor: 'customer',
    list: () => requestsThatWaitFor('customer'),
  },
} as const satisfies Record<string, WaitingList>

export type WaitingKind = keyof typeof waitingLists
