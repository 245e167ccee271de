import type { PayloadRequest } from 'payload'
import { bookingSettings } from '#availability/booking-settings'
import type { Actor } from '#shared/actor'
import { requireLockedSession } from './change/change-session'
import { decideAction, type SessionAction } from './decide-actions'
import { askedOfSession } from './present-session'
import type { SessionRow } from './session-queries'

/**
 * Refuses what the actor may not do with a session at this moment: all that `actions` does not list for them.
 * @throws DomainError `forbidden`, `illegal_transition`, `outside_policy`.
 */
export const requireAction = async (
  req: PayloadRequest,
  session: SessionRow,
  { action, actor }: { action: SessionAction; actor: Pick<Actor, 'role'> },
): Promise<void> => {
  const refusal = decideAction(
    action,
    askedOfSession(session, { actor, settings: await bookingSettings(req), now: Date.now() }),
  )
  if (refusal) throw refusal
}

/**
 * Locks a session with which the actor may do this now, and answers it as it stands. Call it inside a transaction.
 * @throws DomainError `not_found`, and as `requireAction`.
 */
export const lockSessionToAct = async (
  req: PayloadRequest,
  args: { sessionId: string; action: SessionAction; actor: Actor },
): Promise<SessionRow> => {
  const session = await requireLockedSession(req, args.sessionId)
  await requireAction(req, session, args)
  return session
}
