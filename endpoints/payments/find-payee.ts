import type { PayloadRequest } from 'payload'
import { ownConsultantId } from '#access/own-records'
import { isStaff } from '#access/roles'
import { findConsultantId } from '#payments/account/payout-account-queries'
import { DomainError } from '#shared/errors'
import type { Caller } from '../support/caller'
import { refuseGuess } from '../support/find-record'
import { requireLogin } from '../support/require-login'

/**
 * The consultant whose payouts are meant: the caller's own profile, or whom staff name.
 * @param wanted slug or id; a consultant may name themselves, and finds nobody else.
 * @returns the profile's id.
 * @throws DomainError `unauthenticated`, `forbidden` for who is neither, `invalid_request` when staff name nobody, `not_found`.
 */
export const findPayee = async (req: PayloadRequest, caller: Caller, wanted: string | undefined): Promise<string> => {
  requireLogin(caller)
  const own = await ownConsultantId(req)
  if (wanted === undefined) {
    if (own !== undefined) return own
    if (!isStaff(req)) throw new DomainError('forbidden', 'Only consultants are paid out to.')
    throw new DomainError('invalid_request', 'Say which consultant is meant.', {
      errors: [{ path: 'consultant', message: 'is required for staff' }],
    })
  }
  if (own === undefined && !isStaff(req)) throw new DomainError('forbidden', 'Only consultants are paid out to.')
  const found = await findConsultantId(req, wanted)
  if (found === undefined || !(found === own || isStaff(req))) return refuseGuess(caller, 'consultant')
  return found
}
