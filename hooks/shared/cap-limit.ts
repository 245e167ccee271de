import type { CollectionBeforeOperationHook } from 'payload'

/** The longest page that a list is served in; `limit=0` and `pagination=false` would return whole tables. */
export const maxPageSize = 200
const defaultPageSize = 10

/** Bounds what one request from outside can read. Our own code is not bound. */
export const capLimit: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'read' || req.payloadAPI === 'local' || 'id' in args) return args
  if (!('limit' in args) && !('pagination' in args)) return args
  const isUnlimited = args.limit === 0 || (args.limit === undefined && args.pagination === false)
  const wanted = isUnlimited ? maxPageSize : Number(args.limit ?? defaultPageSize)
  args.limit = Number.isFinite(wanted) && wanted > 0 ? Math.min(Math.floor(wanted), maxPageSize) : defaultPageSize
  return args
}
