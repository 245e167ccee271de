import type { CollectionBeforeChangeHook, CollectionBeforeDeleteHook } from 'payload'
import { hasRole, isAdmin } from '#access/roles'
import { DomainError } from '#shared/errors'

const isAdminAccount = (user: { roles?: readonly string[] | null } | null | undefined) =>
  user?.roles?.includes('admin') ?? false

/**
 * Keeps a borrowed or careless login from taking over an account: nobody changes their own password without the link that
 * is mailed to them, operations touch no administrator's account, and only administrators set other people's passwords.
 * The Local API without a user is our own code.
 * @throws DomainError `forbidden`.
 */
export const protectAccounts: CollectionBeforeChangeHook = ({ data, operation, originalDoc, req }) => {
  if (operation !== 'update' || !req.user) return data
  const isOwn = req.user.id === originalDoc?.id
  if (!isOwn && !isAdmin(req) && isAdminAccount(originalDoc)) {
    throw new DomainError('forbidden', 'Only administrators change the account of an administrator.')
  }
  if (data.password !== undefined && data.password !== null) {
    if (isOwn) {
      throw new DomainError('forbidden', 'Ask for a new password at the login ("Forgot password") to change your own.')
    }
    if (!isAdmin(req)) throw new DomainError('forbidden', "Only administrators set other people's passwords.")
  }
  if (isOwn && data.isActive === false) throw new DomainError('forbidden', 'Nobody deactivates their own account.')
  return data
}

/** @throws DomainError `forbidden` for one's own account, and for an administrator's unless by another one. */
export const protectAccountsFromDelete: CollectionBeforeDeleteHook = async ({ id, req }) => {
  if (!req.user) return
  if (req.user.id === id) throw new DomainError('forbidden', 'Nobody deletes their own account.')
  if (hasRole(req, 'admin')) return
  const user = await req.payload.findByID({ collection: 'users', id, depth: 0, disableErrors: true, req })
  if (isAdminAccount(user)) throw new DomainError('forbidden', 'Only administrators delete an administrator.')
}
