import { type PaymentState, payablePayments } from '#payments/payment-states'
import { type ActorRole, sideOfRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { isOneOf } from '#shared/state-table'
import { decideConfirmation } from './decide-confirmation'
import { decideReschedule, type ReschedulePolicy } from './decide-reschedule'
import { decideSessionTransition } from './decide-session-transition'
import type { ClaimOfSession } from './no-show/claim-of-session'
import {
  claimIsOpen,
  decideNoShowWindow,
  type NoShowAsked,
  otherSide,
  type SessionSide,
} from './no-show/decide-no-show'
import { sessionRow, type SessionState, stateCancelledBy, waitsForEmail } from './session-states'
import { hasEnded } from './session-timing'

export const sessionActions = [
  'pay',
  'cancel',
  'reschedule',
  'join',
  'review',
  'confirm_email',
  'confirm',
  'decline',
  'start',
  'complete',
  'no-show',
  'answer-claim',
  'withdraw-claim',
  'decide-claim',
] as const
export type SessionAction = (typeof sessionActions)[number]

/** A session, who wants to do something with it, and when; instants are epoch milliseconds. */
export type AskedOfSession = {
  status: SessionState
  startsAt: number
  endsAt: number
  now: number
  role: ActorRole
  timesMoved: number
  policy: ReschedulePolicy
  /** The page to pay on offers the customer's saved cards. */
  paysWithLogin: boolean
  paymentStatus: PaymentState | null
  /** Until when an authorised price can be charged. */
  captureBefore: number | null
  hasReview: boolean
  /** Until when the mailed link has to be opened; null where nobody has to, or has. */
  emailConfirmBy: number | null
  hasMeeting: boolean
} & Pick<NoShowAsked, 'payoutStatus' | 'leftToReturn' | 'complaintHours'> & {
    /** The latest claim that one side did not come. */
    claim: Pick<ClaimOfSession, 'status' | 'missing' | 'answeredAt'> | null
  }

type Refusal = DomainError | undefined

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]
const hosts = ['consultant', ...staff] as const satisfies readonly ActorRole[]
const sides = ['customer', 'consultant'] as const satisfies readonly SessionSide[]
const everybody = ['customer', ...hosts] as const satisfies readonly ActorRole[]

const refuse = (message: string): DomainError => new DomainError('illegal_transition', message)
const forbid = (message: string): DomainError => new DomainError('forbidden', message)
const wordOf = (status: SessionState): string => status.replaceAll('_', ' ')

const mayBecome = (asked: AskedOfSession, to: SessionState): Refusal =>
  decideSessionTransition({ from: asked.status, to, role: asked.role, clock: asked })

/** The claim has to be open, and then `further` may still refuse. */
const refusedByClaim = (
  { claim }: AskedOfSession,
  further: (claim: NonNullable<AskedOfSession['claim']>) => Refusal,
): Refusal =>
  claim?.status === 'open'
    ? further(claim)
    : refuse('There is no open claim that one side of this session did not come.')

/** They would change what operations have to decide about. */
const waitsForClaim: readonly SessionAction[] = ['cancel', 'reschedule', 'start', 'complete']

/** Which sides an action is there for, and what stands in its way for them at this moment. */
const rules: Record<SessionAction, { who: readonly ActorRole[]; refusal: (asked: AskedOfSession) => Refusal }> = {
  pay: {
    who: ['customer', ...staff],
    refusal: ({ role, paysWithLogin, status, paymentStatus }) => {
      if (role !== 'customer' && paysWithLogin)
        return forbid('The customer booked with their login, so the page offers their saved cards: only they can pay.')
      return sessionRow(status).phase === 'waiting' && isOneOf(payablePayments, paymentStatus)
        ? undefined
        : refuse('There is nothing to pay for this session.')
    },
  },
  cancel: {
    who: everybody,
    refusal: (asked) => {
      const to = stateCancelledBy(sideOfRole(asked.role))
      return asked.status === to ? refuse('The session is cancelled already.') : mayBecome(asked, to)
    },
  },
  reschedule: { who: everybody, refusal: decideReschedule },
  join: {
    who: everybody,
    // Also after its end, until it is completed: who runs over and loses the line comes back in.
    refusal: ({ status, hasMeeting }) =>
      sessionRow(status).phase === 'live' && hasMeeting
        ? undefined
        : refuse(`There is no room: the session is ${wordOf(status)}.`),
  },
  review: {
    who: ['customer'],
    refusal: ({ status, hasReview }) => {
      if (!sessionRow(status).wasHeld) return refuse('A session can be reviewed once it is completed.')
      return hasReview ? refuse('This session has a review already.') : undefined
    },
  },
  confirm_email: {
    who: ['customer'],
    refusal: (asked) =>
      waitsForEmail(asked)
        ? // Our own code takes this way for whoever opened the link.
          mayBecome({ ...asked, role: 'system' }, 'scheduled')
        : refuse(`A session that is ${wordOf(asked.status)} does not wait for a link to be opened.`),
  },
  confirm: {
    who: hosts,
    refusal: (asked) =>
      sessionRow(asked.status).waitsFor === 'confirmation'
        ? (mayBecome(asked, 'scheduled') ?? decideConfirmation(asked))
        : refuse(`A session that is ${wordOf(asked.status)} does not wait for a confirmation.`),
  },
  decline: { who: hosts, refusal: (asked) => mayBecome(asked, 'declined') },
  start: {
    who: hosts,
    refusal: (asked) =>
      mayBecome(asked, 'in_progress') ??
      (hasEnded(asked) ? refuse('Its time is over. Complete it, or say who did not come.') : undefined),
  },
  complete: { who: hosts, refusal: (asked) => mayBecome(asked, 'completed') },
  'no-show': {
    // Each side reports the other one; staff, either of them.
    who: everybody,
    refusal: (asked) => decideNoShowWindow(asked, asked.role === 'customer' ? 'consultant' : 'customer'),
  },
  'answer-claim': {
    who: sides,
    refusal: (asked) =>
      refusedByClaim(asked, ({ missing, answeredAt }) => {
        if (asked.role !== missing) return refuse('The claim is yours; the other side answers it.')
        return answeredAt === null ? undefined : refuse('You have answered the claim already.')
      }),
  },
  'withdraw-claim': {
    who: sides,
    refusal: (asked) =>
      refusedByClaim(asked, ({ missing }) =>
        asked.role === otherSide(missing) ? undefined : refuse('Only whoever made the claim withdraws it.'),
      ),
  },
  'decide-claim': { who: staff, refusal: (asked) => refusedByClaim(asked, () => undefined) },
}

/**
 * Whether one side may do this with a session at this moment. What is listed and what is carried out both ask here.
 * @returns the refusal, or undefined: `forbidden` where it is not theirs to do, whatever the state; else `illegal_transition`, or
 * `outside_policy` where it is too late or too often to move it.
 */
export const decideAction = (action: SessionAction, asked: AskedOfSession): Refusal => {
  const { who, refusal } = rules[action]
  if (!who.includes(asked.role)) return forbid(`Only these can do that with a session (${action}): ${who.join(', ')}.`)
  if (asked.claim?.status === 'open' && waitsForClaim.includes(action)) return claimIsOpen()
  return refusal(asked)
}

/** What one side may do with a session at this moment. */
export const decideActions = (asked: AskedOfSession): SessionAction[] =>
  sessionActions.filter((action) => decideAction(action, asked) === undefined)
