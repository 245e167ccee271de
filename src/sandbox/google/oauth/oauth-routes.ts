import type { StoredToken } from '../records'
import { nowOf, type World } from '../world'
import { exchangeToken } from './exchange-token'
import { OAuthRefusal } from './oauth-refusal'
import { hasEmailScope, hasProfileScope } from './scopes'
import { findAccessToken, withdrawGrant } from './tokens'

/** What a call of an endpoint of OAuth brings along. */
export type OAuthCall = { form: URLSearchParams; query: URLSearchParams; authorization: string | null }

export type OAuthRoute = {
  method: 'GET' | 'POST'
  path: string
  operation: string
  /** Answers, and says on whose behalf. @throws OAuthRefusal */
  handle: (world: World, call: OAuthCall) => { body: object; account: string | null }
}

const bearerOf = (authorization: string | null): string | undefined => /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]

const token = (world: World, { form, authorization }: OAuthCall) => {
  const answer = exchangeToken(world, form, authorization)
  return { body: answer, account: world.tables.accessTokens.get(answer.access_token)?.email ?? null }
}

/** Google takes an access token or a refresh token; either ends everything. */
const revoke = (world: World, { form, query }: OAuthCall) => {
  const given = query.get('token') ?? form.get('token')
  if (!given) throw new OAuthRefusal(400, 'invalid_request', 'Missing required parameter: token')
  const found = findAccessToken(world, given) ?? world.tables.refreshTokens.get(given)
  if (!found) throw new OAuthRefusal(400, 'invalid_token', 'Token expired or revoked')
  withdrawGrant(world, found.email)
  return { body: {}, account: found.email }
}

const subOf = (world: World, { email }: StoredToken): string => world.tables.accounts.get(email)?.sub ?? ''

const tokenInfo = (world: World, { form, query, authorization }: OAuthCall) => {
  const given = query.get('access_token') ?? form.get('access_token') ?? bearerOf(authorization)
  const found = given === undefined ? undefined : findAccessToken(world, given)
  if (!found) throw new OAuthRefusal(400, 'invalid_token', 'Invalid Value')
  const expiresAt = found.expiresAt ?? 0
  const body = {
    azp: world.client.id,
    aud: world.client.id,
    sub: subOf(world, found),
    scope: found.scopes.join(' '),
    exp: String(Math.floor(expiresAt / 1000)),
    expires_in: String(Math.floor((expiresAt - nowOf(world)) / 1000)),
    ...(hasEmailScope(found.scopes) ? { email: found.email, email_verified: 'true' } : {}),
    access_type: found.isOffline ? 'offline' : 'online',
  }
  return { body, account: found.email }
}

/** `version` 2 calls some fields by other names. */
const userInfo =
  (version: 2 | 3) =>
  (world: World, { query, authorization }: OAuthCall) => {
    const given = bearerOf(authorization) ?? query.get('access_token') ?? undefined
    const found = given === undefined ? undefined : findAccessToken(world, given)
    if (!found) throw new OAuthRefusal(401, 'invalid_request', 'Invalid Credentials')
    const account = world.tables.accounts.get(found.email)
    const hasEmail = hasEmailScope(found.scopes)
    if (!account || !(hasEmail || hasProfileScope(found.scopes) || found.scopes.includes('openid'))) {
      throw new OAuthRefusal(403, 'insufficient_scope', 'Request had insufficient authentication scopes.')
    }
    const [givenName = '', ...otherNames] = account.name.split(' ')
    const body = {
      ...(version === 2 ? { id: account.sub } : { sub: account.sub }),
      ...(hasProfileScope(found.scopes)
        ? { name: account.name, given_name: givenName, family_name: otherNames.join(' ') }
        : {}),
      ...(hasEmail ? { email: account.email, [version === 2 ? 'verified_email' : 'email_verified']: true } : {}),
    }
    return { body, account: account.email }
  }

/** The endpoints beside the consent page. At Google they stand on several hosts. */
export const oauthRoutes: readonly OAuthRoute[] = [
  { method: 'POST', path: '/token', operation: 'oauth.token', handle: token },
  { method: 'POST', path: '/revoke', operation: 'oauth.revoke', handle: revoke },
  { method: 'GET', path: '/tokeninfo', operation: 'oauth.tokeninfo', handle: tokenInfo },
  { method: 'POST', path: '/tokeninfo', operation: 'oauth.tokeninfo', handle: tokenInfo },
  { method: 'GET', path: '/v1/userinfo', operation: 'oauth.userinfo', handle: userInfo(3) },
  { method: 'GET', path: '/oauth2/v3/userinfo', operation: 'oauth.userinfo', handle: userInfo(3) },
  { method: 'GET', path: '/oauth2/v2/userinfo', operation: 'oauth.userinfo', handle: userInfo(2) },
]
