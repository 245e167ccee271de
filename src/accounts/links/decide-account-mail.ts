import type { AccountLinkPurpose } from './account-link-kinds'

/** Whose login an address is. */
export type AddressOwner = {
  id: string
  name: string
  isActive: boolean
  /** They have opened a link that was mailed to this address. */
  isConfirmed: boolean
}

/** What the mail is about in the end, and whose login; null: nothing is mailed. */
type AccountMailDecision = { purpose: AccountLinkPurpose; userId: string | null } | null

/**
 * What an address is mailed, when the mail goes out: whoever asked was told the same whatever it is. A login that is switched off
 * is mailed nothing.
 * @param link as it was asked for; `userId` where staff have named the user.
 * @param owner of the address now; null when it has no login.
 * @param wasTold the owner was told within the hour that somebody tried to register with their address.
 */
export const decideAccountMail = (
  link: { purpose: AccountLinkPurpose; userId: string | null },
  { owner, wasTold }: { owner: AddressOwner | null; wasTold: boolean },
): AccountMailDecision => {
  const { purpose, userId } = link
  if (!owner) return purpose === 'register' ? { purpose, userId: null } : null
  if (!owner.isActive || (userId !== null && userId !== owner.id)) return null
  const toOwner = (about: AccountLinkPurpose) => ({ purpose: about, userId: owner.id })
  switch (purpose) {
    case 'register':
      if (!owner.isConfirmed) return toOwner('invite')
      return wasTold ? null : toOwner('known')
    case 'invite':
      return owner.isConfirmed ? null : toOwner('invite')
    case 'known':
    case 'reset':
      return toOwner(purpose)
  }
}
