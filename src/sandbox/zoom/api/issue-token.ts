import { OAuthRefusal } from '../refusal'
import { newToken, nowOf, type World } from '../world'

const scopes = [
  'meeting:read:meeting:admin',
  'meeting:read:list_meetings:admin',
  'meeting:write:meeting:admin',
  'meeting:update:meeting:admin',
  'meeting:delete:meeting:admin',
  'meeting:read:past_meeting:admin',
  'meeting:read:list_past_participants:admin',
  'cloud_recording:read:list_recording_files:admin',
  'user:read:user:admin',
]

/**
 * `POST /oauth/token`, of an app that acts for its own account. Every call gives a new token; the others stay good.
 * @throws OAuthRefusal
 */
export const issueToken = (world: World, params: URLSearchParams, authorization: string | null): object => {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1] ?? ''
  const [id, secret] = Buffer.from(basic, 'base64').toString('utf8').split(/:(.*)/s)
  if (id !== world.app.clientId || secret !== world.app.clientSecret) {
    throw new OAuthRefusal('invalid_client', 'Invalid client_id or client_secret')
  }
  if (params.get('grant_type') !== 'account_credentials') {
    throw new OAuthRefusal('unsupported_grant_type', 'unsupported grant type')
  }
  if (params.get('account_id') !== world.app.accountId) throw new OAuthRefusal('invalid_request', 'Bad Request')
  const now = nowOf(world)
  for (const { token, expiresAt } of [...world.tables.tokens.values()]) {
    if (expiresAt < now) world.tables.tokens.delete(token)
  }
  const token = newToken(48)
  world.tables.tokens.put(token, { token, expiresAt: now + world.knobs.tokenLifetime })
  return {
    access_token: token,
    token_type: 'bearer',
    expires_in: Math.floor(world.knobs.tokenLifetime / 1000),
    scope: scopes.join(' '),
    api_url: world.url,
  }
}
