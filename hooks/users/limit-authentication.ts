import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'
import { enforceLimit, type LimitName } from '#access/rate-limits'
import { isStaff } from '#access/roles'
import { DomainError } from '#shared/errors'

/** Operations that guess, that cost a password hash, or that make us send a mail to somebody. */
const limitOf: Readonly<Partial<Record<string, LimitName>>> = {
  login: 'login',
  unlock: 'login',
  create: 'mail',
}

const enforce = async (req: PayloadRequest, limit: LimitName, address: string): Promise<void> => {
  try {
    await enforceLimit(limit, { user: null, address })
  } catch (error) {
    if (error instanceof DomainError && error.retryAfter) {
      req.responseHeaders ??= new Headers()
      req.responseHeaders.set('Retry-After', String(error.retryAfter))
    }
    throw error
  }
}

/**
 * Bounds logins per address, before any password is hashed; whoever is logged in is no exception, as anybody can register. Staff make and unlock
 * the accounts of others as often as they have to.
 */
export const limitAuthentication: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const limit = limitOf[operation]
  if (!limit || req.payloadAPI === 'local' || (operation !== 'login' && isStaff(req))) return args
  await enforce(req, limit, req.headers.get('x-forwarded-for') ?? 'unknown')
  return args
}
