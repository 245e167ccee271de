import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { lockPaymentOfLockedSession } from '#payments/payment-queries'
import { endPayoutClaim } from '#payments/payout/claim-payout'
import { type Actor, systemActor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { changeSessionState } from '../change/change-session'
import { lockSessionToAct } from '../lock-session-to-act'
import { requireSession, type SessionRow } from '../session-queries'
import { liveSessions } from '../session-states'
import type { ClaimOfSession } from './claim-of-session'
import { stateIfGranted } from './decide-no-show'
import { storeClaimAnswer, storeClaimEnd } from './no-show-claim-queries'
import { tellAboutClaim } from './tell-about-claim'

type Asked = { sessionId: string; actor: Actor }

const claimOf = ({ reference, claim }: SessionRow): ClaimOfSession => {
  if (!claim) throw new Error(`Session ${reference} has no claim.`)
  return claim
}

/** The side that is said not to have come says what it has to say; once. @throws DomainError `forbidden`, `illegal_transition`. */
export const answerClaim = async (req: PayloadRequest, { text, ...asked }: Asked & { text: string }): Promise<void> => {
  const session = await lockSessionToAct(req, { ...asked, action: 'answer-claim' })
  await storeClaimAnswer(req, claimOf(session).id, text)
}

/** The payout goes on, and a session that nobody has closed meanwhile is closed as it would have been. */
const goOn = async (req: PayloadRequest, session: SessionRow, now: number): Promise<void> => {
  const payment = session.paymentId === null ? undefined : await lockPaymentOfLockedSession(req, session.paymentId)
  if (payment) await endPayoutClaim(req, payment, now)
  if (!isOneOf(liveSessions, session.status) || session.endsAt > now) return
  await enqueue(req, {
    task: 'complete-session',
    payload: { sessionId: session.id },
    key: `complete-session:${session.id}`,
  })
}

/** Whoever has made a claim takes it back. @throws DomainError `forbidden`, `illegal_transition`. */
export const withdrawClaim = async (req: PayloadRequest, asked: Asked): Promise<void> => {
  const session = await lockSessionToAct(req, { ...asked, action: 'withdraw-claim' })
  await storeClaimEnd(req, claimOf(session).id, { to: 'withdrawn', by: asked.actor, reason: null })
  await goOn(req, session, Date.now())
  await tellAboutClaim(req, await requireSession(req, session.id), { what: 'withdrawn' })
}

/**
 * Operations decide a claim. Granted, the session comes into the state that says who did not come, with all that follows from that for
 * the price; rejected, everything goes on as if nobody had claimed it.
 * @param args.reason both sides read it.
 * @throws DomainError `forbidden`, `illegal_transition`.
 */
export const decideClaim = async (
  req: PayloadRequest,
  { decision, reason, ...asked }: Asked & { decision: 'granted' | 'rejected'; reason: string },
): Promise<void> => {
  const { actor } = asked
  const now = Date.now()
  const session = await lockSessionToAct(req, { ...asked, action: 'decide-claim' })
  const { id, missing } = claimOf(session)
  await storeClaimEnd(req, id, { to: decision, by: actor, reason })
  if (decision === 'granted') {
    await changeSessionState(req, { session, to: stateIfGranted(session.status, missing), actor, reason, now })
  }
  const after = await requireSession(req, session.id)
  await goOn(req, after, now)
  await tellAboutClaim(req, after, { what: decision })
}

/** The whole price was returned, by a bank or by operations: there is nothing left to decide. The caller holds the lock on the session. */
export const closeMootClaim = async (req: PayloadRequest, session: SessionRow, now: number): Promise<void> => {
  if (session.claim?.status !== 'open' || session.status !== 'refunded') return
  const reason = 'The whole price was returned.'
  await storeClaimEnd(req, session.claim.id, { to: 'withdrawn', by: systemActor, reason })
  await goOn(req, session, now)
  await tellAboutClaim(req, await requireSession(req, session.id), { what: 'withdrawn' })
}
