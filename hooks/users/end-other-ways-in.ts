import type { CollectionBeforeChangeHook } from 'payload'
import { deleteOpenidIdentities } from '#accounts/openid/openid-identity-queries'

/**
 * With a new password nobody logs in by what was joined to the account before: who reads its mails, or an administrator, has it from now on, and
 * whoever had crept in does not come back through a provider.
 */
export const endOtherWaysIn: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  if (operation !== 'update' || typeof data.password !== 'string') return data
  const id: unknown = originalDoc?.id
  if (typeof id === 'string') await deleteOpenidIdentities(req, id)
  return data
}
