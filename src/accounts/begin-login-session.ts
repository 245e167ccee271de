import { AuthenticationError, getFieldsToSign, jwtSign, type PayloadRequest } from 'payload'
import { addSessionToUser, generatePayloadCookie } from 'payload/shared'
import type { User } from '#payload-types'
import { withTransaction } from '#database/transactions'
import { waitingLoginOf } from '#database/waiting-logins'
import { storeProof } from './login-session-queries'

/** Whether somebody is in from now on, or has to show a second factor first, and the cookie by which their browser is known as either. */
export type BegunLogin = { user: User; cookie: string; isWaiting: boolean }

/**
 * Logs somebody in whom something other than their password has shown to be the owner of this account: what Payload's login does after
 * the password was right, with the same hooks, so that nobody gets in here who would be refused there.
 * @param provedAt when they showed who they are, in epoch milliseconds; null when nobody knows; undefined for now.
 * @throws AuthenticationError for an account that nobody may log in to.
 */
export const beginLoginSession = (
  from: PayloadRequest,
  userId: string,
  provedAt?: number | null,
): Promise<BegunLogin> =>
  withTransaction(from, async (req) => {
    const { payload } = req
    const { config } = payload.collections.users
    const context = { collection: config, context: req.context, req }
    const user = await payload.db.findOne<User>({ collection: 'users', req, where: { id: { equals: userId } } })
    if (!user) throw new AuthenticationError(req.t)
    for (const refuse of config.hooks.beforeLogin) await refuse({ ...context, user })
    const { sid } = await addSessionToUser({
      collectionConfig: config,
      payload,
      req,
      user: Object.assign(user, { collection: 'users' as const }),
    })
    const fieldsToSign = getFieldsToSign({
      collectionConfig: config,
      email: user.email,
      user: Object.assign(user, { collection: 'users' as const }),
      ...(sid === undefined ? {} : { sid }),
    })
    const waiting = waitingLoginOf(req)
    // Whoever has to show a second factor proves by that who they are.
    if (sid !== undefined && !waiting && provedAt !== undefined) {
      await storeProof(req, { userId, sessionId: sid, provedAt })
    }
    const { token } =
      waiting ??
      (await jwtSign({
        fieldsToSign,
        secret: payload.secret,
        tokenExpiration: config.auth.tokenExpiration,
      }))
    for (const follow of config.hooks.afterLogin) await follow({ ...context, token, user })
    const { cookiePrefix } = payload.config
    const cookie = generatePayloadCookie({ collectionAuthConfig: config.auth, cookiePrefix, token })
    return { user, cookie, isWaiting: waiting !== undefined }
  })
