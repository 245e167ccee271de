import { createHash } from 'node:crypto'
import { z } from 'zod'
import { settings } from '#settings'
import { hasOutcome } from '../calendar-error'
import type { CalendarTokens } from '../calendar-provider'
import { GoogleError } from './google-error'
import { googleFetch, googleTimeoutMs } from './google-fetch'

/** The smallest scopes that do: write sessions to calendars of one's own, list calendars, ask when others are busy. */
export const calendarScopes = [
  'https://www.googleapis.com/auth/calendar.events.owned',
  'https://www.googleapis.com/auth/calendar.calendarlist.readonly',
  'https://www.googleapis.com/auth/calendar.freebusy',
] as const

/** Whether Google calendars can be connected in this installation. */
export const isGoogleConfigured = (): boolean => settings.google.clientId !== undefined

const hosts = () => {
  const { apiBase } = settings.google
  return apiBase === undefined
    ? {
        consent: 'https://accounts.google.com',
        token: 'https://oauth2.googleapis.com',
        account: 'https://openidconnect.googleapis.com',
      }
    : { consent: apiBase, token: apiBase, account: apiBase }
}

const client = () => {
  const { clientId, clientSecret } = settings.google
  if (clientId === undefined || clientSecret === undefined) throw new Error('GOOGLE_CLIENT_ID is not set.')
  return { client_id: clientId, client_secret: clientSecret }
}

export const redirectUri = (): string => `${settings.serverUrl}/api/calendar/google/callback`

/** Where a person allows what we ask for. Offline, because we write when they are not there. */
export const consentUrl = ({ state, codeVerifier }: { state: string; codeVerifier: string }): string => {
  const url = new URL('/o/oauth2/v2/auth', hosts().consent)
  url.search = new URLSearchParams({
    client_id: client().client_id,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: ['openid', 'email', ...calendarScopes].join(' '),
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'true',
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  return url.href
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().default(''),
})

const askForTokens = async (
  operation: string,
  form: Record<string, string>,
  timeoutMs = googleTimeoutMs,
): Promise<CalendarTokens> => {
  const askedAt = Date.now()
  const body = await googleFetch(
    operation,
    `${hosts().token}/token`,
    { method: 'POST', body: new URLSearchParams({ ...client(), ...form }) },
    timeoutMs,
  )
  const parsed = tokenAnswer.safeParse(body)
  if (!parsed.success) throw new GoogleError(operation, { outcome: 'unknown', status: 200, reason: 'malformed' })
  const { access_token, refresh_token, expires_in, scope } = parsed.data
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresAt: askedAt + expires_in * 1_000,
    scopes: scope.split(' ').filter(Boolean),
  }
}

/** @throws GoogleError; `needs_reauth` when the code was used, has ended or belongs to somebody else's beginning. */
export const exchangeCode = (code: string, codeVerifier: string): Promise<CalendarTokens> =>
  askForTokens('token exchange', {
    grant_type: 'authorization_code',
    code,
    code_verifier: codeVerifier,
    redirect_uri: redirectUri(),
  })

/** @throws GoogleError; only `needs_reauth` is final. */
export const refreshTokens = (refreshToken: string, timeoutMs?: number): Promise<CalendarTokens> =>
  askForTokens('token refresh', { grant_type: 'refresh_token', refresh_token: refreshToken }, timeoutMs)

/** Ends what a person allowed. One that has ended already is as good. @throws GoogleError when that is not known. */
export const revokeToken = async (token: string): Promise<void> => {
  try {
    await googleFetch('token revocation', `${hosts().token}/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    })
  } catch (error) {
    if (!hasOutcome(error, 'refused', 'forbidden', 'gone')) throw error
  }
}

const account = z.object({ sub: z.string().min(1), email: z.string().min(3) })

/** Whose account it is. @throws GoogleError */
export const readAccount = async (accessToken: string): Promise<{ id: string; email: string }> => {
  const body = await googleFetch('userinfo', `${hosts().account}/v1/userinfo`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  })
  const parsed = account.safeParse(body)
  if (!parsed.success) throw new GoogleError('userinfo', { outcome: 'unknown', status: 200, reason: 'malformed' })
  return { id: parsed.data.sub, email: parsed.data.email }
}
