import type { CollectionAfterLoginHook } from 'payload'
import { storeLastLogin } from '#accounts/login-queries'

/** When somebody was last here. */
export const recordLogin: CollectionAfterLoginHook = async ({ req, user }) => {
  await storeLastLogin(req, String(user.id))
  return user
}
