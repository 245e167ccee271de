import { DomainError } from '#shared/errors'
import { accountLinkPurposes, type AccountLinkPurpose, type AccountPage } from './account-link-kinds'
import type { AddressOwner } from './decide-account-mail'

/** What a link about a login says when it is opened. Instants are epoch milliseconds. */
type OpenedLink = {
  purpose: AccountLinkPurpose
  /** null: of nobody yet. */
  userId: string | null
  expiresAt: number
  usedAt: number | null
}

/** `create`: a new login. Otherwise the password of this one is set, which its address is confirmed by as well. */
type LinkUse = { create: true } | { create: false; userId: string }

const askAgain: Readonly<Record<AccountPage, string>> = {
  confirm: 'Register again, or ask whoever invited you for a new one.',
  password: 'Ask for a new password again ("Forgot password").',
}

/** @throws DomainError `not_found`, whatever is wrong with the token: as if there were no such link. */
export const refuseUnknownLink = (): never => {
  throw new DomainError('not_found', 'This link is not valid. Copy it whole from the mail, or ask for a new one.')
}

/**
 * What setting a password with a link does.
 * @param owner of the link's address now.
 * @param page where it was opened.
 * @throws DomainError `not_found` for a link of the other page; `link_expired` for one that was used, has run out, or whose login has
 *   changed meanwhile. It says what to do, and nothing about the address.
 */
export const decideLinkUse = (
  link: OpenedLink,
  { owner, page, now }: { owner: AddressOwner | null; page: AccountPage; now: number },
): LinkUse => {
  if (accountLinkPurposes[link.purpose].page !== page) return refuseUnknownLink()
  if (link.usedAt !== null) {
    throw new DomainError('link_expired', 'This link was used already. Log in with the password that was chosen.')
  }
  const isOver = link.expiresAt <= now || (owner !== null && !owner.isActive)
  if (isOver) throw new DomainError('link_expired', `This link has run out. ${askAgain[page]}`)
  if (!owner && link.purpose === 'register') return { create: true }
  const isOwn = owner !== null && (link.userId === owner.id || link.userId === null)
  // Who registered by another link meanwhile has a password by now; only a link about that password changes it.
  const isDone = page === 'confirm' && owner?.isConfirmed
  if (!isOwn || isDone) {
    throw new DomainError('link_expired', 'This link is of no use any more. Log in, or ask for a new password.')
  }
  return { create: false, userId: owner.id }
}
