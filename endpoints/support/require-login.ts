import type { User } from '#payload-types'
import { DomainError } from '#shared/errors'
import type { Caller } from './caller'

/** @throws DomainError `unauthenticated` for everybody who is not logged in, whatever token they hold. */
export const requireLogin = ({ user }: Caller): User => {
  if (!user) throw new DomainError('unauthenticated', 'Log in to do that.')
  return user
}
