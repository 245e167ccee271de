import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { tellOwner } from '../tell-owner'
import { countOpenidIdentities, deleteOpenidIdentity, lockLoginWays } from './openid-identity-queries'

/**
 * Takes a provider from the ways to log in to an account, and tells its owner; the last one stays.
 * @throws DomainError `not_found`, `illegal_transition`.
 */
export const removeLoginWay = (from: PayloadRequest, userId: string, id: string): Promise<void> =>
  withTransaction(from, async (req) => {
    const { hasPassword } = await lockLoginWays(req, userId)
    const isRemoved = await deleteOpenidIdentity(req, userId, id)
    if (!isRemoved) throw new DomainError('not_found', 'Your account is not connected with that any more.')
    if (!hasPassword && (await countOpenidIdentities(req, userId)) === 0) {
      throw new DomainError(
        'illegal_transition',
        'You could not log in any more: your account has no password. Ask for a new password instead ("Forgot password"); choosing it disconnects your account as well.',
      )
    }
    await tellOwner(req, userId, 'provider_disconnected')
  })
