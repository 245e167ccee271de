import * as client from 'openid-client'
import type { Payload } from 'payload'
import { z } from 'zod'
import { line } from '#shared/input'
import type { OpenidClaims } from './decide-openid-login'
import type { OpenidBegun } from './openid-begun'
import { type OpenidProvider, openidRedirectUri } from './openid-providers'

/** The provider could not be asked, or what it answered does not hold. `code` is one of few, and nothing that it wrote. */
export class OpenidFailed extends Error {
  override readonly name = 'OpenidFailed'

  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`The OpenID provider failed: ${code}`, options)
  }
}

/** How long one answer is waited for. */
const seconds = 8

/** By how much its clock and ours may differ. */
const toleratedSeconds = 60

/** How long what a provider says of itself is believed. Its keys are asked for at every login, so new ones count at once. */
const knownForMs = 10 * 60_000

const known = new Map<string, { metadata: Promise<client.ServerMetadata>; endsAt: number }>()

const allowLoopback = ({ issuer }: OpenidProvider) =>
  // The settings let no other one be unencrypted.
  issuer.startsWith('http:') ? [client.allowInsecureRequests] : []

/** What a provider says of itself; asked once at a time, and again after one that failed. */
const metadataOf = (provider: OpenidProvider): Promise<client.ServerMetadata> => {
  const { issuer, clientId, clientSecret } = provider
  const before = known.get(issuer)
  if (before && before.endsAt > Date.now()) return before.metadata
  const execute = allowLoopback(provider)
  const metadata = client
    .discovery(new URL(issuer), clientId, clientSecret, undefined, { execute, timeout: seconds })
    .then((found) => found.serverMetadata())
  known.set(issuer, { metadata, endsAt: Date.now() + knownForMs })
  metadata.catch(() => known.delete(issuer))
  return metadata
}

const configurationOf = async (provider: OpenidProvider): Promise<client.Configuration> => {
  const metadata = await metadataOf(provider)
  // The copy has keys of its own: the library keeps those of one object for minutes.
  const own = { ...metadata }
  const asClient = { client_secret: provider.clientSecret, [client.clockTolerance]: toleratedSeconds }
  const configuration = new client.Configuration(own, provider.clientId, asClient, authenticationOf(metadata, provider))
  for (const allow of allowLoopback(provider)) allow(configuration)
  configuration.timeout = seconds
  // The library trusts the encrypted connection to the provider; here the signature counts as well.
  client.enableNonRepudiationChecks(configuration)
  return configuration
}

/** Basic is what a provider takes that does not say. */
const authenticationOf = (
  { token_endpoint_auth_methods_supported: methods }: client.ServerMetadata,
  { clientSecret }: OpenidProvider,
): client.ClientAuth =>
  methods?.includes('client_secret_post') && !methods.includes('client_secret_basic')
    ? client.ClientSecretPost(clientSecret)
    : client.ClientSecretBasic(clientSecret)

const asFailure = (error: unknown): OpenidFailed =>
  new OpenidFailed(error instanceof Error && 'code' in error ? String(error.code) : 'unreachable', { cause: error })

/** A failed sign-in is told to operations: without what the provider wrote, which may hold tokens. */
export const logOpenidFailure = (payload: Payload, { name }: OpenidProvider, { code, cause }: OpenidFailed): void => {
  const said = cause instanceof client.ResponseBodyError ? cause.error : undefined
  const reason = cause instanceof Error ? cause.name : undefined
  payload.logger.warn({ provider: name, code, reason, said, msg: 'A sign-in with an OpenID provider failed' })
}

/** Longer than anybody is logged in anywhere: whoever is asked for an age says when that was, and asks nobody again because of this one. */
const anyAge = String(365 * 86_400)

/**
 * Has them asked again who are logged in there, or only told when that was. No provider has to know `prompt=login`, and some refuse what they do not
 * know, so it is said to those that name it; what counts is the time that comes back.
 */
const askFor = (
  isAnew: boolean,
  { prompt_values_supported: prompts }: client.ServerMetadata,
): Record<string, string> => {
  if (!isAnew) return { max_age: anyAge }
  return { max_age: '0', ...(Array.isArray(prompts) && prompts.includes('login') ? { prompt: 'login' } : {}) }
}

/** Where the provider asks somebody who they are. @throws OpenidFailed */
export const openidAddress = async (
  provider: OpenidProvider,
  { state, nonce, codeVerifier, isAnew }: Pick<OpenidBegun, 'state' | 'nonce' | 'codeVerifier' | 'isAnew'>,
): Promise<string> => {
  try {
    const configuration = await configurationOf(provider)
    const address = client.buildAuthorizationUrl(configuration, {
      ...askFor(isAnew === true, configuration.serverMetadata()),
      redirect_uri: openidRedirectUri(provider),
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    })
    return address.href
  } catch (error) {
    throw asFailure(error)
  }
}

const said = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254).toLowerCase().optional().catch(undefined),
  // Some providers write it as text.
  email_verified: z
    .union([z.boolean(), z.literal(['true', 'false']).transform((text) => text === 'true')])
    .optional()
    .catch(undefined),
  name: line(200).optional().catch(undefined),
  locale: z.string().max(35).optional().catch(undefined),
  // In seconds.
  auth_time: z.number().positive().optional().catch(undefined),
})

/**
 * Who somebody is, by the code that they bring. None of the provider's tokens is kept.
 * @param query of the address that it led back to.
 * @throws OpenidFailed
 */
export const readOpenidClaims = async (
  provider: OpenidProvider,
  { begun, query }: { begun: OpenidBegun; query: URLSearchParams },
): Promise<OpenidClaims> => {
  try {
    const configuration = await configurationOf(provider)
    const address = new URL(`${openidRedirectUri(provider)}?${query.toString()}`)
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      pkceCodeVerifier: begun.codeVerifier,
      idTokenExpected: true,
    })
    const inToken = tokens.claims()
    if (!inToken) throw new OpenidFailed('no_id_token')
    const isComplete = 'email' in inToken || !configuration.serverMetadata().userinfo_endpoint
    const more = isComplete ? {} : await client.fetchUserInfo(configuration, tokens.access_token, inToken.sub)
    // What is signed says when: the other answer is for anybody who has the access token, at any time.
    const { auth_time: authTime } = inToken
    const parsed = said.parse({ ...more, ...inToken, auth_time: authTime })
    const { sub, email, email_verified, name, locale, auth_time: shownAt } = parsed
    return {
      subject: sub,
      email: email ?? null,
      isEmailVerified: email_verified === true,
      name: name ?? null,
      language: locale ?? null,
      shownAt: shownAt === undefined ? null : shownAt * 1_000,
    }
  } catch (error) {
    throw error instanceof OpenidFailed ? error : asFailure(error)
  }
}
