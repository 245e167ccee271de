import type { Payload } from 'payload'
import { loginAccountOf } from '#accounts/guard-login'
import { resetFactors } from '#accounts/second-factor/reset-factors'
import { StartError } from './exit-with-line'
import { logger } from './logger'

/**
 * Takes the second factors from the login of an address, as staff can in the admin.
 * @returns what to tell whoever asked. @throws StartError when nobody has that address.
 */
export const resetByAddress = async (payload: Payload, email: string): Promise<string> => {
  const where = { email: { equals: loginAccountOf(email) } }
  const { docs } = await payload.find({ collection: 'users', where, limit: 1, depth: 0 })
  const [user] = docs
  if (!user) throw new StartError(`There is no user ${email}.`)
  const removed = await resetFactors(payload, user.id)
  logger.info({ user: user.id, removed, msg: 'Second factors were reset from the command line' })
  return removed
    ? `${email} has no second factor any more, and is logged out everywhere. A mail tells them.`
    : `${email} has no second factor. Nothing was changed.`
}
