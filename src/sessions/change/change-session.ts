import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { actAs, inOwnContext } from '#access/act-as'
import { updateWithHooks } from '#database/update-with-hooks'
import { decideSessionTransition } from '../decide-session-transition'
import { lockSession, type SessionRow } from '../session-queries'
import type { SessionState } from '../session-states'

/** Locks a session and answers its present state. Call it inside a transaction. */
export const requireLockedSession = async (req: PayloadRequest, id: string): Promise<SessionRow> => {
  const session = await lockSession(req, id)
  if (!session) throw new DomainError('not_found', 'There is no such session.')
  return session
}

/**
 * Moves a session to another state through the gate, with all its consequences. The caller holds the lock on it.
 * @throws DomainError `illegal_transition`.
 */
export const changeSessionState = async (
  req: PayloadRequest,
  args: { session: SessionRow; to: SessionState; actor: Actor; reason?: string | undefined; now: number },
): Promise<void> => {
  const { session, to, actor, reason, now } = args
  const refusal = decideSessionTransition({ from: session.status, to, role: actor.role, clock: { ...session, now } })
  if (refusal) throw refusal
  const own = inOwnContext(req)
  Object.assign(own.context, actAs(actor, reason))
  await updateWithHooks(own, { collection: 'scheduled-sessions', id: session.id, data: { status: to } })
}
