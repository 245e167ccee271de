import type { PayloadRequest } from 'payload'
import { bookingSettings } from '#availability/booking-settings'
import { lockPaymentOfLockedSession } from '#payments/payment-queries'
import type { Actor } from '#shared/actor'
import { askedOfSession } from '../present-session'
import { requireSession } from '../session-queries'
import { decideNoShow, type NoShowDecision, type SessionSide } from './decide-no-show'
import { findNoShowEvidence } from './no-show-claim-queries'

/**
 * What becomes of the report that a side did not come, by how things stand now. The caller holds the lock on the session; the payment is
 * locked, so a payout leaves either before this or not at all.
 */
export const readNoShowDecision = async (
  req: PayloadRequest,
  args: { sessionId: string; missing: SessionSide; actor: Pick<Actor, 'role'>; now: number },
): Promise<NoShowDecision> => {
  const { sessionId, missing, actor, now } = args
  const { paymentId } = await requireSession(req, sessionId)
  if (paymentId !== null) await lockPaymentOfLockedSession(req, paymentId)
  // Read under both locks.
  const session = await requireSession(req, sessionId)
  const asked = askedOfSession(session, { actor, settings: await bookingSettings(req), now })
  return decideNoShow(asked, await findNoShowEvidence(req, session), missing)
}
