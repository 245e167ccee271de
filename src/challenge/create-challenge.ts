import { createHash } from 'node:crypto'
import { createChallenge, verifySolution } from 'altcha-lib/v1'
import { settings } from '#settings'
import type { Challenge } from '#shared/errors'
import { deriveToken, isSameSecret } from '#shared/ids'
import { minuteMs } from '#shared/time'
import type { Solution } from './parse-solution'

/** About half a second of a telephone at the most, and of nobody who does it once. The number to find is at most this. */
const maxnumber = 100_000
const validMs = 5 * minuteMs

const hmacKey = (): string => deriveToken(settings.payloadSecret, 'challenge', 'key')

/** What a challenge is for, as it stands in its salt: neither an address nor a path can be read from it. */
const digestOf = (purpose: string): string =>
  createHash('sha256').update(`${hmacKey()}\0${purpose}`).digest('base64url').slice(0, 16)

/**
 * Work that a caller is asked for, in the form of ALTCHA: which number belongs to this hash. Nothing is stored of it.
 * @param purpose what it is asked for, and of whom; a solution is good for nothing else.
 */
export const createChallengeFor = async (purpose: string, now: number): Promise<Challenge> => {
  const { algorithm, challenge, salt, signature } = await createChallenge({
    algorithm: 'SHA-256',
    hmacKey: hmacKey(),
    maxnumber,
    expires: new Date(now + validMs),
    params: { for: digestOf(purpose) },
  })
  return { algorithm, challenge, salt, signature, maxnumber }
}

/** Whether a solution is right, of a challenge of ours for this purpose, and not too old. Whether it was used before is another question. */
export const isSolutionFor = async (purpose: string, solution: Solution, now: number): Promise<boolean> => {
  const { expires, for: meant } = paramsOf(solution)
  if (meant === undefined || !isSameSecret(meant, digestOf(purpose))) return false
  if (!(Number(expires) * 1_000 > now)) return false
  return verifySolution(solution, hmacKey(), false)
}

/** Of a solution that is right: until when it would be. */
export const expiryOf = (solution: Solution): Date => new Date(Number(paramsOf(solution).expires) * 1_000)

const paramsOf = ({ salt }: Solution): Partial<Record<'expires' | 'for', string>> =>
  Object.fromEntries(new URLSearchParams(salt.split('?')[1] ?? ''))
