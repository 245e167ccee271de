import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { cleanUpLater } from './clean-up'
import { findFreePort } from './free-port'

/** What stands in the next token that it gives out, and how that is signed. */
export type HostileToken = {
  claims?: Record<string, unknown>
  /** `none`, a key that is not its own, or its public key taken for a secret. */
  signed?: 'well' | 'none' | 'wrong-key' | 'hmac'
}

export type HostileIssuer = {
  issuer: string
  /** Says what comes next. `nonce` of the sign-in is put in unless the claims have one. */
  give: (token: HostileToken) => void
  /** It signs with another key from now on, and shows that one alone. */
  rotate: () => void
  /** It does not answer, or answers a page of its own. */
  fail: (how: 'silent' | 'html' | undefined) => void
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const newKey = (kid: string) => ({ kid, ...generateKeyPairSync('rsa', { modulusLength: 2_048 }) })

/** An issuer that gives out whatever a test wants: nobody has to log in there, any code is good. */
export const openHostileIssuer = async (clientId: string): Promise<HostileIssuer> => {
  const port = await findFreePort()
  const issuer = `http://127.0.0.1:${port}`
  let number = 1
  let key = newKey('1')
  const other = newKey('1')
  let next: HostileToken = {}
  let failing: 'silent' | 'html' | undefined

  const tokenOf = ({ claims, signed = 'well' }: HostileToken): string => {
    const now = Math.round(Date.now() / 1_000)
    const usual = { iss: issuer, aud: clientId, sub: 'somebody', iat: now, exp: now + 60 }
    const alg = { well: 'RS256', none: 'none', 'wrong-key': 'RS256', hmac: 'HS256' }[signed]
    const text = `${encode({ alg, kid: key.kid })}.${encode({ ...usual, ...claims })}`
    if (signed === 'none') return `${text}.`
    if (signed === 'hmac') {
      const secret = key.publicKey.export({ format: 'pem', type: 'spki' })
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }
    const { privateKey } = signed === 'well' ? key : other
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
  }

  const answers: Readonly<Record<string, () => unknown>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
    }),
    '/jwks': () => ({ keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: 'RS256', use: 'sig' }] }),
    '/token': () => ({ access_token: 'an-access-token', token_type: 'Bearer', id_token: tokenOf(next) }),
  }

  const server = createServer((request, response) => {
    if (failing === 'silent') return void request.socket.destroy()
    const answer = answers[request.url ?? '']
    if (failing === 'html' || !answer) return void response.writeHead(500).end('<script>alert(1)</script>')
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer()))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  cleanUpLater(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    issuer,
    give: (token) => (next = token),
    rotate: () => (key = newKey(String(++number))),
    fail: (how) => (failing = how),
  }
}
