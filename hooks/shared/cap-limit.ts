import type { CollectionBeforeOperationHook } from 'payload'

/** The longest page that a list is served in; `limit=0` and `pagination=false` would return whole tables. */
export const maxPageSize = 200
const defaultPageSize = 10

const capped = (limit: unknown): number => {
  const wanted = Number(limit)
  return Number.isFinite(wanted) && wanted > 0 ? Math.min(Math.floor(wanted), maxPageSize) : defaultPageSize
}

/** Whatever is no page counts as the first one; none begins beyond what PostgreSQL can count to. */
const pageOf = (page: unknown): number => {
  const wanted = Math.floor(Number(page))
  return wanted >= 1 ? Math.min(wanted, 1_000_000_000) : 1
}

/** Bounds what one request from outside can read. Our own code is not bound. */
export const capLimit: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'read' && operation !== 'readDistinct') return args
  if (req.payloadAPI === 'local') return args
  if ('page' in args && args.page !== undefined) args.page = pageOf(args.page)
  if ('joins' in args) capJoins(args.joins)
  if ('id' in args || (!('limit' in args) && !('pagination' in args))) return args
  const isUnlimited =
    args.limit === 0 || (args.limit === undefined && 'pagination' in args && args.pagination === false)
  args.limit = isUnlimited ? maxPageSize : capped(args.limit ?? defaultPageSize)
  return args
}

/** Records that are listed within another one, each list with a limit of its own. */
const capJoins = (joins: unknown): void => {
  if (typeof joins !== 'object' || joins === null) return
  for (const join of Object.values(joins) as unknown[]) {
    if (typeof join !== 'object' || join === null || !('limit' in join) || join.limit === undefined) continue
    join.limit = join.limit === 0 ? maxPageSize : capped(join.limit)
  }
}
