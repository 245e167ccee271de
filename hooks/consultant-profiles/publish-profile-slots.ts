import type { CollectionAfterChangeHook } from 'payload'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { refreshDirectory } from '#directory/directory-queries'
import { hideUnshownSlots } from '#directory/profile-queries'
import { keepPublished } from '#directory/published-slots/published-slot-queries'
import { isPublishedDraft } from '#directory/published-slots/is-published-draft'
import { isChangeOfTimes } from '#directory/published-slots/is-change-of-times'
import { enqueue } from '#outbox/enqueue'

/**
 * Free time is published anew where a change of a profile touches it. What is hidden disappears at once and not when the worker
 * comes by; what the directory is searched by follows at once, too.
 */
export const publishProfileSlots: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  const id = String(doc.id)
  await hideUnshownSlots(req, id)
  await refreshDirectory(req, [id])
  const isNews = isPublishedDraft(previousDoc ?? {}, doc) || isChangeOfTimes('consultant-profiles', previousDoc, data)
  if (isNews) await enqueue(req, publishSlotsJob(id))
  else await keepPublished(req, id)
  return doc
}
