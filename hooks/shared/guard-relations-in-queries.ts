import { type CollectionBeforeOperationHook, type PayloadRequest, QueryError } from 'payload'
import { followField, queriedFieldsOf } from '#database/follow-field'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A path that leads to records of another collection. */
type Hop = { path: string; slug: string }

/** The collections that a path leads through; the last one as well where it goes on in it or `contains` asks of its records. */
const hopsOf = (req: PayloadRequest, slug: string, path: string): Hop[] => {
  const hops: Hop[] = []
  const segments = path.replace(/^-/, '').replaceAll('__', '.').split('.')
  let fields = queriedFieldsOf(req, slug)
  // Of a version: the fields of the record lie below it.
  if (segments[0] === 'version' && !fields.some(({ name }) => name === 'version')) segments.shift()
  for (const [index, segment] of segments.entries()) {
    const field = fields.find(({ name }) => name === segment)
    const next = field && followField(field)
    if (!next) break
    if (next.slug !== undefined) hops.push({ path: segments.slice(0, index + 1).join('.'), slug: next.slug })
    fields = next.slug === undefined ? next.fields : queriedFieldsOf(req, next.slug)
  }
  return hops
}

const isOnly = (path: string, { path: hop }: Hop): boolean =>
  path.replaceAll('__', '.').replace(/^version\./, '') === hop

const hopsOfWhere = (req: PayloadRequest, slug: string, where: unknown): Hop[] =>
  !isRecord(where)
    ? []
    : Object.entries(where).flatMap(([path, condition]): Hop[] => {
        if (/^(and|or)$/i.test(path)) {
          return Array.isArray(condition) ? condition.flatMap((part) => hopsOfWhere(req, slug, part)) : []
        }
        const hops = hopsOf(req, slug, path)
        const last = hops.at(-1)
        if (!last || !isOnly(path, last)) return hops
        // Which record it is stands in the record itself; what that one holds is asked within the condition.
        const inner = isRecord(condition) ? Object.values(condition).filter(isRecord) : []
        return inner.length
          ? [...hops, ...inner.flatMap((part) => hopsOfWhere(req, last.slug, part))]
          : hops.slice(0, -1)
      })

const hopsOfPaths = (req: PayloadRequest, slug: string, paths: unknown): Hop[] =>
  (Array.isArray(paths) ? (paths as unknown[]) : [paths])
    .flatMap((each) => (typeof each === 'string' ? each.split(',') : []))
    .flatMap((each) => {
      const path = each.trim().replace(/^-/, '')
      const hops = hopsOf(req, slug, path)
      const last = hops.at(-1)
      return last && isOnly(path, last) ? hops.slice(0, -1) : hops
    })

const hopsOfJoins = (req: PayloadRequest, slug: string, joins: unknown): Hop[] =>
  !isRecord(joins)
    ? []
    : Object.entries(joins).flatMap(([path, join]) => {
        const target = hopsOf(req, slug, path).at(-1)
        if (!target || !isRecord(join)) return []
        return [...hopsOfWhere(req, target.slug, join.where), ...hopsOfPaths(req, target.slug, join.sort)]
      })

/**
 * Nobody asks through a relation what a record holds that they may not read at all. Payload heeds the rule of the other collection where it
 * says which records, but not where it says none: then every field that stands open to whoever sees the record could be guessed, letter by letter.
 * @throws QueryError, as for a field that one may not ask.
 */
export const guardRelationsInQueries: CollectionBeforeOperationHook = async ({
  args,
  collection: { slug },
  overrideAccess,
  req,
}) => {
  if (overrideAccess) return args
  const hops = [
    ...('where' in args ? hopsOfWhere(req, slug, args.where) : []),
    ...('sort' in args ? hopsOfPaths(req, slug, args.sort) : []),
    ...('field' in args ? hopsOfPaths(req, slug, args.field) : []),
    ...('joins' in args ? hopsOfJoins(req, slug, args.joins) : []),
  ]
  const asked = new Map(hops.map((hop) => [hop.slug, hop.path]))
  for (const [other, path] of asked) {
    const { access } = req.payload.collections[other as keyof typeof req.payload.collections].config
    if ((await access.read({ req })) === false) throw new QueryError([{ path }])
  }
  return args
}
