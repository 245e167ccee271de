import type { CollectionAfterChangeHook } from 'payload'
import { relatedId } from '#access/related-id'
import { refreshDirectory } from '#directory/directory-queries'
import { isChangeOfTimes } from '#directory/published-slots/is-change-of-times'
import { wishPublications } from '#directory/published-slots/wish-publications'

const idsOf = (consultants: unknown): string[] =>
  Array.isArray(consultants) ? consultants.flatMap((consultant) => relatedId(consultant) ?? []) : []

/**
 * Prices in the directory follow, and free time is published anew: for everybody who offers it now or did before where its times or prices
 * change, else for those alone who came or went.
 */
export const publishServiceTypeSlots: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  const now = new Set(idsOf(data.consultants))
  const before = new Set(idsOf(previousDoc?.consultants))
  const touchesTimes = isChangeOfTimes('service-types', previousDoc, data)
  const consultants = [...new Set([...now, ...before])].filter((id) => touchesTimes || now.has(id) !== before.has(id))
  if (!consultants.length) return doc
  // In the order of a publication, which takes its wish and then the row of the directory: otherwise each would wait for the other.
  await wishPublications(req, consultants)
  await refreshDirectory(req, consultants)
  return doc
}
