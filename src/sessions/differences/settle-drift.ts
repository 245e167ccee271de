import type { PayloadRequest } from 'payload'
import { type DriftRow, findDrift, lockDrift, storeDriftState } from '#calendar/differences/drift-queries'
import { putEventBack } from '#calendar/entries/event-queries'
import { type DriftDecision, driftDecisions } from '#calendar/entries/event-states'
import { driftMessageData } from '#calendar/differences/tell-about-drift'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { recordSessionMessages } from '../messages/record-session-messages'
import { actAs } from '#access/act-as'
import { cancelSession } from '../cancel-session'
import { requireLockedSession } from '../change/change-session'
import type { SessionRow } from '../session-queries'

const noSuch = () => new DomainError('not_found', 'There is no such difference, or the link is not valid.')

const lockBoth = async (req: PayloadRequest, driftId: string): Promise<{ drift: DriftRow; session: SessionRow }> => {
  const found = await findDrift(req, driftId)
  if (!found) throw noSuch()
  const session = await requireLockedSession(req, found.sessionId)
  const drift = await lockDrift(req, driftId)
  if (!drift) throw noSuch()
  return { drift, session }
}

/** What can be answered now, in the order in which it is offered. */
export const decisionsFor = (drift: DriftRow): readonly DriftDecision[] => {
  if (drift.sessionStatus !== 'scheduled' || drift.endsAt <= Date.now()) return []
  if (drift.status === 'proposed') return ['put_back']
  if (drift.status !== 'open') return []
  const all: readonly DriftDecision[] = driftDecisions[drift.kind]
  // A whole day, or the past, is no time to propose.
  const canPropose = (drift.externalStartsAt ?? 0) > Date.now()
  return all.filter((decision) => decision !== 'propose' || canPropose)
}

const putBack = async (req: PayloadRequest, drift: DriftRow): Promise<void> => {
  if (drift.calendarEventId !== null) await putEventBack(req, drift.calendarEventId)
}

const propose = async (req: PayloadRequest, drift: DriftRow, session: SessionRow): Promise<void> =>
  recordSessionMessages(req, session, [
    { kind: 'time_proposed', audience: 'customer', data: driftMessageData(drift), occasion: drift.id },
  ])

/**
 * Carries out what an expert decided about a difference between their calendar and Parley. Deciding twice does the first only.
 * @throws DomainError `not_found`, `illegal_transition` when it was decided already or that is no answer to it.
 */
export const settleDrift = async (
  req: PayloadRequest,
  { driftId, decision, actor }: { driftId: string; decision: DriftDecision; actor: Actor },
): Promise<void> => {
  const { drift, session } = await lockBoth(req, driftId)
  if (!decisionsFor(drift).includes(decision)) {
    throw new DomainError('illegal_transition', 'That is decided already, or it is no answer to this any more.')
  }
  const decidedBy = actor.id
  switch (decision) {
    case 'put_back':
      await storeDriftState(req, drift.id, { status: 'put_back', decidedBy })
      return putBack(req, drift)
    case 'keep':
      return storeDriftState(req, drift.id, { status: 'kept', decidedBy })
    case 'propose':
      await storeDriftState(req, drift.id, { status: 'proposed', decidedBy })
      return propose(req, drift, session)
    case 'cancel':
      await storeDriftState(req, drift.id, { status: 'cancelled', decidedBy })
      await cancelSession(req, { sessionId: session.id, actor, reason: 'Not possible at that time any more' })
      return
  }
}

/** The consultant made the move when they proposed it, so the customer's limits for moving do not count against it. */
const moveTo = (req: PayloadRequest, drift: DriftRow, session: SessionRow) => {
  const start = drift.externalStartsAt ?? session.startsAt
  const consultant: Actor = { role: 'consultant', id: drift.consultantUserId }
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

/**
 * Carries out the customer's answer to a proposed time: the session moves there, or the calendar is put right.
 * @throws DomainError `not_found`; `illegal_transition` when there is nothing to answer any more; `slot_taken` when that time is gone.
 */
export const answerProposal = async (
  req: PayloadRequest,
  { driftId, isAccepted }: { driftId: string; isAccepted: boolean },
): Promise<void> => {
  const { drift, session } = await lockBoth(req, driftId)
  if (drift.status !== 'proposed' || session.status !== 'scheduled') {
    throw new DomainError('illegal_transition', 'This proposal does not stand any more.')
  }
  if (isAccepted) {
    await storeDriftState(req, drift.id, { status: 'moved', decidedBy: session.customerId })
    await moveTo(req, drift, session)
    return
  }
  await storeDriftState(req, drift.id, { status: 'put_back', decidedBy: session.customerId })
  await putBack(req, drift)
  await recordSessionMessages(req, session, [
    { kind: 'proposal_declined', audience: 'consultant', data: driftMessageData(drift), occasion: drift.id },
  ])
}
