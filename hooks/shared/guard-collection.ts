import type { CollectionConfig } from 'payload'
import { versionQuota } from '#access/quotas'
import { admitQuestion } from './admit-question'
import { boundBulk } from './bound-bulk'
import { boundQuery } from './bound-query'
import { capLimit } from './cap-limit'
import { guardAttributesInQueries } from './guard-attributes-in-queries'
import { guardHiddenPaths } from './guard-hidden-paths'
import { leaveOutEmptyGroups } from './leave-out-empty-groups'
import { leaveOutSystemFields } from './leave-out-system-fields'
import { refuseOtherKinds } from './refuse-other-kinds'
import { refuseReferencedDelete } from './refuse-referenced-delete'
import { noteForm, refuseSimultaneousForm, refuseStaleForm } from './refuse-stale-form'
import { readWhatIsWritten } from './read-what-is-written'
import { understandQuery } from './understand-query'
import { withWholeDocument } from './with-whole-document'

/** Of one record there are only so many. 0 means all of them to Payload. */
const boundRecordVersions = (versions: CollectionConfig['versions']): CollectionConfig['versions'] => {
  if (!versions) return versions
  const given = typeof versions === 'object' ? versions : {}
  return { ...given, maxPerDoc: Math.min(given.maxPerDoc || versionQuota.ofRecord, versionQuota.ofRecord) }
}

/** What holds for every collection, before its own hooks. */
export const guardCollection = (collection: CollectionConfig): CollectionConfig => {
  const { hooks = {}, versions } = collection
  return {
    ...collection,
    ...(versions ? { versions: boundRecordVersions(versions) } : {}),
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
        admitQuestion,
        boundBulk,
        guardAttributesInQueries,
        leaveOutSystemFields,
        noteForm,
        leaveOutEmptyGroups,
        refuseOtherKinds,
        ...(hooks.beforeOperation ?? []),
      ],
      beforeValidate: [readWhatIsWritten, refuseStaleForm, ...(hooks.beforeValidate ?? [])],
      beforeChange: [...(hooks.beforeChange ?? []), refuseSimultaneousForm],
      // A login's document holds a password while it is written; it is not for hooks.
      ...(hooks.afterChange && !collection.auth ? { afterChange: hooks.afterChange.map(withWholeDocument) } : {}),
      beforeDelete: [...(hooks.beforeDelete ?? []), refuseReferencedDelete],
    },
  }
}
