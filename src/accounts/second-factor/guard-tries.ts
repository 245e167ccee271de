import type { PayloadRequest } from 'payload'
import { countLoginAttempt, forgiveAccount, forgiveLoginAttempt, type LoginAttempt } from '#access/login-guards'
import { loginAttemptOf } from '../guard-login'

/** Codes are counted apart from passwords, whoever has got so far knows the password. */
const accountOf = (userId: string): string => `second-factor:${userId}`

const attemptOf = (req: PayloadRequest, user: { id: string; email: string }): LoginAttempt => ({
  ...loginAttemptOf(req, user.email),
  account: accountOf(user.id),
})

/**
 * Counts a try to show a second factor before it is known how it ends.
 * @returns whether it may succeed. @throws DomainError `rate_limited` about what this caller alone has done.
 */
export const countFactorTry = (req: PayloadRequest, user: { id: string; email: string }): Promise<boolean> =>
  countLoginAttempt(attemptOf(req, user))

/** It was no failure. */
export const forgiveFactorTry = (req: PayloadRequest, user: { id: string; email: string }): Promise<void> =>
  forgiveLoginAttempt(attemptOf(req, user))

/** The login that waited was none either: what was counted when its password was typed is forgiven. */
export const forgiveWaitingLogin = (req: PayloadRequest, { email }: { email: string }): Promise<void> =>
  forgiveLoginAttempt(loginAttemptOf(req, email))

/** Forgives everybody what was counted for an account. */
export const forgiveFactorTries = (userId: string): Promise<void> => forgiveAccount(accountOf(userId))
