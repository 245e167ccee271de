import type { CollectionAfterChangeHook } from 'payload'
import { relatedId } from '#access/related-id'
import { refreshDirectory } from '#directory/directory-queries'
import { enqueue } from '#outbox/enqueue'

const idsOf = (consultants: unknown): string[] =>
  Array.isArray(consultants) ? consultants.flatMap((consultant) => relatedId(consultant) ?? []) : []

/**
 * Prices in the directory follow, and free time is published anew, for everybody who offers it now or did before. Sorted, so that
 * two service types saved at once take the same jobs in the same order.
 */
export const publishServiceTypeSlots: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  const consultants = [...new Set([...idsOf(data.consultants), ...idsOf(previousDoc?.consultants)])].sort()
  await refreshDirectory(req, consultants)
  const jobs = consultants.map(
    (consultantId) =>
      ({ task: 'publish-slots', payload: { consultantId }, key: `publish-slots:${consultantId}` }) as const,
  )
  await enqueue(req, ...jobs)
  return doc
}
