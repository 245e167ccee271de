import type { FlattenedField, PayloadRequest } from 'payload'
import type { Compared, Question, Search } from '#access/compute-query-cost'
import type { ReaderKind } from '#access/query-bounds'
import { followField, queriedFieldsOf } from '#database/follow-field'

/** What a question is read from: the arguments of an operation of Payload, over REST or GraphQL. */
export type Asked = {
  where?: unknown
  sort?: unknown
  limit?: unknown
  depth?: unknown
  select?: unknown
  populate?: unknown
  joins?: unknown
}

/** `joinsOfRelation`: what a condition through a relation joins, see {@link joinsFor}. */
type Known = Pick<PayloadRequest, 'payload'> & { joinsOfRelation: number }

/**
 * How many tables a condition through one relation joins. Payload adds the rule of who may read the records there, which compares two of their fields or
 * so, to each condition, and joins the table anew for each of them; staff read all.
 */
export const joinsFor = (reader: ReaderKind): number => (reader === 'staff' ? 1 : 3)

/** Where nothing is said, as Payload has it. */
const usual = { limit: 10, depth: 1 }
/** How many records a field points to that may point to several, about. */
const several = 3
/** More than any list holds. */
export const longestList = 200

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldsOf = (known: Known, slug: string): FlattenedField[] => queriedFieldsOf(known, slug)

/** Its values lie in a table of their own. */
const hasTable = (field: FlattenedField): boolean =>
  field.type === 'array' || field.type === 'blocks' || ('hasMany' in field && field.hasMany === true)

/** How many other tables a path leads through, the last one among them where its own values lie in one; and where it goes on from there. */
const followPath = (known: Known, slug: string, path: string): { hops: number; slug?: string } => {
  const segments = path.replace(/^-/, '').replaceAll('__', '.').split('.')
  let fields = fieldsOf(known, slug)
  let hops = 0
  if (segments[0] === 'version' && !fields.some(({ name }) => name === 'version')) segments.shift()
  for (const [index, segment] of segments.entries()) {
    const field = fields.find(({ name }) => name === segment)
    if (!field) break
    const next = followField(field)
    const goesOn = index < segments.length - 1
    if (hasTable(field)) hops += 1
    else if (goesOn && next?.slug !== undefined) hops += known.joinsOfRelation
    if (!next) break
    if (!goesOn) return next.slug === undefined ? { hops } : { hops, slug: next.slug }
    fields = next.slug === undefined ? next.fields : fieldsOf(known, next.slug)
  }
  return { hops }
}

const wordsOf = (operator: string, operand: unknown): number => {
  if (operator === 'contains') return 1
  return /like$/i.test(operator) && typeof operand === 'string' ? operand.trim().split(/\s+/).length : 0
}

const valuesOf = (operand: unknown): number => {
  if (Array.isArray(operand)) return operand.length
  return typeof operand === 'string' && operand.length > 100 ? operand.split(',').length : 1
}

const comparedIn = (known: Known, slug: string, where: unknown): Compared[] =>
  !isRecord(where)
    ? []
    : Object.entries(where).flatMap(([path, condition]): Compared[] => {
        if (/^(and|or)$/i.test(path)) {
          return Array.isArray(condition) ? condition.flatMap((part) => comparedIn(known, slug, part)) : []
        }
        const { hops, slug: target } = followPath(known, slug, path)
        if (!isRecord(condition)) return [{ hops, words: 0, values: 1 }]
        return Object.entries(condition).flatMap(([operator, operand]): Compared[] =>
          isRecord(operand) && target !== undefined
            ? comparedIn(known, target, operand).map((inner) => ({
                ...inner,
                hops: inner.hops + known.joinsOfRelation,
              }))
            : [{ hops, words: wordsOf(operator, operand), values: valuesOf(operand) }],
        )
      })

const namesIn = (sort: unknown): string[] =>
  (Array.isArray(sort) ? (sort as unknown[]) : [sort]).flatMap((part) =>
    typeof part === 'string' ? part.split(',').flatMap((name) => name.trim() || []) : [],
  )

const readSearch = (known: Known, slug: string, { where, sort }: Asked): Search => ({
  compared: comparedIn(known, slug, where),
  // What is sorted by brings no rules along.
  sortHops: namesIn(sort).map((name) => followPath({ ...known, joinsOfRelation: 1 }, slug, name).hops),
})

/** Whether `select` keeps a field: it names those that are wanted, or those that are not. */
const isSelected = (select: unknown, name: string): boolean => {
  if (!isRecord(select)) return true
  const named = Object.values(select)
  return named.length > 0 && named.every((value) => value === false) ? select[name] !== false : name in select
}

const within = (select: unknown, name: string): unknown => (isRecord(select) ? select[name] : undefined)

const targetsOf = (field: FlattenedField): string[] =>
  field.type === 'relationship' || field.type === 'upload' ? [field.relationTo].flat() : []

/** How many records are filled in for one record, over all levels. */
const countFilledIn = (
  known: Known,
  fields: FlattenedField[],
  { depth, select, populate }: { depth: number; select: unknown; populate: unknown },
): number => {
  if (depth < 1) return 0
  let filledIn = 0
  for (const field of fields) {
    if (!isSelected(select, field.name)) continue
    const times = hasTable(field) ? several : 1
    const targets = targetsOf(field)
    if (targets.length) {
      const reach = Math.min(depth, 'maxDepth' in field ? (field.maxDepth ?? depth) : depth)
      if (reach < 1) continue
      const each = targets.map((slug) =>
        countFilledIn(known, fieldsOf(known, slug), {
          depth: reach - 1,
          select: within(populate, slug),
          populate,
        }),
      )
      filledIn += times * (1 + Math.max(...each))
      continue
    }
    const next = followField(field)
    if (next?.slug !== undefined || !next) continue
    filledIn += times * countFilledIn(known, next.fields, { depth, select: within(select, field.name), populate })
  }
  return filledIn
}

const numberOr = (value: unknown, fallback: number): number => {
  const number = Number(value)
  return value === undefined || value === null || value === '' || !Number.isFinite(number) ? fallback : number
}

/** As many as a list holds, where none or all are asked for. */
const limitOf = (limit: unknown): number => {
  const wanted = numberOr(limit, usual.limit)
  return wanted > 0 ? Math.min(wanted, longestList) : longestList
}

const readLists = (known: Known, slug: string, { joins, select }: Asked): Question['lists'] =>
  fieldsOf(known, slug).flatMap((field) => {
    if (field.type !== 'join' || joins === false || !isSelected(select, field.name)) return []
    const join = isRecord(joins) ? joins[field.name] : undefined
    if (join === false) return []
    const asked: Asked = isRecord(join) ? join : {}
    const target = followField(field)?.slug
    const search = target === undefined ? { compared: [], sortHops: [] } : readSearch(known, target, asked)
    return [{ ...search, limit: limitOf(asked.limit ?? field.defaultLimit) }]
  })

/**
 * A question as {@link computeQueryCost} takes it.
 * @param slug of the collection that is asked.
 */
export const readQuestion = (known: Known, slug: string, kind: Question['kind'], asked: Asked): Question => ({
  kind,
  ...readSearch(known, slug, asked),
  limit: kind === 'record' ? 1 : limitOf(asked.limit),
  filledIn:
    kind === 'count'
      ? 0
      : countFilledIn(known, fieldsOf(known, slug), {
          depth: Math.min(numberOr(asked.depth, usual.depth), known.payload.config.maxDepth),
          select: asked.select,
          populate: asked.populate,
        }),
  lists: kind === 'count' ? [] : readLists(known, slug, asked),
})
