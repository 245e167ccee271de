import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'
import { isStaff } from '#access/roles'
import { DomainError } from '#shared/errors'

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

/** Whoever is not staff reads no further into a list: PostgreSQL counts its way to each page. */
const lastRecord = 100_000

const refuseDepth = (limit: number): never => {
  const message = `must be at most ${Math.floor(lastRecord / limit)} with a limit of ${limit}: lists end at ${lastRecord} records. Narrow the list with where, or sort it the other way round`
  throw new DomainError('invalid_request', `page ${message}.`, { errors: [{ path: 'page', message }] })
}

const boundDepth = (req: PayloadRequest, args: { limit?: unknown; page?: unknown }): void => {
  const limit = Number(args.limit ?? defaultPageSize)
  if (Number(args.page ?? 1) * limit > lastRecord && !isStaff(req)) refuseDepth(limit)
}

/** Bounds what one request from outside can read. Our own code is not bound. */
export const capLimit: CollectionBeforeOperationHook = ({ args, operation, overrideAccess, req }) => {
  if (operation !== 'read' && operation !== 'readDistinct') return args
  if (req.payloadAPI === 'local') return isAdminList(args) && !overrideAccess ? withinPage(args) : args
  if ('page' in args && args.page !== undefined) args.page = pageOf(args.page)
  if ('joins' in args) capJoins(args.joins)
  if ('id' in args || (!('limit' in args) && !('pagination' in args))) return args
  const isUnlimited =
    args.limit === 0 || (args.limit === undefined && 'pagination' in args && args.pagination === false)
  args.limit = isUnlimited ? maxPageSize : capped(args.limit ?? defaultPageSize)
  boundDepth(req, args)
  return args
}

/** The admin renders its lists in this process, as long as their address says. */
const isAdminList = (args: object): args is { limit?: unknown } =>
  'includeLockStatus' in args && args.includeLockStatus === true

const withinPage = <Args extends { limit?: unknown }>(args: Args): Args => ({
  ...args,
  limit: capped(args.limit ?? defaultPageSize),
})

/** Records that are listed within another one, each list with a limit of its own. */
const capJoins = (joins: unknown): void => {
  if (typeof joins !== 'object' || joins === null) return
  for (const join of Object.values(joins) as unknown[]) {
    if (typeof join !== 'object' || join === null || !('limit' in join) || join.limit === undefined) continue
    join.limit = join.limit === 0 ? maxPageSize : capped(join.limit)
  }
}
