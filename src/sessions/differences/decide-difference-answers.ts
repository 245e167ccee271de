import type { DifferenceRow } from '#calendar/differences/difference-queries'
import { type DifferenceDecision, differenceDecisions } from '#calendar/entries/event-states'

type Asked = Pick<DifferenceRow, 'kind' | 'status' | 'sessionStatus' | 'startsAt' | 'endsAt' | 'externalStartsAt'>

/** What the consultant can answer at `now` (epoch milliseconds), in the order in which it is offered. */
export const decideDifferenceAnswers = (difference: Asked, now: number): readonly DifferenceDecision[] => {
  if (difference.sessionStatus !== 'scheduled' || now >= difference.endsAt) return []
  if (difference.status === 'proposed') return ['put_back']
  if (difference.status !== 'open') return []
  const all: readonly DifferenceDecision[] = differenceDecisions[difference.kind]
  // A whole day, or the past, is no time to propose.
  const canPropose = (difference.externalStartsAt ?? 0) > now
  return all.filter((decision) => decision !== 'propose' || canPropose)
}

/** Until when (epoch milliseconds) the customer can answer a proposal: one of its two times is over then, and there is no choice left. */
export const decideProposalDeadline = ({
  startsAt,
  externalStartsAt,
}: Pick<Asked, 'startsAt' | 'externalStartsAt'>): number => Math.min(startsAt, externalStartsAt ?? startsAt)

/** What becomes of a proposal at `now`: it can be answered, it was (or was taken back), or the time for it is over. */
export const decideProposal = (difference: Asked, now: number): 'open' | 'answered' | 'over' => {
  if (difference.status !== 'proposed' || difference.sessionStatus !== 'scheduled') return 'answered'
  return now < decideProposalDeadline(difference) ? 'open' : 'over'
}
