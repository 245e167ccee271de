import type { World } from '../world'
import { canonicalScope, describeScope } from './scopes'

/** What an application asks a person for, by the address of the consent page. */
export type AuthorizationRequest = {
  redirectUri: string
  scopes: string[]
  state: string | null
  challenge: string | null
  isOffline: boolean
  prompts: string[]
  loginHint: string | null
  includesGranted: boolean
}

/** Shown on the page, never sent to the application: it may not be the one that it says it is. */
export type AuthorizationFault = { code: string; message: string }

const known = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'access_type',
  'prompt',
  'state',
  'include_granted_scopes',
  'enable_granular_consent',
  'login_hint',
  'hd',
  'hl',
  'code_challenge',
  'code_challenge_method',
])

const choices: Readonly<Record<string, readonly string[]>> = {
  access_type: ['online', 'offline'],
  include_granted_scopes: ['true', 'false'],
  enable_granular_consent: ['true', 'false'],
}

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

const findRedirectFault = (world: World, redirectUri: string | null): AuthorizationFault | undefined => {
  if (!redirectUri) return { code: 'invalid_request', message: 'Missing required parameter: redirect_uri' }
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined
  if (!url || url.hash || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) {
    return { code: 'invalid_request', message: `Invalid parameter value for redirect_uri: ${redirectUri}` }
  }
  const { redirectUris } = world.client
  if (redirectUris && !redirectUris.includes(redirectUri)) {
    return { code: 'redirect_uri_mismatch', message: `The redirect URI ${redirectUri} is not registered.` }
  }
  return undefined
}

const findChallengeFault = (params: URLSearchParams): AuthorizationFault | undefined => {
  const challenge = params.get('code_challenge')
  const method = params.get('code_challenge_method')
  if (challenge === null) {
    return method === null
      ? undefined
      : { code: 'invalid_request', message: 'Missing required parameter: code_challenge' }
  }
  if (method !== 'S256') return { code: 'invalid_request', message: 'code_challenge_method must be S256' }
  return /^[\w-]{43}$/.test(challenge)
    ? undefined
    : { code: 'invalid_request', message: 'Invalid parameter value for code_challenge' }
}

const findFault = (world: World, params: URLSearchParams): AuthorizationFault | undefined => {
  const names = [...params.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated)
    return { code: 'invalid_request', message: `OAuth 2 parameters can only have a single value: ${repeated}` }
  const unknown = names.find((name) => !known.has(name))
  if (unknown) return { code: 'invalid_request', message: `Parameter not allowed for this message type: ${unknown}` }
  if (params.get('client_id') !== world.client.id) {
    return { code: 'invalid_client', message: 'The OAuth client was not found.' }
  }
  const redirectFault = findRedirectFault(world, params.get('redirect_uri'))
  if (redirectFault) return redirectFault
  if (params.get('response_type') !== 'code') {
    return { code: 'unsupported_response_type', message: `Invalid response_type: ${params.get('response_type') ?? ''}` }
  }
  const wrong = Object.entries(choices).find(([name, values]) => {
    const value = params.get(name)
    return value !== null && !values.includes(value)
  })
  if (wrong) return { code: 'invalid_request', message: `Invalid parameter value for ${wrong[0]}` }
  const prompts = (params.get('prompt') ?? '').split(' ').filter(Boolean)
  if (
    prompts.some((prompt) => !['none', 'consent', 'select_account'].includes(prompt)) ||
    (prompts.includes('none') && prompts.length > 1)
  ) {
    return { code: 'invalid_request', message: `Invalid parameter value for prompt: ${prompts.join(' ')}` }
  }
  const scopes = (params.get('scope') ?? '').split(' ').filter(Boolean)
  if (!scopes.length) return { code: 'invalid_request', message: 'Missing required parameter: scope' }
  const invalidScopes = scopes.filter((scope) => describeScope(scope) === undefined)
  if (invalidScopes.length) {
    return { code: 'invalid_scope', message: `Some requested scopes were invalid: ${invalidScopes.join(', ')}` }
  }
  return findChallengeFault(params)
}

/** Reads the query of the consent page. What Google does not know is a fault. */
export const readAuthorizationRequest = (
  world: World,
  params: URLSearchParams,
): { request: AuthorizationRequest } | { fault: AuthorizationFault } => {
  const fault = findFault(world, params)
  if (fault) return { fault }
  return {
    request: {
      redirectUri: params.get('redirect_uri') ?? '',
      scopes: [...new Set((params.get('scope') ?? '').split(' ').filter(Boolean).map(canonicalScope))],
      state: params.get('state'),
      challenge: params.get('code_challenge'),
      isOffline: params.get('access_type') === 'offline',
      prompts: (params.get('prompt') ?? '').split(' ').filter(Boolean),
      loginHint: params.get('login_hint'),
      includesGranted: params.get('include_granted_scopes') === 'true',
    },
  }
}
