import type { PayloadRequest } from 'payload'
import { type CancellationOutcome, decideCancellation } from '#payments/refund/cancellation-policy'
import { collectedPayments } from '#payments/payment-states'
import type { Actor, ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { isOneOf } from '#shared/state-table'
import { changeSessionState, requireLockedSession } from './change/change-session'
import { decideSessionTransition } from './decide-session-transition'
import type { SessionRow } from './session-queries'
import { type SessionState, stateCancelledBy } from './session-states'

const sideOf = (role: ActorRole) => {
  if (role === 'admin' || role === 'operations') return 'operations' as const
  return role === 'consultant' ? ('consultant' as const) : ('customer' as const)
}

const stateFor = (role: ActorRole): SessionState => stateCancelledBy(sideOf(role))

export type CancellationPreview = {
  allowed: boolean
  refund: { amount: number; currency: string }
  reason: string
  /** Until when (epoch ms) cancelling returns the policy's full share. */
  deadline: number
}

/** What was really collected for a session so far, minor units; an authorised card is not charged. */
export const paidAmountOf = (session: Pick<SessionRow, 'paymentStatus' | 'paymentAmount'>): number =>
  isOneOf(collectedPayments, session.paymentStatus) ? session.paymentAmount : 0

const decideFor = (session: SessionRow, role: ActorRole, now: number): CancellationOutcome =>
  decideCancellation({
    policy: session.policy,
    cancelledBy: sideOf(role),
    startsAt: session.startsAt,
    now,
    paidAmount: paidAmountOf(session),
    currency: session.currency,
    platformFeeAmount: paidAmountOf(session) ? session.platformFeeAmount : 0,
    refundedAmount: session.refundedAmount,
  })

const disputed = 'The payment is disputed at the bank: what is to be returned is returned once that is decided.'

/** What cancelling would do at this moment; `cancelSession` does exactly that. */
export const previewCancellation = (session: SessionRow, actor: Actor, now: number): CancellationPreview => {
  const to = stateFor(actor.role)
  const refusal = decideSessionTransition({ from: session.status, to, role: actor.role, clock: { ...session, now } })
  const decision = decideFor(session, actor.role, now)
  return {
    allowed: refusal === undefined,
    refund: { amount: refusal ? 0 : decision.refundAmount, currency: session.currency },
    reason: refusal?.message ?? (session.paymentStatus === 'disputed' ? disputed : decision.reason),
    deadline: decision.deadline,
  }
}

/**
 * Cancels a session for the side that asks; the time is free at once and the refund is on its way when this commits.
 * @throws DomainError `illegal_transition`, `outside_policy`.
 */
export const cancelSession = async (
  req: PayloadRequest,
  args: { sessionId: string; actor: Actor; reason?: string | undefined },
): Promise<{ refund: { amount: number; currency: string } }> => {
  const now = Date.now()
  const session = await requireLockedSession(req, args.sessionId)
  const to = stateFor(args.actor.role)
  if (session.status === to) throw new DomainError('illegal_transition', 'The session is cancelled already.')
  const { refund } = previewCancellation(session, args.actor, now)
  await changeSessionState(req, { session, to, actor: args.actor, reason: args.reason, now })
  return { refund }
}
