import { CodeChallengeMethod } from 'google-auth-library'
import { describe, expect, it } from 'vitest'
import {
  ada,
  ben,
  calendarScope,
  clientId,
  createOAuthClient,
  redirectUri,
  refusalOf,
  startSuite,
  type Suite,
} from './support'

const eventsScope = 'https://www.googleapis.com/auth/calendar.events'
const emailScope = 'https://www.googleapis.com/auth/userinfo.email'

const addressOf = (suite: Suite, changes: Record<string, string> = {}) =>
  suite.oauth.generateAuthUrl({
    access_type: 'offline',
    prompt: 'consent',
    scope: ['openid', 'email', eventsScope],
    state: 'the/state=1',
    ...changes,
  })

const codeIn = (address: string): string => new URL(address).searchParams.get('code') ?? ''

const consentTo = (suite: Suite, changes: Record<string, string> = {}, email = ada): string =>
  codeIn(suite.control.answerConsent(addressOf(suite, changes), { decision: 'allow', email }))

/** A refusal of the token endpoint and its neighbours. */
const faultOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call
  } catch (error) {
    const { response } = error as { response?: { status: number; data: { error: string; error_description: string } } }
    return { status: response?.status, ...response?.data }
  }
  throw new Error('The call was not refused.')
}

const submit = (suite: Suite, fields: [string, string][], headers: Record<string, string> = {}) => {
  const form = new URLSearchParams(new URL(addressOf(suite)).searchParams)
  for (const [name, value] of fields) form.append(name, value)
  return fetch(`${suite.url}/o/oauth2/v2/auth`, { method: 'POST', body: form, redirect: 'manual', headers })
}

