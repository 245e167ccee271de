import type { PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import { isFreshSession } from '../login-session-queries'
import { refuseOldLogin } from '../require-fresh-login'
import { sessionIdOf } from '../session-id-of'
import { sentToken } from './login-token'
import { findWaitingLogin, type WaitingLogin } from './waiting-login-queries'

/** Somebody who is logged in, or who would be if they had a second factor. */
export type FactorOwner = {
  id: string
  email: string
  /** What they are logged in by: the id of the session, or of the waiting login. */
  loginId: string
  /** What it waits for, where it does. */
  waiting: WaitingLogin | undefined
}

/** Who asks, logged in or on the way there. @throws DomainError `unauthenticated`. */
export const findFactorOwner = async (req: PayloadRequest): Promise<FactorOwner> => {
  const { user } = req
  if (user?.collection === 'users') {
    return { id: user.id, email: user.email, loginId: sessionIdOf(req) ?? '', waiting: undefined }
  }
  const waiting = await waitingLoginIn(req)
  if (!waiting) throw new DomainError('unauthenticated', 'Log in to do that.')
  return { id: waiting.userId, email: waiting.email, loginId: waiting.id, waiting }
}

/** The login of a request that waits; undefined when there is none, or when it has run out. */
export const waitingLoginIn = async (
  req: Pick<PayloadRequest, 'headers' | 'payload'>,
): Promise<WaitingLogin | undefined> => {
  const token = sentToken(req)
  // Tokens of sessions have points in them.
  return token === undefined || token.includes('.') ? undefined : findWaitingLogin(req.payload, token)
}

/** Whether they have logged in a short while ago, or have to set something up to go on. */
export const mayChangeFactors = async (req: PayloadRequest, { id, loginId, waiting }: FactorOwner): Promise<boolean> =>
  waiting ? waiting.waitsFor === 'enrolment' : isFreshSession(req, id, loginId)

/**
 * Who may change what they prove themselves with.
 * @throws DomainError `unauthenticated`, `second_factor_required`, `fresh_login_required`.
 */
export const requireFactorOwner = async (req: PayloadRequest): Promise<FactorOwner> => {
  const owner = await findFactorOwner(req)
  if (await mayChangeFactors(req, owner)) return owner
  if (!owner.waiting) return refuseOldLogin()
  throw new DomainError('second_factor_required', 'Show the second factor that you have first.')
}
