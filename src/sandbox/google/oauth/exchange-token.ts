import { createHash } from 'node:crypto'
import { nowOf, type World } from '../world'
import { OAuthRefusal } from './oauth-refusal'
import { issueAccessToken, issueRefreshToken } from './tokens'

export type TokenAnswer = {
  access_token: string
  expires_in: number
  refresh_token?: string
  scope: string
  token_type: 'Bearer'
}

const parametersOf: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['code', 'redirect_uri', 'code_verifier'],
  refresh_token: ['refresh_token', 'scope'],
}

const invalidRequest = (message: string) => new OAuthRefusal(400, 'invalid_request', message)
const invalidGrant = (message: string) => new OAuthRefusal(400, 'invalid_grant', message)

/** @throws OAuthRefusal 401 */
const assertClient = (world: World, form: URLSearchParams, authorization: string | null): void => {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1]
  const [basicId, basicSecret] = basic ? Buffer.from(basic, 'base64').toString('utf8').split(/:(.*)/s) : []
  const id = basicId ?? form.get('client_id')
  const secret = basicSecret ?? form.get('client_secret')
  if (!id) throw invalidRequest('Could not determine client ID from request.')
  if (id !== world.client.id) throw new OAuthRefusal(401, 'invalid_client', 'The OAuth client was not found.')
  if (!secret) throw invalidRequest('client_secret is missing.')
  if (secret !== world.client.secret) {
    throw new OAuthRefusal(401, 'invalid_client', 'The provided client secret is invalid.')
  }
}

/** @throws OAuthRefusal 400 */
const mustHave = (form: URLSearchParams, name: string): string => {
  const value = form.get(name)
  if (!value) throw invalidRequest(`Missing required parameter: ${name}`)
  return value
}

const exchangeCode = (world: World, form: URLSearchParams): TokenAnswer => {
  const code = world.tables.codes.get(mustHave(form, 'code'))
  const redirectUri = mustHave(form, 'redirect_uri')
  if (!code) throw invalidGrant('Malformed auth code.')
  // Whatever comes of it, nobody can use it a second time.
  world.tables.codes.delete(code.code)
  if (code.expiresAt <= nowOf(world)) throw invalidGrant('Bad Request')
  if (redirectUri !== code.redirectUri) throw new OAuthRefusal(400, 'redirect_uri_mismatch', 'Bad Request')
  const verifier = form.get('code_verifier')
  if (code.challenge !== null && !verifier) throw invalidGrant('Missing code verifier.')
  if (code.challenge === null && verifier) throw invalidGrant('code_verifier or verifier is not needed.')
  if (verifier && createHash('sha256').update(verifier).digest('base64url') !== code.challenge) {
    throw invalidGrant('Invalid code verifier.')
  }
  const access = issueAccessToken(world, code)
  const refresh = code.givesRefreshToken ? issueRefreshToken(world, code) : undefined
  return {
    access_token: access.token,
    expires_in: Math.floor(world.knobs.accessTokenLifetime / 1000),
    ...(refresh ? { refresh_token: refresh.token } : {}),
    scope: code.scopes.join(' '),
    token_type: 'Bearer',
  }
}

const refresh = (world: World, form: URLSearchParams): TokenAnswer => {
  const held = world.tables.refreshTokens.get(mustHave(form, 'refresh_token'))
  if (!held) throw invalidGrant('Token has been expired or revoked.')
  const wanted = (form.get('scope') ?? '').split(' ').filter(Boolean)
  if (wanted.some((scope) => !held.scopes.includes(scope))) {
    throw new OAuthRefusal(400, 'invalid_scope', 'Some requested scopes were not granted.')
  }
  const scopes = wanted.length ? wanted : held.scopes
  const access = issueAccessToken(world, { ...held, scopes })
  const rotated = world.knobs.rotatesRefreshTokens ? issueRefreshToken(world, held) : undefined
  if (rotated) world.tables.refreshTokens.delete(held.token)
  return {
    access_token: access.token,
    expires_in: Math.floor(world.knobs.accessTokenLifetime / 1000),
    ...(rotated ? { refresh_token: rotated.token } : {}),
    scope: scopes.join(' '),
    token_type: 'Bearer',
  }
}

/**
 * `POST /token`: a code or a refresh token for an access token.
 * @throws OAuthRefusal
 */
export const exchangeToken = (world: World, form: URLSearchParams, authorization: string | null): TokenAnswer => {
  const grantType = mustHave(form, 'grant_type')
  const allowed = Object.hasOwn(parametersOf, grantType) ? parametersOf[grantType] : undefined
  if (!allowed) throw new OAuthRefusal(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`)
  const names = [...form.keys()]
  const unknown = names.find(
    (name, index) =>
      names.indexOf(name) !== index || ![...allowed, 'grant_type', 'client_id', 'client_secret'].includes(name),
  )
  if (unknown) throw invalidRequest(`Parameter not allowed for this message type: ${unknown}`)
  assertClient(world, form, authorization)
  return grantType === 'refresh_token' ? refresh(world, form) : exchangeCode(world, form)
}
