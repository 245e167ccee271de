import type { PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import type { User } from '#payload-types'
import { sessionSeconds, signLogin } from './login-token'
import { openWaitingLogin, type WaitingLogin } from './waiting-login-queries'

/** Somebody who is in. `exp` in epoch seconds. */
export type OpenedSession = { user: User; sessionId: string; token: string; exp: number }

/**
 * Makes a session of a waiting login, with another id and another token than it had, within the open transaction and under the lock of the account.
 * @throws DomainError `unauthenticated` when the waiting login is over.
 */
export const openSession = async (req: PayloadRequest, waiting: WaitingLogin): Promise<OpenedSession> => {
  const { id, userId } = waiting
  const sessionId = await openWaitingLogin(req, { id, userId, seconds: sessionSeconds(req) })
  if (sessionId === undefined) throw new DomainError('unauthenticated', 'That took too long. Log in again.')
  const user = await req.payload.findByID({ collection: 'users', id: userId, depth: 0, req })
  return { user, sessionId, ...(await signLogin(req, { user, sessionId })) }
}
