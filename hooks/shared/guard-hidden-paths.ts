import { type CollectionBeforeOperationHook, type PayloadRequest, QueryError } from 'payload'
import { isJoin, type Known, mayAskPath, targetOfPath } from './may-ask-path'

/**
 * Nobody filters, sorts or groups by what they may not read: the order of an answer, or whether there is one, would tell it letter by letter.
 * What is hidden is refused as what is not there, so that the refusal does not tell either. Before every other rule about what is asked.
 * @throws QueryError that names the path.
 */
export const guardHiddenPaths: CollectionBeforeOperationHook = async ({
  args,
  collection: { slug },
  overrideAccess,
  req,
}) => {
  if (overrideAccess) return args
  const asked = [
    ...('where' in args ? askedByWhere(req, slug, args.where) : []),
    ...('sort' in args ? askedByPaths(slug, args.sort) : []),
    ...('field' in args ? askedByPaths(slug, args.field) : []),
    ...('joins' in args ? askedByJoins(req, slug, args.joins) : []),
  ]
  const joins = 'joins' in args && isRecord(args.joins) ? Object.keys(args.joins) : []
  const lost = joins.find((path) => !isJoin(req, slug, path))
  if (lost !== undefined) throw new QueryError([{ path: lost.slice(0, 120) }])
  const distinct = new Map(asked.map((each) => [`${each.slug} ${each.path}`, each]))
  const known: Known = new Map()
  for (const each of distinct.values()) {
    if (!(await mayAskPath({ req, known }, each.slug, each.path)))
      throw new QueryError([{ path: each.path.slice(0, 120) }])
  }
  return args
}

type Asked = { slug: string; path: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands for conditions and is none is left to `understandQuery`. */
const askedByWhere = (req: PayloadRequest, slug: string, where: unknown, within = ''): Asked[] =>
  !isRecord(where)
    ? []
    : Object.entries(where).flatMap(([key, condition]): Asked[] => {
        if (/^(and|or)$/i.test(key)) {
          const parts: unknown[] = Array.isArray(condition) ? condition : []
          return parts.flatMap((part) => askedByWhere(req, slug, part, within))
        }
        const path = `${within}${key}`
        const inner = isRecord(condition) ? Object.values(condition).filter(isRecord) : []
        // What the records of a relation hold may stand within the condition as well as in the path.
        const isOfRecords = inner.length > 0 && targetOfPath(req, slug, path) !== undefined
        return [
          { slug, path },
          ...(isOfRecords ? inner.flatMap((part) => askedByWhere(req, slug, part, `${path}.`)) : []),
        ]
      })

const askedByPaths = (slug: string, paths: unknown): Asked[] =>
  (Array.isArray(paths) ? (paths as unknown[]) : [paths])
    .flatMap((each) => (typeof each === 'string' ? each.split(',') : []))
    .map((each) => each.trim().replace(/^-/, ''))
    .filter((path) => path !== '' && !/^-+$/.test(path))
    .map((path) => ({ slug, path }))

const askedByJoins = (req: PayloadRequest, slug: string, joins: unknown): Asked[] =>
  !isRecord(joins)
    ? []
    : Object.entries(joins).flatMap(([path, join]) => {
        const target = targetOfPath(req, slug, path)
        if (target === undefined || !isRecord(join)) return [{ slug, path }]
        return [{ slug, path }, ...askedByWhere(req, target, join.where), ...askedByPaths(target, join.sort)]
      })
