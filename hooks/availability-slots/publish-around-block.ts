import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { relatedId } from '#access/related-id'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { enqueue } from '#outbox/enqueue'

const publish = async (req: PayloadRequest, ...consultants: unknown[]): Promise<void> => {
  const ids = new Set(consultants.flatMap((consultant) => relatedId(consultant) ?? []))
  await enqueue(req, ...[...ids].map(publishSlotsJob))
}

/** What is free around a block is published anew. `doc` is only what the caller may see, so `data` is read instead. */
export const publishAroundBlock: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  if (data.status === 'blocked' || previousDoc?.status === 'blocked') {
    await publish(req, data.consultant, previousDoc?.consultant)
  }
  return doc
}

export const publishAfterUnblock: CollectionAfterDeleteHook = async ({ doc, req }) => {
  if (doc.status === 'blocked') await publish(req, doc.consultant)
  return doc
}
