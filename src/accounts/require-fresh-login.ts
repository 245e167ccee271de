import type { PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import { isFreshSession } from './login-session-queries'
import { sessionIdOf } from './session-id-of'

/**
 * Asks of somebody who is logged in that they did so a short while ago, with all that a login asks for: an open browser, or a token that leaked,
 * is not enough to change how somebody logs in.
 * @throws DomainError `fresh_login_required`, also for whoever asks by anything that is no login session.
 */
export const requireFreshLogin = async (req: PayloadRequest): Promise<void> => {
  const sessionId = sessionIdOf(req)
  const isFresh = req.user && sessionId !== null && (await isFreshSession(req, String(req.user.id), sessionId))
  if (!isFresh) refuseOldLogin()
}

/** @throws DomainError `fresh_login_required`. */
export const refuseOldLogin = (): never => {
  throw new DomainError(
    'fresh_login_required',
    'Log in again to change this: it was too long ago that you did. So whoever finds an open browser cannot.',
  )
}
