import type { CollectionBeforeOperationHook } from 'payload'
import { DomainError } from '#shared/errors'
import { maxPageSize } from './cap-limit'
import { hasEmptySearch } from './has-empty-search'

/**
 * A request from outside changes or deletes no more records at once than a list shows: every one of them is read, locked, run through its hooks
 * and answered.
 * @throws DomainError `invalid_request` that says how many it would have been, also where nothing is looked for.
 */
export const boundBulk: CollectionBeforeOperationHook = async ({
  args,
  collection,
  operation,
  overrideAccess,
  req,
}) => {
  if ((operation !== 'update' && operation !== 'delete') || req.payloadAPI === 'local' || overrideAccess) return args
  if ('id' in args || !('where' in args) || !args.where) return args
  if (hasEmptySearch(args.where)) {
    const message = 'looks for no text, which every record fits, so say what to look for'
    throw new DomainError('invalid_request', `where ${message}.`, { errors: [{ path: 'where', message }] })
  }
  const limit: unknown = 'limit' in args ? args.limit : undefined
  if (typeof limit === 'number' && limit > 0 && limit <= maxPageSize) return args
  const { totalDocs } = await req.payload.count({
    collection: collection.slug,
    where: args.where,
    overrideAccess: false,
    req,
  })
  if (totalDocs <= maxPageSize) return args
  const message = `fits ${totalDocs} records; at most ${maxPageSize} can be ${operation === 'update' ? 'changed' : 'deleted'} at once, so narrow it`
  throw new DomainError('invalid_request', `where ${message}.`, { errors: [{ path: 'where', message }] })
}
