import { computeCaptureDeadline } from '#payments/charge/capture-deadline'
import type { ActorRole } from '#shared/actor'
import { decideReschedule, type ReschedulePolicy } from './decide-reschedule'
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

const isPending = (status: string) => status === 'pending_payment' || status === 'pending_confirmation'

/** What one side may do with a session at this moment; pages show exactly these, commands check each again. */
export const decideActions = (args: {
  status: string
  startsAt: number
  endsAt: number
  now: number
  role: ActorRole
  timesMoved: number
  policy: ReschedulePolicy
  paymentStatus: string | null
  /** Until when an authorised price can be charged; epoch milliseconds. */
  captureBefore: number | null
  hasReview: boolean
  hasMeeting: boolean
}): SessionAction[] => {
  const { status, role } = args
  const isStaff = role === 'admin' || role === 'operations'
  const isHost = isStaff || role === 'consultant'
  const isLive = status === 'scheduled' || status === 'in_progress'
  const awaitsPayment = args.paymentStatus === 'pending' || args.paymentStatus === 'failed'
  const isLapsed =
    args.paymentStatus === 'authorized' &&
    args.captureBefore !== null &&
    computeCaptureDeadline(args.captureBefore) <= args.now
  const isUnpaid =
    awaitsPayment || isLapsed || args.paymentStatus === 'processing' || args.paymentStatus === 'cancelled'
  const allowed: Record<SessionAction, boolean> = {
    pay: role === 'customer' && isPending(status) && awaitsPayment,
    cancel: (isPending(status) || status === 'scheduled') && (isStaff || !hasStarted(args)),
    reschedule: decideReschedule(args) === undefined,
    join: isLive && args.hasMeeting && !hasEnded(args),
    review: role === 'customer' && status === 'completed' && !args.hasReview,
    confirm: isHost && status === 'pending_confirmation' && !isUnpaid && (isStaff || !hasStarted(args)),
    decline: isHost && status === 'pending_confirmation',
    start: isHost && status === 'scheduled' && canStart(args) && !hasEnded(args),
    complete: isHost && (status === 'in_progress' || (status === 'scheduled' && hasEnded(args))),
    'no-show': isLive && hasStarted(args) && role !== 'customer',
  }
  return sessionActions.filter((action) => allowed[action])
}
