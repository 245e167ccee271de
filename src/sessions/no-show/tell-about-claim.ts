import type { PayloadRequest } from 'payload'
import { snapshotSession } from '#notifications/render/compose-snapshots'
import type { PlannedMessage } from '#notifications/record-message'
import { recordSessionMessages } from '../messages/record-session-messages'
import type { SessionRow } from '../session-queries'
import type { ClaimOfSession } from './claim-of-session'
import { otherSide, sessionSideNames } from './decide-no-show'

/** `overdue`: the time to answer is over, and nobody has decided; said again, each time with another `round`. */
type ClaimNews = { what: 'raised' | 'granted' | 'rejected' | 'withdrawn' } | { what: 'overdue'; round: number }

const messagesOf = (session: SessionRow, claim: ClaimOfSession, news: ClaimNews): PlannedMessage[] => {
  const { missing, statement, deadline, decisionReason, id: occasion } = claim
  const about = { session: snapshotSession(session) }
  switch (news.what) {
    case 'raised':
      return [
        { kind: 'no_show_claim_received', audience: otherSide(missing), data: { ...about, deadline }, occasion },
        {
          kind: 'no_show_claim_to_answer',
          audience: missing,
          data: { ...about, reason: statement, deadline },
          occasion,
        },
        {
          kind: 'no_show_claim_raised',
          audience: 'operations',
          data: { ...about, reason: statement, deadline },
          occasion,
        },
      ]
    case 'granted':
    case 'rejected': {
      const kind = news.what === 'granted' ? 'no_show_claim_granted' : 'no_show_claim_rejected'
      return sessionSideNames.map((audience) => ({
        kind,
        audience,
        data: { ...about, reason: decisionReason },
        occasion,
      }))
    }
    case 'withdrawn':
      return [
        { kind: 'no_show_claim_withdrawn', audience: missing, data: about, occasion },
        { kind: 'no_show_claim_withdrawn', audience: 'operations', data: about, occasion },
      ]
    case 'overdue':
      return [
        {
          kind: 'no_show_claim_overdue',
          audience: 'operations',
          data: { ...about, deadline },
          occasion: `${occasion}:${news.round}`,
        },
      ]
  }
}

/** Tells whom it concerns what is new about a claim, in the open transaction. Once for each. */
export const tellAboutClaim = (req: PayloadRequest, session: SessionRow, news: ClaimNews): Promise<void> => {
  if (!session.claim) throw new Error(`Session ${session.reference} has no claim to tell about.`)
  return recordSessionMessages(req, session, messagesOf(session, session.claim, news))
}
