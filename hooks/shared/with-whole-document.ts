import type { CollectionAfterChangeHook, CollectionConfig } from 'payload'

type Hook = NonNullable<NonNullable<CollectionConfig['hooks']>['afterChange']>[number]

/**
 * Payload hands an `afterChange` hook what the caller may see of the document: without fields that they do not read or have not asked for, and
 * with relations filled in as deep as they wanted. What follows a write must not depend on who wrote, so each hook gets the whole document
 * as it was stored, with ids for relations. What it returns is ignored: it would go to the caller past their access.
 */
export const withWholeDocument =
  (hook: Hook): CollectionAfterChangeHook =>
  async (args) => {
    const { data, doc } = args
    await hook({ ...args, doc: { ...doc, ...data, ...stampsOf(doc) } })
  }

/** A form sends along when it was read; what counts is when the document was stored. */
const stampsOf = (doc: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    ['id', 'createdAt', 'updatedAt'].flatMap((name) => (doc[name] === undefined ? [] : [[name, doc[name]]])),
  )
