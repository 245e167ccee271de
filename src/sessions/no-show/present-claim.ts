import { type Actor, sideOfRole } from '#shared/actor'
import { iso } from '#shared/time'
import type { SessionRow } from '../session-queries'
import type { ClaimOfSession } from './claim-of-session'
import { computeIfGranted } from './compute-if-granted'
import { otherSide } from './decide-no-show'

/** A claim as both sides of its session see it; staff also what granting it would do. */
export const presentClaim = (
  session: SessionRow,
  claim: ClaimOfSession,
  { actor, now }: { actor: Pick<Actor, 'role'>; now: number },
) => ({
  reference: claim.reference,
  state: claim.status,
  missing: claim.missing,
  raisedBy: otherSide(claim.missing),
  raisedAt: iso(claim.raisedAt),
  statement: claim.statement,
  objections: claim.objections,
  deadline: iso(claim.deadline),
  answer: claim.answer === null || claim.answeredAt === null ? null : { text: claim.answer, at: iso(claim.answeredAt) },
  decision: claim.decidedAt === null ? null : { at: iso(claim.decidedAt), reason: claim.decisionReason },
  ifGranted:
    claim.status === 'open' && sideOfRole(actor.role) === 'operations' ? presentIfGranted(session, claim, now) : null,
})

const presentIfGranted = (session: SessionRow, { missing }: ClaimOfSession, now: number) => {
  const { currency } = session
  const { status, refund, payout } = computeIfGranted(session, { missing, now })
  return { status, refund: { amount: refund, currency }, payout: { amount: payout, currency } }
}
