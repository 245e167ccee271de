import type { AddressOwner } from '../links/decide-account-mail'

/** What a provider says of whoever comes back from it. */
export type OpenidClaims = {
  /** Names them at the provider, for ever. */
  subject: string
  /** In lower case; null when it says none. */
  email: string | null
  /** The provider has seen that the address is theirs. */
  isEmailVerified: boolean
  name: string | null
  language: string | null
  /** When they showed there who they are, in epoch milliseconds: it may have been days ago. Null when it does not say. */
  shownAt: number | null
}

/** Why nobody is logged in. Each has its words on the page where that is shown. */
export const openidProblems = [
  /** Nothing was begun in this browser, or it was long ago, or it was ended once. */
  'expired',
  /** Nobody can log in with that here, or not any more. */
  'not_offered',
  /** They have said no at the provider. */
  'denied',
  /** The provider could not be asked, or what it answered does not hold. */
  'provider',
  /** It names no address, or has not seen that it is theirs. */
  'address',
  /** There is an account with this address, and this way to log in is not one of its own. */
  'known',
  /** There is no account, and none is made here in this way. */
  'unknown',
  /** The account may not be logged in to. */
  'refused',
  /** It opens an account of somebody else. */
  'taken',
  /** They are logged in, but it has not asked them again who they are, or does not say that it has. */
  'not_anew',
] as const

export type OpenidProblem = (typeof openidProblems)[number]

type Decision =
  | { does: 'log_in' | 'link'; userId: string }
  | { does: 'register'; email: string }
  | { does: 'refuse'; problem: OpenidProblem }

/**
 * What becomes of somebody who comes back from a provider. An account that is there is joined by nobody but its owner, who is logged in to it: whoever
 * can have an address vouched for somewhere does not get into an account by that.
 * @param link who is logged in and wants to log in like this from now on; undefined when somebody logs in.
 * @param identity whose account is opened like this; null when none is.
 * @param owner whose account has the address.
 */
export const decideOpenidLogin = (
  claims: Pick<OpenidClaims, 'email' | 'isEmailVerified'>,
  {
    link,
    identity,
    owner,
    mayRegister,
  }: {
    link: { userId: string } | undefined
    identity: { userId: string } | null
    owner: AddressOwner | null
    mayRegister: boolean
  },
): Decision => {
  const refuse = (problem: OpenidProblem) => ({ does: 'refuse', problem }) as const
  if (link) {
    return identity && identity.userId !== link.userId ? refuse('taken') : { does: 'link', userId: link.userId }
  }
  if (identity) return { does: 'log_in', userId: identity.userId }
  if (claims.email === null || !claims.isEmailVerified) return refuse('address')
  if (owner) return refuse(owner.isActive ? 'known' : 'refused')
  return mayRegister ? { does: 'register', email: claims.email } : refuse('unknown')
}
