import { insertOAuthState } from '#calendar/connections/connection-queries'
import { consentUrl, isGoogleConfigured } from '#calendar/google/oauth'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { createToken, hashToken } from '#shared/ids'
import { defineEndpoint } from '../support/define-endpoint'
import { findActingConsultant } from '../support/find-consultant'

/** Binds a consent to the browser in which it was begun: the callback must come back with it. */
export const consentCookie = 'parley-calendar-consent'

export const consentCookieHeader = (value: string, maxAgeSeconds: number): string =>
  [
    `${consentCookie}=${value}`,
    'Path=/api/calendar/google',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    // Google leads back by a link, with which Lax cookies go along.
    'SameSite=Lax',
    ...(settings.serverUrl.startsWith('https:') ? ['Secure'] : []),
  ].join('; ')

/** What the redirects there and back carry. */
export const consentHeaders = { Location: 'Where to go on', 'Set-Cookie': 'Binds the consent to the browser' } as const

export const connectGoogle = defineEndpoint({
  method: 'get',
  path: '/calendar/google/connect',
  operationId: 'connectGoogleCalendar',
  tag: 'Calendar',
  summary: 'Connect a Google calendar',
  description: "Leads a consultant to Google's consent page, and back to `/admin/my-calendar`.",
  security: 'login',
  answers: { 302: { description: 'To Google', headers: consentHeaders } },
  refusals: ['invalid_request', 'unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller }) => {
    const consultantId = await findActingConsultant(req, undefined)
    if (!isGoogleConfigured()) {
      throw new DomainError('unavailable', 'Google calendars are not set up here. Ask operations.')
    }
    const [state, codeVerifier] = [createToken(), createToken()]
    const userId = caller.user?.id ?? ''
    await insertOAuthState(req, { stateHash: hashToken(state), userId, consultantId, codeVerifier })
    return {
      status: 302,
      headers: { Location: consentUrl({ state, codeVerifier }), 'Set-Cookie': consentCookieHeader(state, 600) },
    }
  },
})
