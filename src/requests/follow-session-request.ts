import type { SessionConsequence } from '#sessions/change/follow-session-change'
import { systemActor } from '#shared/actor'
import { writeRequest } from './change/change-request'
import { decideRequestTransition } from './decide-request-transition'
import { lockRequest } from './request-queries'
import type { RequestState } from './request-states'
import { sessionRow, type SessionState } from '#sessions/session-states'

/** The state of a request whose session is in a certain state; undefined while the session still waits for something. */
const requestStateFor = (session: SessionState): RequestState | undefined => {
  switch (sessionRow(session).phase) {
    case 'live':
      return 'scheduled'
    case 'past':
      return 'completed'
    case 'called_off':
      return 'cancelled'
    case 'waiting':
      return undefined
  }
}

/**
 * A request follows its session: cancelled with it, completed with it, and on again when a late payment brings it back. Where it
 * cannot follow (operations have deleted or ended it), the session is not held up.
 */
export const followSessionRequest: SessionConsequence = async (req, session) => {
  const to = requestStateFor(session.status)
  if (session.requestId === null || to === undefined) return undefined
  const request = await lockRequest(req, session.requestId)
  if (!request || request.status === to) return undefined
  if (decideRequestTransition({ from: request.status, to, role: systemActor.role })) return undefined
  await writeRequest(req, {
    id: request.id,
    data: { status: to },
    actor: systemActor,
    reason: `its session is ${session.status.replaceAll('_', ' ')}`,
  })
  return undefined
}
