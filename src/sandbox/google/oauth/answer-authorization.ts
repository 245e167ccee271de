import { newToken, nowOf, type World } from '../world'
import type { AuthorizationRequest } from './authorization-request'
import { isIdentityScope } from './scopes'

/** What a person does on the consent page. */
export type Consent =
  | { decision: 'allow'; email: string; /** Those that stayed ticked; without it all. */ scopes?: readonly string[] }
  | { decision: 'deny' }

const codeLifetime = 10 * 60_000

const backTo = (request: AuthorizationRequest, params: Record<string, string>): string => {
  const url = new URL(request.redirectUri)
  if (request.state !== null) url.searchParams.set('state', request.state)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  return url.href
}

const refuseAuthorization = (request: AuthorizationRequest, error: string): string => backTo(request, { error })

/**
 * Carries out what the person decided.
 * @returns where their browser goes: back to the application, with a code or an error.
 */
export const answerAuthorization = (world: World, request: AuthorizationRequest, consent: Consent): string => {
  if (consent.decision === 'deny') return refuseAuthorization(request, 'access_denied')
  const { email } = consent
  const ticked = request.scopes.filter(
    (scope) => isIdentityScope(scope) || !consent.scopes || consent.scopes.includes(scope),
  )
  if (!ticked.length) return refuseAuthorization(request, 'access_denied')
  const before = world.tables.grants.get(email)
  const all = [...new Set([...(before?.scopes ?? []), ...ticked])]
  world.tables.grants.put(email, { email, scopes: all })
  const code = newToken('4/0A', 36)
  const scopes = request.includesGranted ? all : ticked
  world.tables.codes.put(code, {
    code,
    email,
    scopes,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    isOffline: request.isOffline,
    // Google gives it for the first consent, and again only when the application insists on asking.
    givesRefreshToken: request.isOffline && (!before || request.prompts.includes('consent')),
    expiresAt: nowOf(world) + codeLifetime,
  })
  return backTo(request, { code, scope: scopes.join(' ') })
}

/** `prompt=none`: without a page, when everything was allowed before. */
export const answerSilently = (world: World, request: AuthorizationRequest): string => {
  const grant = request.loginHint === null ? undefined : world.tables.grants.get(request.loginHint)
  if (!grant) return refuseAuthorization(request, 'login_required')
  if (!request.scopes.every((scope) => grant.scopes.includes(scope))) {
    return refuseAuthorization(request, 'consent_required')
  }
  return answerAuthorization(world, request, { decision: 'allow', email: grant.email })
}
