import { createServer } from 'node:http'
import { generateKeyPairSync } from 'node:crypto'
import Provider, { type Context } from 'oidc-provider'
import { cleanUpLater } from './clean-up'
import { findFreePort } from './free-port'

/** Somebody who has an account at the provider. */
export type OpenidPerson = {
  sub: string
  email?: string
  email_verified?: boolean | string
  name?: string
  locale?: string
}

export type TestOpenidProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Where it may lead back to; to be said before anybody comes. */
  register: (redirectUris: readonly string[]) => void
  /** Who sits before the browser; undefined: somebody who says no. */
  be: (person: OpenidPerson | undefined) => void
  /** How often somebody was asked there who they are: not at all where they are logged in already. */
  asked: () => number
}

const clientId = 'parley'
const clientSecret = 'a-secret-that-the-provider-has-given-out'

/**
 * A certified OpenID provider (`oidc-provider`) on this machine, whose page for logins asks nothing: there sits whoever the test says.
 */
export const openOpenidProvider = async (): Promise<TestOpenidProvider> => {
  const port = await findFreePort()
  const issuer = `http://127.0.0.1:${port}`
  let person: OpenidPerson | undefined
  let asked = 0
  const people = new Map<string, OpenidPerson>()
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const newProvider = (redirectUris: readonly string[]) => {
    const provider: Provider = new Provider(issuer, {
      clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
      cookies: { keys: ['a-key-for-the-cookies-of-the-provider'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'locale'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: () => '/who-are-you' },
      findAccount: (_context: Context, id: string) => ({ accountId: id, claims: () => people.get(id) }),
      loadExistingGrant: async ({ oidc }: Context) => {
        const grant = new provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
      ttl: { Interaction: 60, Session: 60, Grant: 60, AccessToken: 60, AuthorizationCode: 60, IdToken: 60 },
    })
    return provider
  }
  let provider = newProvider([])
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url !== '/who-are-you') return provider.callback()(request, response)
      asked++
      if (person) people.set(person.sub, person)
      const result = person ? { login: { accountId: person.sub, remember: false } } : { error: 'access_denied' }
      return provider.interactionFinished(request, response, result)
    }
    answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  cleanUpLater(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    issuer,
    clientId,
    clientSecret,
    register: (uris) => (provider = newProvider(uris)),
    be: (who) => (person = who),
    asked: () => asked,
  }
}
