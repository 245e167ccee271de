import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { relatedId } from '#access/related-id'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { raiseRulesVersion } from '#availability/rules-version-queries'
import { isChangeOfTimes } from '#directory/published-slots/is-change-of-times'
import { enqueue } from '#outbox/enqueue'

/** A consultant's rules have changed: what other processes remember of them is old, free time is published anew. */
const bump = async (req: PayloadRequest, consultants: unknown[]): Promise<void> => {
  for (const id of new Set(consultants.flatMap((consultant) => relatedId(consultant) ?? []))) {
    await raiseRulesVersion(req, id)
    await enqueue(req, publishSlotsJob(id))
  }
}

export const bumpConsultantRules: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  if (isChangeOfTimes('availability-schedules', previousDoc, data)) {
    await bump(req, [data.consultant, previousDoc?.consultant])
  }
  return doc
}

export const bumpConsultantRulesAfterDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await bump(req, [doc.consultant])
  return doc
}
