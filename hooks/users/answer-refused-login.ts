import { AuthenticationError, LockedAuth, UnverifiedEmail, type AfterErrorHook } from 'payload'
import { DomainError } from '#shared/errors'
import { presentRefusal } from '../shared/present-refusal'

/**
 * One answer for every login that is refused, over REST and GraphQL. Which of its reasons it is would say whether there is an account, or that a
 * guessed password is the right one.
 */
export const answerRefusedLogin: AfterErrorHook = ({ error, graphqlResult }) => {
  const thrown = 'originalError' in error && error.originalError ? error.originalError : error
  return refusals.some((refusal) => thrown instanceof refusal) ? presentRefusal(refused, graphqlResult) : {}
}

const refusals = [AuthenticationError, LockedAuth, UnverifiedEmail]

const refused = new DomainError(
  'unauthenticated',
  'The e-mail address or the password is not right, or nobody can log in with them now: the address was not confirmed yet (follow the link in the mail), the login is switched off, or too many have tried it (choose a new password with "Forgot password").',
)
