import { randomBytes } from 'node:crypto'
import { hashToken } from '#shared/ids'

/** How many there are in a set. */
export const recoveryCodeCount = 10

/** Crockford's: no letter that looks like a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 80 bits, so that a plain hash of it is enough: `7K2M-Q0ZD-44TX-9WVB`. */
const createCode = (): string =>
  Array.from(randomBytes(16), (byte) => alphabet[byte % alphabet.length])
    .join('')
    .replaceAll(/(.{4})(?=.)/g, '$1-')

export const createRecoveryCodes = (): string[] => Array.from({ length: recoveryCodeCount }, createCode)

/** However it was typed: in small letters, without dashes, with an O for a zero. */
export const hashRecoveryCode = (typed: string): string =>
  hashToken(
    `recovery-code:${typed
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1')}`,
  )
