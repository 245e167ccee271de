import type { CollectionBeforeChangeHook } from 'payload'
import type { User } from '#payload-types'
import { decideLoginChange } from '#accounts/decide-login-change'
import { requireFreshLogin } from '#accounts/require-fresh-login'
import { tellOwner } from '#accounts/tell-owner'

/**
 * A stolen login of an administrator takes over no other account, and makes none: how somebody logs in, and what that opens, is changed by whoever has
 * logged in a short while ago. The owner is told at an address that they have confirmed, and of a changed address at the one that they had.
 * The Local API without a user is our own code.
 * @throws DomainError `fresh_login_required`.
 */
export const guardLoginChange: CollectionBeforeChangeHook<User> = async ({ data, operation, originalDoc, req }) => {
  if (!req.user) return data
  const before = operation === 'update' ? (originalDoc ?? null) : null
  const changes = decideLoginChange(before, data)
  if (!changes.length) return data
  await requireFreshLogin(req)
  if (before?._verified !== true) return data
  const { id, name, email } = before
  if (changes.includes('address')) await tellOwner(req, id, 'login_address_changed', { name, email })
  if (changes.includes('password')) await tellOwner(req, id, 'login_password_set')
  return data
}
