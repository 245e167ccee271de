import { isStaff } from '#access/roles'
import type { PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import type { Caller } from '../support/caller'
import { requireLogin } from '../support/require-login'

/** @throws DomainError `unauthenticated`, `forbidden`. */
export const requireStaff = (req: PayloadRequest, caller: Caller): void => {
  requireLogin(caller)
  if (!isStaff(req)) throw new DomainError('forbidden', 'This is for staff alone.')
}
