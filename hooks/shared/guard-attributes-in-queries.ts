import { type CollectionBeforeOperationHook, QueryError } from 'payload'
import { guardAttributeQuery } from '#attributes/guard-attribute-query'
import { DomainError } from '#shared/errors'

/**
 * Whatever is asked of records, by whom and of which collection: of their custom attributes everybody asks only what they may read. Lists in
 * the admin (they alone ask who is editing what) are told so by the error that Payload has for it: then they show no records, where another
 * one would leave the page blank.
 */
export const guardAttributesInQueries: CollectionBeforeOperationHook = async ({
  args,
  collection,
  overrideAccess,
  req,
}) => {
  if (!('where' in args || 'sort' in args || 'joins' in args || 'field' in args)) return args
  try {
    return await guardAttributeQuery({ req, isOwnCode: overrideAccess === true }, collection.slug, args)
  } catch (error) {
    const isList = 'includeLockStatus' in args && args.includeLockStatus === true
    throw isList && error instanceof DomainError ? new QueryError(error.errors ?? []) : error
  }
}
