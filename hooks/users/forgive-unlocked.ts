import type { CollectionAfterOperationHook } from 'payload'
import { forgiveAccount } from '#access/login-guards'
import { loginAccountOf } from '#accounts/guard-login'

/** Staff unlock an account: nobody is kept waiting any more for having failed to log in to it. */
export const forgiveUnlocked: CollectionAfterOperationHook<'users'> = async ({ args, operation, result }) => {
  if (operation === 'unlock' && typeof args.data.email === 'string')
    await forgiveAccount(loginAccountOf(args.data.email))
  return result
}
