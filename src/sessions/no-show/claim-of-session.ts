import type { NoShowObjection, SessionSide } from './decide-no-show'
import type { NoShowClaimState } from './no-show-claim-states'

/** The latest claim about a session that one side did not come. Instants are epoch milliseconds. */
export type ClaimOfSession = {
  id: string
  reference: string
  status: NoShowClaimState
  /** Who is said not to have come; the other side claims it. */
  missing: SessionSide
  /** In the words of whoever claims it. */
  statement: string | null
  /** What spoke against it when it was made. */
  objections: NoShowObjection[]
  /** In the words of the side that is said not to have come. */
  answer: string | null
  answeredAt: number | null
  /** Until when that side is asked to answer. */
  deadline: number
  raisedAt: number
  decidedAt: number | null
  /** Why operations decided so; both sides read it. */
  decisionReason: string | null
}
