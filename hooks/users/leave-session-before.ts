import type { CollectionAfterLoginHook, CollectionBeforeOperationHook } from 'payload'
import { endLoginSession } from '#accounts/login-session-queries'
import { type BrowserSession, browserSessionOf } from '#accounts/session-id-of'

declare module 'payload' {
  interface RequestContext {
    /** What the browser had when it began to log in; null for nothing. */
    sessionBefore?: BrowserSession | null
  }
}

/**
 * A browser in which somebody logs in again keeps the new session alone, and the one from before ends: nobody could end it there any more, and whoever
 * has stolen it would go on. By the time the new one is opened Payload has made it that of the request, so the old one is noted before; once, as one
 * GraphQL document may log in more than once.
 */
export const noteSessionBefore: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation === 'login' && req.context.sessionBefore === undefined)
    req.context.sessionBefore = browserSessionOf(req)
  return args
}

/** Also by a login that waits for its second factor: its cookie has taken the place of the one from before. */
export const leaveSessionBefore: CollectionAfterLoginHook = async ({ req, user }) => {
  const { sessionBefore } = req.context
  if (sessionBefore) await endLoginSession(req, sessionBefore.userId, sessionBefore.sessionId)
  return user
}
