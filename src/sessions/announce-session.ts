import type { PayloadRequest } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { announce } from '#events/announce'
import { sessionRow } from './session-states'

type Written = Pick<ScheduledSession, 'id' | 'reference' | 'status' | 'startsAt' | 'statusHistory'>

const about = ({ id, reference }: Written) => ({ sessionId: id, reference })
/** Every change of state or time adds a line. */
const occurrence = ({ statusHistory }: Written): number => statusHistory?.length ?? 0

/** Announces a new session, and the state that it begins in. */
export const announceNewSession = async (req: PayloadRequest, session: Written): Promise<void> => {
  await announce(req, 'session.created', about(session))
  const { event } = sessionRow(session.status)
  if (event !== null) await announce(req, event, about(session), occurrence(session))
}

/** Announces what a write has made of a session: another state, or another time. */
export const announceSessionChange = async (
  req: PayloadRequest,
  session: Written,
  before: Pick<Written, 'status' | 'startsAt'>,
): Promise<void> => {
  const { event } = sessionRow(session.status)
  const isMoved = Date.parse(session.startsAt) !== Date.parse(before.startsAt)
  if (session.status !== before.status) {
    if (event !== null) await announce(req, event, about(session), occurrence(session))
  } else if (isMoved) await announce(req, 'session.rescheduled', about(session), occurrence(session))
}
