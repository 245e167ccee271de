import type { PayloadRequest } from 'payload'
import { hashLimitKey } from '#access/hash-limit-key'
import { DomainError } from '#shared/errors'
import { networkOf } from '#shared/network-address'
import { spendChallenge } from './challenge-queries'
import { createChallengeFor, expiryOf, isSolutionFor } from './create-challenge'
import { parseSolution, type Solution } from './parse-solution'

/** The header in which a solution comes. */
export const challengeHeader = 'Parley-Challenge'

const askFirst = `Much was asked for from where you are. Solve the challenge, and send the same request with the solution in the header ${challengeHeader}.`
const askAgain = `The solution in ${challengeHeader} is wrong, too old, used already, or of a challenge for something else. Solve this one, and send the same request with it.`

/** The solution is for this operation, asked for from this network. */
const purposeOf = (req: PayloadRequest, address: string): string =>
  `${req.method ?? ''} ${new URL(req.url ?? '', 'http://localhost').pathname} ${networkOf(address)}`

const isSolved = async (req: PayloadRequest, solution: Solution, purpose: string): Promise<boolean> =>
  (await isSolutionFor(purpose, solution, Date.now())) &&
  // The signature is of what is to be found, however the salt is written.
  spendChallenge(req, hashLimitKey(`spent-challenge:${solution.signature}`), expiryOf(solution))

/**
 * Lets go on whoever has let their device compute something for it. Logins are known and not asked, nor is our own code.
 * @throws DomainError `challenge_required`, with the challenge.
 */
export const requireChallenge = async (req: PayloadRequest): Promise<void> => {
  const address = req.headers.get('x-forwarded-for')
  if (req.user || address === null) return
  const purpose = purposeOf(req, address)
  const header = req.headers.get(challengeHeader)
  const solution = header === null ? undefined : parseSolution(header)
  if (solution && (await isSolved(req, solution, purpose))) return
  throw new DomainError('challenge_required', header === null ? askFirst : askAgain, {
    challenge: await createChallengeFor(purpose, Date.now()),
  })
}
