import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { relatedId } from '#access/related-id'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { raiseRulesVersion } from '#availability/rules-version-queries'
import { enqueue } from '#outbox/enqueue'

type Slot = { consultant?: unknown; isRecurring?: unknown; status?: unknown }

const isBlock = ({ status }: Slot): boolean => status === 'blocked'

/** Blocks that come back are part of what is remembered of a consultant's rules. */
const publish = async (req: PayloadRequest, ...blocks: Slot[]): Promise<void> => {
  const ids = new Set(blocks.flatMap(({ consultant }) => relatedId(consultant) ?? []))
  if (blocks.some(({ isRecurring }) => isRecurring === true)) for (const id of ids) await raiseRulesVersion(req, id)
  await enqueue(req, ...[...ids].map(publishSlotsJob))
}

/** What is free around a block is published anew. `doc` is only what the caller may see, so `data` is read instead. */
export const publishAroundBlock: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  const slots: Slot[] = [data, previousDoc ?? {}]
  if (slots.some(isBlock)) await publish(req, ...slots)
  return doc
}

export const publishAfterUnblock: CollectionAfterDeleteHook = async ({ doc, req }) => {
  if (isBlock(doc)) await publish(req, doc)
  return doc
}
