import type { CollectionConfig } from 'payload'
import { capLimit } from './cap-limit'
import { refuseReferencedDelete } from './refuse-referenced-delete'
import { refuseUnsafeText } from './refuse-unsafe-text'

/** What holds for every collection, before its own hooks. */
export const guardCollection = (collection: CollectionConfig): CollectionConfig => {
  const { hooks = {} } = collection
  return {
    ...collection,
    hooks: {
      ...hooks,
      beforeOperation: [capLimit, ...(hooks.beforeOperation ?? [])],
      beforeValidate: [refuseUnsafeText, ...(hooks.beforeValidate ?? [])],
      beforeDelete: [...(hooks.beforeDelete ?? []), refuseReferencedDelete],
    },
  }
}
