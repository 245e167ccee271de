import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Challenge } from '#shared/errors'

/** So many tries lie between two words of how far it is. */
const step = 5_000

/**
 * The number that a challenge asks for; undefined when there is none. Pages are also opened where browsers have no `crypto.subtle`.
 * @param onProgress is told the share of all numbers that was tried.
 */
export const findNumber = (
  { challenge, salt, maxnumber }: Pick<Challenge, 'challenge' | 'salt' | 'maxnumber'>,
  onProgress: (share: number) => void = () => undefined,
): number | undefined => {
  for (let number = 0; number <= maxnumber; number++) {
    if (bytesToHex(sha256(utf8ToBytes(`${salt}${number}`))) === challenge) return number
    if (number % step === 0) onProgress(number / maxnumber)
  }
  return undefined
}
