import { parseCookies } from 'payload/shared'
import { settings } from '#settings'

const name = 'parley-openid'

/** Binds a sign-in to the browser in which it was begun. An empty value takes it away. */
export const openidCookie = (value: string, maxAgeSeconds: number): string =>
  [
    `${name}=${value}`,
    'Path=/api/account/openid',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    // The provider leads back by a link, with which Lax cookies go along.
    'SameSite=Lax',
    ...(settings.serverUrl.startsWith('https:') ? ['Secure'] : []),
  ].join('; ')

export const openidCookieOf = (headers: Headers): string | undefined => parseCookies(headers).get(name)
