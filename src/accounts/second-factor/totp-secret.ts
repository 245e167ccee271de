import { randomBytes } from 'node:crypto'
import { Secret } from 'otpauth'
import { settings } from '#settings'
import { decryptText, encryptText } from '#shared/encryption'

/** As long as the hash of the codes, as RFC 4226 recommends. In base32, for people to type. */
export const createTotpSecret = (): string => new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer }).base32

/** A ciphertext opens only in the row that it was made for. */
const contextOf = (factorId: string): string => `second-factors:${factorId}:secret`

export const sealTotpSecret = (factorId: string, secret: string): string =>
  encryptText(secret, settings.encryptionKeys, contextOf(factorId))

/** @throws when its key is not in the ring any more, or the row was tampered with. */
export const openTotpSecret = (factorId: string, sealed: string): string =>
  decryptText(sealed, settings.encryptionKeys, contextOf(factorId))
