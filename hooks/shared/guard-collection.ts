import type { CollectionConfig } from 'payload'
import { boundBulk } from './bound-bulk'
import { boundQuery } from './bound-query'
import { capLimit } from './cap-limit'
import { guardAttributesInQueries } from './guard-attributes-in-queries'
import { guardHiddenPaths } from './guard-hidden-paths'
import { leaveOutEmptyGroups } from './leave-out-empty-groups'
import { refuseReferencedDelete } from './refuse-referenced-delete'
import { refuseUnsafeText } from './refuse-unsafe-text'
import { understandQuery } from './understand-query'
import { withWholeDocument } from './with-whole-document'

/** What holds for every collection, before its own hooks. */
export const guardCollection = (collection: CollectionConfig): CollectionConfig => {
  const { hooks = {} } = collection
  return {
    ...collection,
    // Part of the whole document, however little of it the caller wants to see.
    forceSelect: {
      ...collection.forceSelect,
      ...(collection.timestamps === false ? {} : { createdAt: true, updatedAt: true }),
    },
    hooks: {
      ...hooks,
      beforeOperation: [
        capLimit,
        boundQuery,
        guardHiddenPaths,
        understandQuery,
        boundBulk,
        guardAttributesInQueries,
        leaveOutEmptyGroups,
        ...(hooks.beforeOperation ?? []),
      ],
      beforeValidate: [refuseUnsafeText, ...(hooks.beforeValidate ?? [])],
      // A login's document holds a password while it is written; it is not for hooks.
      ...(hooks.afterChange && !collection.auth ? { afterChange: hooks.afterChange.map(withWholeDocument) } : {}),
      beforeDelete: [...(hooks.beforeDelete ?? []), refuseReferencedDelete],
    },
  }
}
