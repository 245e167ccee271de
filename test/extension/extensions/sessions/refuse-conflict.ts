import type { CollectionBeforeChangeHook } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { DomainError } from '#shared/errors'
import { toSlug } from '#shared/validation'

/** Refuses a session that would be about a client of the practice. Sees every way in which a session is made or changed. */
export const refuseConflict: CollectionBeforeChangeHook<ScheduledSession> = async ({ data, originalDoc, req }) => {
  const { practiceOpponent: opponent } = data
  if (!opponent || opponent === originalDoc?.practiceOpponent) return data
  const { totalDocs } = await req.payload.count({
    collection: 'practice-clients',
    where: { slug: { equals: toSlug(opponent) } },
    req,
  })
  if (totalDocs) {
    const message = 'We act for the other party and cannot advise you in this. Please ask another practice.'
    throw new DomainError('outside_policy', message, { errors: [{ path: 'practiceOpponent', message }] })
  }
  return data
}
