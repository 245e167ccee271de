import type { PayloadRequest } from 'payload'
import { bookingSettings } from '#availability/booking-settings'
import { claimPayout } from '#payments/payout/claim-payout'
import type { Actor } from '#shared/actor'
import { hourMs } from '#shared/time'
import { changeSessionState } from '../change/change-session'
import { lockSessionToAct } from '../lock-session-to-act'
import { requireSession } from '../session-queries'
import type { SessionSide } from './decide-no-show'
import { insertNoShowClaim } from './no-show-claim-queries'
import { readNoShowDecision } from './read-no-show-decision'
import { tellAboutClaim } from './tell-about-claim'

/**
 * Records that a side did not come, or writes it down as a claim where something speaks against that: then the payout is kept back and
 * nothing is returned until operations have decided. Call it inside a transaction.
 * @returns which of both.
 * @throws DomainError `forbidden`, `illegal_transition`, `not_found`.
 */
export const reportNoShow = async (
  req: PayloadRequest,
  args: { sessionId: string; missing: SessionSide; actor: Actor; statement?: string | undefined },
): Promise<'recorded' | 'claim'> => {
  const { sessionId, missing, actor, statement } = args
  const now = Date.now()
  const session = await lockSessionToAct(req, { sessionId, action: 'no-show', actor })
  const decision = await readNoShowDecision(req, { sessionId, missing, actor, now })
  if (decision.outcome === 'refused') throw decision.refusal
  if (decision.outcome === 'recorded') {
    await changeSessionState(req, { session, to: decision.to, actor, reason: statement, now })
    return 'recorded'
  }
  const { noShowClaimHours } = await bookingSettings(req)
  await insertNoShowClaim(req, session, {
    missing,
    statement: statement ?? null,
    objections: decision.objections,
    deadline: now + noShowClaimHours * hourMs,
  })
  if (session.paymentId !== null) await claimPayout(req, session.paymentId)
  await tellAboutClaim(req, await requireSession(req, sessionId), { what: 'raised' })
  return 'claim'
}
