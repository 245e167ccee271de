import { type CollectionBeforeOperationHook, Forbidden } from 'payload'
import { holdLoginSession } from '#accounts/login-session-queries'

/**
 * Payload takes for granted that the session which the request came with is still there when it is prolonged. One that has been ended since, or whose
 * account is gone, is refused like one that was ended before.
 */
export const holdRefreshedSession: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const { user } = req
  if (operation !== 'refresh' || !user) return args
  const sid = '_sid' in user && typeof user._sid === 'string' ? user._sid : undefined
  const isThere = sid !== undefined && (await holdLoginSession(req, String(user.id), sid))
  if (!isThere) throw new Forbidden(req.t)
  return args
}
