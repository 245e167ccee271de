import type { CollectionBeforeDeleteHook } from 'payload'
import { DomainError } from '#shared/errors'
import { findReferences } from './find-references'

/**
 * A record that others need stays. Without this, PostgreSQL would empty the references, or fail with an error that
 * says nothing.
 * @throws DomainError `conflict` naming who needs it.
 */
export const refuseReferencedDelete: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  const users = new Map<string, number>()
  for (const { collection: from, label, path } of findReferences(req.payload.config, collection.slug)) {
    const { totalDocs } = await req.payload.count({ collection: from, where: { [path]: { equals: id } }, req })
    if (totalDocs > 0) users.set(label, (users.get(label) ?? 0) + totalDocs)
  }
  if (!users.size) return
  const list = [...users].map(([label, count]) => `${label} (${count})`).join(', ')
  throw new DomainError('conflict', `It cannot be deleted, because these refer to it: ${list}.`)
}
