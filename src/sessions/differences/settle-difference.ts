import type { PayloadRequest } from 'payload'
import {
  type DifferenceRow,
  findDifference,
  lockDifference,
  storeDifferenceState,
} from '#calendar/differences/difference-queries'
import { putEventBack } from '#calendar/entries/event-queries'
import type { DifferenceDecision } from '#calendar/entries/event-states'
import { differenceMessageData } from '#calendar/differences/tell-about-difference'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { recordSessionMessages } from '../messages/record-session-messages'
import { actAs } from '#access/act-as'
import { cancelSession } from '../cancel-session'
import { requireLockedSession } from '../change/change-session'
import type { SessionRow } from '../session-queries'
import { decideDifferenceAnswers, decideProposal } from './decide-difference-answers'

const noSuch = () => new DomainError('not_found', 'There is no such difference, or the link is not valid.')

const lockBoth = async (
  req: PayloadRequest,
  differenceId: string,
): Promise<{ difference: DifferenceRow; session: SessionRow }> => {
  const found = await findDifference(req, differenceId)
  if (!found) throw noSuch()
  const session = await requireLockedSession(req, found.sessionId)
  const difference = await lockDifference(req, differenceId)
  if (!difference) throw noSuch()
  return { difference, session }
}

const putBack = async (req: PayloadRequest, difference: DifferenceRow): Promise<void> => {
  if (difference.calendarEventId !== null) await putEventBack(req, difference.calendarEventId)
}

const propose = async (req: PayloadRequest, difference: DifferenceRow, session: SessionRow): Promise<void> =>
  recordSessionMessages(req, session, [
    { kind: 'time_proposed', audience: 'customer', data: differenceMessageData(difference), occasion: difference.id },
  ])

/**
 * Carries out what an expert decided about a difference between their calendar and Parley. Deciding twice does the first only.
 * @throws DomainError `not_found`, `illegal_transition` when it was decided already or that is no answer to it.
 */
export const settleDifference = async (
  req: PayloadRequest,
  { differenceId, decision, actor }: { differenceId: string; decision: DifferenceDecision; actor: Actor },
): Promise<void> => {
  const { difference, session } = await lockBoth(req, differenceId)
  if (!decideDifferenceAnswers(difference, Date.now()).includes(decision)) {
    throw new DomainError('illegal_transition', 'That is decided already, or it is no answer to this any more.')
  }
  const decidedBy = actor.id
  switch (decision) {
    case 'put_back':
      await storeDifferenceState(req, difference.id, { status: 'put_back', decidedBy })
      return putBack(req, difference)
    case 'keep':
      return storeDifferenceState(req, difference.id, { status: 'kept', decidedBy })
    case 'propose':
      await storeDifferenceState(req, difference.id, { status: 'proposed', decidedBy })
      return propose(req, difference, session)
    case 'cancel':
      await storeDifferenceState(req, difference.id, { status: 'cancelled', decidedBy })
      await cancelSession(req, { sessionId: session.id, actor, reason: 'Not possible at that time any more' })
      return
  }
}

/** The consultant made the move when they proposed it, so the customer's limits for moving do not count against it. */
const moveTo = (req: PayloadRequest, difference: DifferenceRow, session: SessionRow) => {
  const start = difference.externalStartsAt ?? session.startsAt
  const consultant: Actor = { role: 'consultant', id: difference.consultantUserId }
  return req.payload.update({
    collection: 'scheduled-sessions',
    id: session.id,
    data: {
      startsAt: new Date(start).toISOString(),
      outsideOfferedTimes: { reason: 'The time was chosen in the calendar.' },
    },
    depth: 0,
    context: actAs(consultant, 'Proposed by the consultant, accepted by the customer'),
    req,
  })
}

/** Why a proposal cannot be answered any more. */
const proposalEnds = {
  answered: 'This proposal was answered already, or does not stand any more.',
  over: 'The time to answer this proposal is over. The session stays at the agreed time.',
} as const

/**
 * Carries out the customer's answer to a proposed time: the session moves there, or the calendar is put right.
 * @throws DomainError `not_found`; `illegal_transition` when it was answered, or its time is over; `slot_taken` when that time is gone.
 */
export const answerProposal = async (
  req: PayloadRequest,
  { differenceId, isAccepted }: { differenceId: string; isAccepted: boolean },
): Promise<void> => {
  const { difference, session } = await lockBoth(req, differenceId)
  const stands = decideProposal(difference, Date.now())
  if (stands !== 'open') throw new DomainError('illegal_transition', proposalEnds[stands])
  if (isAccepted) {
    await storeDifferenceState(req, difference.id, { status: 'moved', decidedBy: session.customerId })
    await moveTo(req, difference, session)
    return
  }
  await storeDifferenceState(req, difference.id, { status: 'put_back', decidedBy: session.customerId })
  await putBack(req, difference)
  await recordSessionMessages(req, session, [
    {
      kind: 'proposal_declined',
      audience: 'consultant',
      data: differenceMessageData(difference),
      occasion: difference.id,
    },
  ])
}
