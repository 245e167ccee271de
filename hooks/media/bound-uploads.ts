import type { CollectionBeforeOperationHook } from 'payload'
import { mediaQuota } from '#access/quotas'
import { enforceLimit } from '#access/rate-limits'
import { isStaff } from '#access/roles'
import { DomainError } from '#shared/errors'
import { sumUploads } from '#media/media-queries'

/**
 * Bounds what a login that is not staff uploads in a day, and keeps here in all, before the file is looked at.
 * @throws DomainError `rate_limited`; `outside_policy` that says how much there is.
 */
export const boundUploads: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const { file, user } = req
  if ((operation !== 'create' && operation !== 'update') || req.payloadAPI === 'local') return args
  if (!file || !user || isStaff(req)) return args
  const caller = { user, address: req.headers.get('x-forwarded-for') ?? 'unknown' }
  await enforceLimit('uploads', caller)
  await enforceLimit('uploadedKilobytes', caller, Math.ceil(file.data.length / 1_000))
  const { files, bytes } = await sumUploads(req, String(user.id))
  if (files < mediaQuota.files && bytes + file.data.length <= mediaQuota.bytes) return args
  const kept = `${files} files with ${Math.ceil(bytes / 1_000_000)} MB`
  const detail = `You keep ${kept} here; at most ${mediaQuota.files} with ${mediaQuota.bytes / 1_000_000} MB are possible. Delete some first.`
  throw new DomainError('outside_policy', detail)
}
