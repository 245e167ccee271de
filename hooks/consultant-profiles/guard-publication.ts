import type { CollectionBeforeChangeHook } from 'payload'
import { isStaff } from '#access/roles'
import { isProfileLive } from '#directory/profile-queries'
import { DomainError } from '#shared/errors'

/**
 * Operations publish and unpublish. A consultant edits a published profile in place, or saves drafts, but does not make a
 * profile appear or disappear. The live row decides: the latest version may be a draft.
 * @throws DomainError `forbidden`.
 */
export const guardPublication: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  if (operation !== 'update' || !req.user || isStaff(req)) return data
  const isLive = originalDoc !== undefined && (await isProfileLive(req, String(originalDoc.id)))
  const staysLive = data._status === 'published' || req.context.savesDraft === true
  if (data._status === 'published' && !isLive) {
    throw new DomainError('forbidden', 'Operations publish profiles. Save it as a draft, and ask them to.')
  }
  if (isLive && !staysLive) throw new DomainError('forbidden', 'Operations unpublish profiles. Ask them to.')
  return data
}
