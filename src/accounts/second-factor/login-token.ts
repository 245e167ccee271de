import { getFieldsToSign, jwtSign, type PayloadRequest } from 'payload'
import { generateExpiredPayloadCookie, generatePayloadCookie, parseCookies } from 'payload/shared'
import type { User } from '#payload-types'

const collectionOf = ({ payload }: PayloadRequest) => payload.collections.users.config

/** How long a session lasts unless it is prolonged, in seconds. */
export const sessionSeconds = (req: PayloadRequest): number => collectionOf(req).auth.tokenExpiration

/** What a request was sent to say who asks, in any way in which Payload takes it. Whether it means anything is not known. */
export const sentToken = ({ headers, payload }: Pick<PayloadRequest, 'headers' | 'payload'>): string | undefined => {
  const [, token] = /^(?:JWT|Bearer) (\S+)$/.exec(headers.get('authorization') ?? '') ?? []
  return token ?? parseCookies(headers).get(`${payload.config.cookiePrefix}-token`)
}

/** The token of a session, as Payload makes it. `exp` in epoch seconds. */
export const signLogin = (
  req: PayloadRequest,
  { user, sessionId }: { user: User; sessionId: string },
): Promise<{ token: string; exp: number }> =>
  jwtSign({
    fieldsToSign: getFieldsToSign({
      collectionConfig: collectionOf(req),
      email: user.email,
      sid: sessionId,
      user: { ...user, collection: 'users' },
    }),
    secret: req.payload.secret,
    tokenExpiration: sessionSeconds(req),
  })

/** Has the browser keep the token, in place of the one that it had; null: none. */
export const keepInBrowser = (req: PayloadRequest, token: string | null): void => {
  const asked = {
    collectionAuthConfig: collectionOf(req).auth,
    cookiePrefix: req.payload.config.cookiePrefix,
    returnCookieAsObject: false,
  } as const
  const cookie = token === null ? generateExpiredPayloadCookie(asked) : generatePayloadCookie({ ...asked, token })
  req.responseHeaders ??= new Headers()
  req.responseHeaders.append('Set-Cookie', String(cookie))
}
