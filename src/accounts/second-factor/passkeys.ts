import type * as webauthn from '@simplewebauthn/server'
import { settings } from '#settings'
import type { PasskeyFactor } from './factor-queries'

/** What the browser is asked for, as JSON; `@simplewebauthn/browser` takes it as it is. */
export type PasskeyOptions = { challenge: string } & Record<string, unknown>

/** A key that was made, or what one has signed. */
export type NewPasskeyAnswer = webauthn.RegistrationResponseJSON
export type PasskeyAnswer = webauthn.AuthenticationResponseJSON

/** Keys are of this host, and browsers keep all others from asking for them. */
const host = (): string => new URL(settings.serverUrl).hostname

const origins = (): string[] => [new URL(settings.serverUrl).origin, ...settings.corsOrigins]

/** Loaded when somebody uses a passkey for the first time: most processes never do. */
let loaded: Promise<typeof webauthn> | undefined
const library = () => (loaded ??= import('@simplewebauthn/server'))

/** Whoever holds the device shows that it is theirs, by a finger, a face or a code. */
const userVerification = 'required'

const described = (keys: readonly PasskeyFactor[]) =>
  keys.map(({ credentialId, transports }) => ({ id: credentialId, transports }))

/** @param known those of the account: a device makes one alone. */
export const createNewPasskeyOptions = async (
  user: { id: string; email: string },
  known: readonly PasskeyFactor[],
): Promise<PasskeyOptions> => {
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: host(),
    rpID: host(),
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.email,
    attestationType: 'none',
    excludeCredentials: described(known),
    authenticatorSelection: { residentKey: 'discouraged', userVerification },
  })
  return { ...options }
}

export const createPasskeyOptions = async (keys: readonly PasskeyFactor[]): Promise<PasskeyOptions> => {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({
    rpID: host(),
    allowCredentials: described(keys),
    userVerification,
  })
  return { ...options }
}

/** In base64url: WebAuthn has 1,023 bytes for it. */
const longestId = 1_364

/** @returns what is stored of a new key; undefined when the answer is not what was asked for. */
export const verifyNewPasskey = async (
  response: NewPasskeyAnswer,
  challenge: string,
): Promise<Omit<PasskeyFactor, 'id'> | undefined> => {
  const { verifyRegistrationResponse } = await library()
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origins(),
    expectedRPID: host(),
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!result?.verified) return undefined
  const { id, publicKey, counter, transports = [] } = result.registrationInfo.credential
  if (id.length > longestId) return undefined
  return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
}

/** @returns the counter of the key after it has signed; undefined when the answer is not what was asked for. */
export const verifyPasskey = async (
  response: PasskeyAnswer,
  { challenge, key }: { challenge: string; key: PasskeyFactor },
): Promise<number | undefined> => {
  const { verifyAuthenticationResponse } = await library()
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origins(),
    expectedRPID: host(),
    credential: {
      id: key.credentialId,
      publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
      counter: key.counter,
      transports: key.transports,
    },
    requireUserVerification: true,
  }).catch(() => undefined)
  return result?.verified ? result.authenticationInfo.newCounter : undefined
}
