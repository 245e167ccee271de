import { computeCaptureDeadline } from '#payments/charge/capture-deadline'
import { type PaymentState, payablePayments, uncoveredPayments } from '#payments/payment-states'
import type { ActorRole } from '#shared/actor'
import { isOneOf, nextStates } from '#shared/state-table'
import { decideReschedule, type ReschedulePolicy } from './decide-reschedule'
import { isCancellation, sessionMachine, sessionRow, type SessionState } from './session-states'
import { canStart, hasEnded, hasStarted } from './session-timing'

export const sessionActions = [
  'pay',
  'cancel',
  'reschedule',
  'join',
  'review',
  'confirm',
  'decline',
  'start',
  'complete',
  'no-show',
] as const
export type SessionAction = (typeof sessionActions)[number]

/** What one side may do with a session at this moment; pages show exactly these, commands check each again. */
export const decideActions = (args: {
  status: SessionState
  startsAt: number
  endsAt: number
  now: number
  role: ActorRole
  timesMoved: number
  policy: ReschedulePolicy
  paymentStatus: PaymentState | null
  /** Until when an authorised price can be charged; epoch milliseconds. */
  captureBefore: number | null
  hasReview: boolean
  hasMeeting: boolean
}): SessionAction[] => {
  const { status, role } = args
  const isStaff = role === 'admin' || role === 'operations'
  const isHost = isStaff || role === 'consultant'
  const { phase, waitsFor, wasHeld } = sessionRow(status)
  const isLive = phase === 'live'
  const isLapsed =
    args.paymentStatus === 'authorized' &&
    args.captureBefore !== null &&
    computeCaptureDeadline(args.captureBefore) <= args.now
  const isUnpaid = isOneOf(uncoveredPayments, args.paymentStatus) || isLapsed
  const allowed: Record<SessionAction, boolean> = {
    pay: role === 'customer' && phase === 'waiting' && isOneOf(payablePayments, args.paymentStatus),
    cancel: nextStates(sessionMachine, status, role).some(isCancellation) && (isStaff || !hasStarted(args)),
    reschedule: decideReschedule(args) === undefined,
    join: isLive && args.hasMeeting && !hasEnded(args),
    review: role === 'customer' && wasHeld && !args.hasReview,
    confirm: isHost && waitsFor === 'confirmation' && !isUnpaid && (isStaff || !hasStarted(args)),
    decline: isHost && waitsFor === 'confirmation',
    start: isHost && status === 'scheduled' && canStart(args) && !hasEnded(args),
    complete: isHost && (status === 'in_progress' || (status === 'scheduled' && hasEnded(args))),
    'no-show': isLive && hasStarted(args) && role !== 'customer',
  }
  return sessionActions.filter((action) => allowed[action])
}
