import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { cancellationReasons } from '#payments/refund/cancellation-policy'
import { lockPayment } from '#payments/payment-queries'
import { listSucceededRefunds } from '#payments/refund/refund-queries'
import { paymentActor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { changeSessionState, requireLockedSession } from '#sessions/change/change-session'
import { refundableSessions } from '#sessions/session-states'

const isByPolicy = (reason: string): boolean => Object.hasOwn(cancellationReasons, reason)

/**
 * Marks a session as refunded of which the whole amount was returned, if a person decided that: operations, here or in Stripe's
 * dashboard. One that was returned by policy keeps its state, which says why (a consultant who did not come).
 */
export const closeRefundedSession = async (payload: Payload, sessionId: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const session = await requireLockedSession(req, sessionId)
    if (session.paymentId === null || !isOneOf(refundableSessions, session.status)) return
    const payment = await lockPayment(req, session.paymentId)
    if (payment?.status !== 'refunded') return
    const refunds = await listSucceededRefunds(req, payment.id)
    if (refunds.every(({ reason }) => isByPolicy(reason))) return
    await changeSessionState(req, {
      session,
      to: 'refunded',
      actor: paymentActor,
      reason: 'the whole amount was returned',
      now: Date.now(),
    })
  })
