import type { PayloadRequest } from 'payload'
import { type CancellationOutcome, decideCancellation } from '#payments/refund/cancellation-policy'
import { type Actor, type ActorRole, sideOfRole } from '#shared/actor'
import { changeSessionState } from './change/change-session'
import { decideSessionTransition } from './decide-session-transition'
import { lockSessionToAct } from './lock-session-to-act'
import { paidAmountOf } from './compute-paid-amount'
import type { SessionRow } from './session-queries'
import { type SessionState, stateCancelledBy } from './session-states'

const stateFor = (role: ActorRole): SessionState => stateCancelledBy(sideOfRole(role))

export type CancellationPreview = {
  allowed: boolean
  refund: { amount: number; currency: string }
  reason: string
  /** Until when (epoch ms) cancelling returns the policy's full share. */
  deadline: number
}

const decideFor = (session: SessionRow, role: ActorRole, now: number): CancellationOutcome =>
  decideCancellation({
    policy: session.policy,
    cancelledBy: sideOfRole(role),
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
 * @throws DomainError `illegal_transition`, `forbidden`.
 */
export const cancelSession = async (
  req: PayloadRequest,
  args: { sessionId: string; actor: Actor; reason?: string | undefined },
): Promise<{ refund: { amount: number; currency: string } }> => {
  const now = Date.now()
  const session = await lockSessionToAct(req, { ...args, action: 'cancel' })
  const { refund } = previewCancellation(session, args.actor, now)
  const to = stateFor(args.actor.role)
  await changeSessionState(req, { session, to, actor: args.actor, reason: args.reason, now })
  return { refund }
}
