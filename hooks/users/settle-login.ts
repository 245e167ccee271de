import type { CollectionAfterLoginHook, CollectionAfterOperationHook } from 'payload'
import { settleLogin } from '#accounts/settle-login'
import { waitingLoginOf } from '#database/waiting-logins'

/** Whoever still has to show a second factor is not in yet. */
export const settleCompleteLogin: CollectionAfterLoginHook = async ({ req, user }) => {
  if (!waitingLoginOf(req)) await settleLogin(req, user)
  return user
}

/**
 * A login that waits is answered with a token that opens nothing but the way on, and without the user. Payload has made it the user of the request by then, and
 * whatever else a GraphQL document asks for would be done as them.
 */
export const answerWaitingLogin: CollectionAfterOperationHook<'users'> = ({ operation, req, result }) => {
  const waiting = operation === 'login' ? waitingLoginOf(req) : undefined
  if (!waiting || typeof result !== 'object' || result === null) return result
  req.user = null
  const { token, waitsFor, expiresAt } = waiting
  return Object.assign(result, { token, exp: Math.floor(expiresAt / 1_000), user: null, waitsFor })
}
