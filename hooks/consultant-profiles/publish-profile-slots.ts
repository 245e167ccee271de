import type { CollectionAfterChangeHook } from 'payload'
import { refreshDirectory } from '#directory/directory-queries'
import { hideUnshownSlots } from '#directory/profile-queries'
import { enqueue } from '#outbox/enqueue'

/**
 * Free time is published anew after each change of a profile. What is hidden disappears at once and not when the worker
 * comes by; what the directory is searched by follows at once, too.
 */
export const publishProfileSlots: CollectionAfterChangeHook = async ({ doc, req }) => {
  const id = String(doc.id)
  await hideUnshownSlots(req, id)
  await refreshDirectory(req, [id])
  await enqueue(req, { task: 'publish-slots', payload: { consultantId: id }, key: `publish-slots:${id}` })
  return doc
}