describe('the consent page', () => {
  it('offers the people and each permission, and says who asks', async () => {
    const suite = await startSuite()
    const response = await fetch(addressOf(suite, { login_hint: ben }))
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toContain('localhost:3000 wants access')
    expect(page).toContain(`value="${ada}" required  />`)
    expect(page).toContain(`value="${ben}" required checked />`)
    expect(page).toContain(`type="checkbox" name="granted" value="${eventsScope}" checked`)
    expect(page).not.toContain('name="granted" value="openid"')
  })

  it('leads back with a code for what stayed ticked', async () => {
    const suite = await startSuite()
    const response = await submit(suite, [
      ['person', ben],
      ['granted', eventsScope],
      ['decision', 'allow'],
    ])
    const back = new URL(response.headers.get('location') ?? '')
    expect(response.status).toBe(303)
    expect(back.href.startsWith(redirectUri)).toBe(true)
    expect(back.searchParams.get('state')).toBe('the/state=1')
    expect(back.searchParams.get('scope')).toBe(`openid ${emailScope} ${eventsScope}`)
    const { tokens } = await suite.oauth.getToken(codeIn(back.href))
    expect((await suite.oauth.getTokenInfo(tokens.access_token ?? '')).email).toBe(ben)
  })

  it('lets people untick, and the token then cannot do that', async () => {
    const suite = await startSuite()
    const address = suite.control.answerConsent(addressOf(suite), { decision: 'allow', email: ada, scopes: [] })
    const { tokens } = await suite.oauth.getToken(codeIn(address))
    expect(tokens.scope).toBe(`openid ${emailScope}`)
    suite.oauth.setCredentials(tokens)
    const listing = suite.oauth.request({ url: `${suite.url}/calendar/v3/calendars/primary/events`, retry: false })
    expect(await refusalOf(listing)).toMatchObject({ status: 403, reason: 'insufficientPermissions' })
  })

  it('leads back with access_denied', async () => {
    const suite = await startSuite()
    const response = await submit(suite, [['decision', 'deny']])
    expect(response.headers.get('location')).toBe(`${redirectUri}?state=the%2Fstate%3D1&error=access_denied`)
    expect(suite.control.answerConsent(addressOf(suite), { decision: 'deny' })).toContain('error=access_denied')
  })

  it.each([
    [{ client_id: 'another' }, 'invalid_client'],
    [{ redirect_uri: 'http://elsewhere.example/' }, 'invalid_request'],
    [{ redirect_uri: 'https://parley.example/#there' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'https://www.googleapis.com/auth/drive' }, 'invalid_scope'],
    [{ scope: '' }, 'invalid_request'],
    [{ access_type: 'always' }, 'invalid_request'],
    [{ prompt: 'none consent' }, 'invalid_request'],
    [{ code_challenge: 'A'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
    [{ colour: 'red' }, 'invalid_request'],
  ])('shows a fault for %j and leads nowhere', async (changes, code) => {
    const suite = await startSuite()
    const response = await fetch(addressOf(suite, changes), { redirect: 'manual' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(`Error 400: ${code}`)
    expect(() => consentTo(suite, changes)).toThrow(code)
  })

  it('leads back only to where the application is registered', async () => {
    const suite = await startSuite({ redirectUris: ['https://parley.example/callback'] })
    expect(await (await fetch(addressOf(suite))).text()).toContain('redirect_uri_mismatch')
    expect((await fetch(addressOf(suite, { redirect_uri: 'https://parley.example/callback' }))).status).toBe(200)
  })

  it('is not answered by a form on another site', async () => {
    const suite = await startSuite()
    const fields: [string, string][] = [
      ['person', ada],
      ['decision', 'allow'],
    ]
    expect((await submit(suite, fields, { Origin: 'https://evil.example' })).status).toBe(403)
    expect((await submit(suite, fields, { Origin: suite.url })).status).toBe(303)
  })

  it('is left out with prompt=none when everything was allowed', async () => {
    const suite = await startSuite()
    const silently = async (changes: Record<string, string>) => {
      const response = await fetch(addressOf(suite, { prompt: 'none', ...changes }), { redirect: 'manual' })
      return new URL(response.headers.get('location') ?? '').searchParams
    }
    const asBen = (changes: Record<string, string> = {}) => silently({ login_hint: ben, ...changes })
    expect((await asBen()).get('error')).toBe('login_required')
    consentTo(suite, {}, ben)
    expect((await asBen()).get('code')).toBeTruthy()
    expect((await asBen({ scope: calendarScope })).get('error')).toBe('consent_required')
  })
})

describe('a code', () => {
  it('becomes tokens once', async () => {
    const suite = await startSuite()
    const code = consentTo(suite)
    const { tokens, res } = await suite.oauth.getToken(code)
    expect(tokens).toMatchObject({ token_type: 'Bearer', scope: `openid ${emailScope} ${eventsScope}` })
    expect(tokens.access_token).toMatch(/^ya29\./)
    expect(tokens.refresh_token).toMatch(/^1\/\//)
    expect(tokens.expiry_date).toBeGreaterThan(Date.now() + 3_590_000)
    expect(res?.headers.get('cache-control')).toBe('no-store')
    expect(await faultOf(suite.oauth.getToken(code))).toEqual({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Malformed auth code.',
    })
  })

  it('is good for ten minutes', async () => {
    const suite = await startSuite()
    const code = consentTo(suite)
    suite.control.advanceClock(601_000)
    expect(await faultOf(suite.oauth.getToken(code))).toEqual({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Bad Request',
    })
  })

  it('is only good with the address that it was sent to', async () => {
    const suite = await startSuite()
    const exchange = suite.oauth.getToken({ code: consentTo(suite), redirect_uri: 'http://localhost:3000/else' })
    expect(await faultOf(exchange)).toEqual({
      status: 400,
      error: 'redirect_uri_mismatch',
      error_description: 'Bad Request',
    })
  })

  it('is only good for whoever has the verifier of the challenge', async () => {
    const suite = await startSuite()
    const { codeVerifier, codeChallenge = '' } = await suite.oauth.generateCodeVerifierAsync()
    const pkce = { code_challenge: codeChallenge, code_challenge_method: CodeChallengeMethod.S256 }
    const exchange = (verifier?: string) =>
      suite.oauth.getToken({ code: consentTo(suite, pkce), codeVerifier: verifier })
    expect(await faultOf(exchange())).toEqual({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Missing code verifier.',
    })
    expect(await faultOf(exchange(`${codeVerifier}x`))).toEqual({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Invalid code verifier.',
    })
    expect((await exchange(codeVerifier)).tokens.access_token).toBeTruthy()
    expect(await faultOf(suite.oauth.getToken({ code: consentTo(suite), codeVerifier }))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    })
  })

  it('is only exchanged for the client whose secret is known', async () => {
    const suite = await startSuite()
    const other = createOAuthClient(suite.url)
    other._clientSecret = 'another'
    expect(await faultOf(other.getToken(consentTo(suite)))).toMatchObject({ status: 401, error: 'invalid_client' })
    other._clientId = 'another'
    expect(await faultOf(other.getToken(consentTo(suite)))).toMatchObject({ status: 401, error: 'invalid_client' })
  })

  it.each([
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: 'authorization_code', colour: 'red' }, 'invalid_request'],
    [{ grant_type: 'authorization_code' }, 'invalid_request'],
    [{}, 'invalid_request'],
  ])('asked for with %j is %s', async (fields, error) => {
    const suite = await startSuite()
    const response = await fetch(`${suite.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, client_id: clientId, client_secret: 'GOCSPX-of-the-suite' }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error })
  })
})

describe('a refresh token', () => {
  it('comes with the first consent, and again only when the application insists', async () => {
    const suite = await startSuite()
    const has = async (changes: Record<string, string>) =>
      (await suite.oauth.getToken(consentTo(suite, changes, ben))).tokens.refresh_token !== undefined
    expect(await has({ prompt: 'select_account' })).toBe(true)
    expect(await has({ prompt: 'select_account' })).toBe(false)
    expect(await has({ prompt: 'consent' })).toBe(true)
    expect(await has({ prompt: 'consent', access_type: 'online' })).toBe(false)
  })

  it('brings a new access token, and stays', async () => {
    const suite = await startSuite()
    const { tokens } = await suite.oauth.getToken(consentTo(suite))
    suite.control.expireAccessTokens()
    suite.oauth.setCredentials({ refresh_token: tokens.refresh_token })
    const { credentials } = await suite.oauth.refreshAccessToken()
    expect(credentials.access_token).not.toBe(tokens.access_token)
    expect((await suite.oauth.getTokenInfo(credentials.access_token ?? '')).scopes).toContain(eventsScope)
    await suite.oauth.refreshAccessToken()
  })

  it('can be rotated: the old one ends with its use', async () => {
    const suite = await startSuite()
    const { tokens } = await suite.oauth.getToken(consentTo(suite))
    suite.control.rotateRefreshTokens()
    suite.oauth.setCredentials({ refresh_token: tokens.refresh_token })
    const rotated: string[] = []
    // The client overwrites what came with what it had: only this event tells of a new one.
    suite.oauth.on('tokens', (fresh) => rotated.push(fresh.refresh_token ?? ''))
    await suite.oauth.refreshAccessToken()
    expect(rotated).toHaveLength(1)
    expect(rotated[0]).not.toBe(tokens.refresh_token)
    expect(await faultOf(suite.oauth.refreshAccessToken())).toMatchObject({ status: 400, error: 'invalid_grant' })
    suite.oauth.setCredentials({ refresh_token: rotated[0] })
    await suite.oauth.refreshAccessToken()
  })

  it('ends when the person takes the access back', async () => {
    const suite = await startSuite()
    const { tokens } = await suite.oauth.getToken(consentTo(suite))
    suite.control.withdrawAccess(ada)
    suite.oauth.setCredentials({ refresh_token: tokens.refresh_token })
    expect(await faultOf(suite.oauth.refreshAccessToken())).toEqual({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    })
    expect(await faultOf(suite.oauth.getTokenInfo(tokens.access_token ?? ''))).toMatchObject({
      status: 400,
      error: 'invalid_token',
    })
  })

  it('is one of a hundred at most: the oldest ends without a word', async () => {
    const suite = await startSuite()
    const { refreshToken } = suite.control.grantAccess(ada, [calendarScope])
    for (let n = 0; n < 100; n++) suite.control.grantAccess(ada, [calendarScope])
    suite.oauth.setCredentials({ refresh_token: refreshToken })
    expect(await faultOf(suite.oauth.refreshAccessToken())).toMatchObject({ status: 400, error: 'invalid_grant' })
  })
})

describe('revoking', () => {
  it.each(['access_token', 'refresh_token'] as const)('by the %s ends everything', async (which) => {
    const suite = await startSuite()
    const { tokens } = await suite.oauth.getToken(consentTo(suite))
    await suite.oauth.revokeToken(tokens[which] ?? '')
    suite.oauth.setCredentials({ refresh_token: tokens.refresh_token })
    expect(await faultOf(suite.oauth.refreshAccessToken())).toMatchObject({ status: 400, error: 'invalid_grant' })
    expect(await faultOf(suite.oauth.revokeToken(tokens[which] ?? ''))).toMatchObject({
      status: 400,
      error: 'invalid_token',
    })
  })
})

describe('an access token', () => {
  it('ends after an hour', async () => {
    const suite = await startSuite()
    await suite.api.calendarList.list()
    suite.control.advanceClock(3_600_000)
    expect(await refusalOf(suite.api.calendarList.list())).toMatchObject({ status: 401, reason: 'authError' })
  })

  it('tells who somebody is, as far as they allowed', async () => {
    const suite = await startSuite()
    const infoFor = async (scopes: string[], path = '/oauth2/v3/userinfo') => {
      const { accessToken } = suite.control.grantAccess(ada, scopes)
      const response = await fetch(suite.url + path, { headers: { Authorization: `Bearer ${accessToken}` } })
      return [response.status, await response.json()]
    }
    expect(await infoFor(['openid', 'email', 'profile'])).toMatchObject([
      200,
      { email: ada, email_verified: true, name: 'Ada Ashe', given_name: 'Ada', family_name: 'Ashe' },
    ])
    expect(await infoFor(['email'], '/oauth2/v2/userinfo')).toMatchObject([200, { email: ada, verified_email: true }])
    expect(await infoFor(['openid'])).toEqual([200, { sub: expect.stringMatching(/^\d{21}$/) }])
    expect(await infoFor([calendarScope])).toMatchObject([403, { error: 'insufficient_scope' }])
  })

  it('is needed: without one, or with one that is none, nothing works', async () => {
    const suite = await startSuite()
    const url = `${suite.url}/calendar/v3/users/me/calendarList`
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(url, { headers: { Authorization: 'Bearer ya29.made-up' } })).status).toBe(401)
    expect((await fetch(`${suite.url}/oauth2/v3/userinfo`)).status).toBe(401)
  })
})
