import type { PayloadRequest } from 'payload'
import { findSessionByReference, type SessionRow } from '#sessions/session-queries'
import { decideActor } from '#access/decide-actor'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import type { Caller } from './caller'
import { enforceLimit } from '#access/rate-limits'

/** A wrong token, a missing one and a wrong reference all look the same, and count as a guess. */
export const refuseGuess = async (caller: Caller, what: string): Promise<never> => {
  await enforceLimit('guess', caller)
  throw new DomainError('not_found', `There is no such ${what}, or the link is not valid.`)
}

/**
 * The session behind a reference and as whom the caller may deal with it.
 * @throws DomainError `not_found` when it does not exist for them.
 */
export const findSessionFor = async (
  req: PayloadRequest,
  caller: Caller,
  reference: string,
): Promise<{ session: SessionRow; actor: Actor }> => {
  const session = await findSessionByReference(req, reference)
  const actor = session && decideActor(caller, session)
  // Of a booking whose mailed link nobody has opened the consultant has not heard.
  const isHidden = actor?.role === 'consultant' && session?.emailConfirmBy !== null
  return session && actor && !isHidden ? { session, actor } : refuseGuess(caller, 'session')
}
