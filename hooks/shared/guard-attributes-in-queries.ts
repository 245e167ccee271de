import type { CollectionBeforeOperationHook } from 'payload'
import { guardAttributeQuery } from '#attributes/guard-attribute-query'

/** Whatever is asked of records, by whom and of which collection: of their custom attributes everybody asks only what they may read. */
export const guardAttributesInQueries: CollectionBeforeOperationHook = async ({
  args,
  collection,
  overrideAccess,
  req,
}) => {
  if (!('where' in args || 'sort' in args || 'joins' in args || 'field' in args)) return args
  return guardAttributeQuery({ req, isOwnCode: overrideAccess === true }, collection.slug, args)
}
