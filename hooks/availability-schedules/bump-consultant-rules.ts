import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { relatedId } from '#access/related-id'
import { raiseRulesVersion } from '#availability/rules-version-queries'
import { enqueue } from '#outbox/enqueue'

/** A consultant's rules have changed: what other processes remember of them is old, free time is published anew. */
const bump = async (req: PayloadRequest, consultants: unknown[]): Promise<void> => {
  for (const id of new Set(consultants.flatMap((consultant) => relatedId(consultant) ?? []))) {
    await raiseRulesVersion(req, id)
    await enqueue(req, { task: 'publish-slots', payload: { consultantId: id }, key: `publish-slots:${id}` })
  }
}

export const bumpConsultantRules: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  await bump(req, [data.consultant, previousDoc?.consultant])
  return doc
}

export const bumpConsultantRulesAfterDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await bump(req, [doc.consultant])
  return doc
}
