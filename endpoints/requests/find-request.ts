import type { PayloadRequest } from 'payload'
import { hasRole, type UserRole } from '#access/roles'
import type { RequestAction } from '#requests/decide-request-actions'
import { findRequestByReference, type RequestRow } from '#requests/request-queries'
import { decideActor } from '#access/decide-actor'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import type { Caller } from '../support/caller'
import { refuseGuess } from '../support/find-record'

type Found = { request: RequestRow; actor: Actor }

/**
 * The request behind a reference and as whom the caller may deal with it.
 * @throws DomainError `not_found` when it does not exist for them.
 */
export const findRequestFor = async (req: PayloadRequest, caller: Caller, reference: string): Promise<Found> => {
  const request = await findRequestByReference(req, reference)
  const actor = request && decideActor(caller, request)
  return actor ? { request, actor } : refuseGuess(caller, 'request')
}

/**
 * The same for an operation of staff or consultants: who cannot be one of them is told so, whether or not there is such a request.
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`.
 */
export const findRequestForHost = async (
  req: PayloadRequest,
  caller: Caller,
  { reference, action, roles }: { reference: string; action: RequestAction; roles: readonly UserRole[] },
): Promise<Found> => {
  if (!caller.user && caller.token === null) throw new DomainError('unauthenticated', 'Log in to answer requests.')
  if (caller.user && !hasRole(req, ...roles)) {
    throw new DomainError('forbidden', `Only these can ${action} a request: ${roles.join(', ')}.`)
  }
  return findRequestFor(req, caller, reference)
}
