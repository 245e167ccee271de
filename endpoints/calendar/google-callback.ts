import { z } from 'zod'
import { connectGoogle, type ConnectOutcome } from '#calendar/google/connect-google'
import { settings } from '#settings'
import { isSameSecret } from '#shared/ids'
import type { Answer } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { consentCookie, consentCookieHeader, consentHeaders } from './connect-google'

const backToPage = (outcome: ConnectOutcome | 'denied'): Answer => ({
  status: 302,
  headers: {
    Location: `${settings.serverUrl}/admin/my-calendar?outcome=${outcome}`,
    'Set-Cookie': consentCookieHeader('', 0),
  },
})

const cookieOf = (headers: Headers): string =>
  new RegExp(`(?:^|;\\s*)${consentCookie}=([\\w-]*)`).exec(headers.get('cookie') ?? '')?.[1] ?? ''

export const googleCallbackEndpoint = defineEndpoint({
  method: 'get',
  path: '/calendar/google/callback',
  operationId: 'googleCalendarCallback',
  tag: 'Calendar',
  summary: 'Where Google leads back to',
  description: 'Works once, in the browser in which the consent was begun, within ten minutes.',
  query: z.object({
    state: z.string().max(512).optional(),
    code: z.string().max(2_048).optional(),
    error: z.string().max(256).optional(),
  }),
  answers: { 302: { description: 'To `/admin/my-calendar`, with the outcome', headers: consentHeaders } },
  refusals: [],
  limit: 'change',
  handle: async ({ req, query: { state, code, error } }) => {
    const begun = cookieOf(req.headers)
    if (state === undefined || begun === '' || !isSameSecret(state, begun)) return backToPage('expired')
    if (error !== undefined || code === undefined)
      return backToPage(error === 'access_denied' ? 'denied' : 'google_failed')
    return backToPage(await connectGoogle(req, { state, code }))
  },
})
