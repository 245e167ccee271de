import type { PayloadRequest, Where } from 'payload'
import { followField, queriedFieldsOf } from '#database/follow-field'
import { DomainError } from '#shared/errors'
import type { AttributeDefinition } from './attribute-definition'
import { attributeDefinitions } from './attribute-definitions'
import { type AttributeSubject, isAttributeSubject } from './attribute-kinds'
import { sidesInLists } from './attribute-sides'
import { isFilterable } from './decide-attribute-access'
import { decideAttributeFilter } from './decide-attribute-filter'

/** What a request may ask of a list, a count or a change of many: the parts of an operation's arguments that look into records. */
export type AttributeQuery = { where?: unknown; sort?: unknown; joins?: unknown; field?: unknown; draft?: unknown }

/** Who asks: our own code may ask everything that staff may. */
export type QueryContext = { req: PayloadRequest; isOwnCode: boolean }

/**
 * What is asked of custom attributes, with operands of the right type; everything else as it was. Looks into `and` and `or`, through relations
 * and joins, and into what stands for one record of several (`contains`).
 * @throws DomainError `invalid_request` for what somebody may not read, what is not defined, deeper paths, `attributes` as a whole, and
 * operators that a type does not have. What one may not read looks like what is not defined.
 */
export const guardAttributeQuery = async <Query extends AttributeQuery>(
  context: QueryContext,
  slug: string,
  query: Query,
): Promise<Query> => {
  const guarded = { ...query }
  if (isRecord(query.where)) guarded.where = await guardWhere(context, slug, query.where)
  if (query.sort !== undefined) guarded.sort = await guardSort(context, slug, query)
  if (typeof query.field === 'string') refuseTarget(findTarget(context, slug, query.field), query.field)
  if (isRecord(query.joins)) guarded.joins = await guardJoins(context, slug, query.joins)
  return guarded
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Target =
  | { kind: 'attribute'; subject: AttributeSubject; rest: string[]; isNear: boolean }
  /** A relation or a join, whose records can be asked in turn. */
  | { kind: 'records'; slug: string }
  | { kind: 'unknown' }
  | undefined

/** Where a path ends: at attributes, at records, or somewhere that does not concern us. */
const findTarget = ({ req }: QueryContext, slug: string, path: string): Target => {
  const segments = path.replace(/^-/, '').replace(/__/g, '.').split('.')
  let here: string | undefined = slug
  let fields = queriedFieldsOf(req, slug)
  let isNear = true
  let isElsewhere = false
  if (segments[0] === 'version' && !fields.some(({ name }) => name === 'version')) {
    segments.shift()
    isNear = false
  }
  for (const [index, segment] of segments.entries()) {
    if (here !== undefined && isAttributeSubject(here) && segment === 'attributes') {
      return { kind: 'attribute', subject: here, rest: segments.slice(index + 1), isNear: isNear && index === 0 }
    }
    const field = fields.find(({ name }) => name === segment)
    const next = field && followField(field)
    if (!next) return segments.slice(index + 1).includes('attributes') ? { kind: 'unknown' } : undefined
    here = next.slug
    isElsewhere = true
    fields = next.slug === undefined ? next.fields : queriedFieldsOf(req, next.slug)
  }
  return here === undefined || !isElsewhere ? undefined : { kind: 'records', slug: here }
}

const refusal = (path: string, message: string): DomainError =>
  new DomainError('invalid_request', `${path.slice(0, 120)} ${message}.`, {
    errors: [{ path: path.slice(0, 120), message }],
  })

const refuseTarget = (target: Target, path: string): void => {
  if (target?.kind === 'attribute' || target?.kind === 'unknown') {
    throw refusal(path, 'cannot be listed; filter or sort by one attribute')
  }
}

/** @throws DomainError for everything that the caller does not read of every record in a list. */
const requireFilterable = async (
  { req, isOwnCode }: QueryContext,
  { subject, rest }: Extract<Target, { kind: 'attribute' }>,
  path: string,
): Promise<AttributeDefinition> => {
  const [key, ...deeper] = rest
  if (key === undefined) throw refusal(path, 'is asked by one attribute, such as attributes.key')
  const definition = (await attributeDefinitions(req, subject)).find((each) => each.key === key)
  const isAllowed =
    definition && !deeper.length && isFilterable(definition, isOwnCode ? 'staff' : await sidesInLists(req, subject))
  if (!isAllowed) throw refusal(path, 'is no attribute that you can filter or sort by')
  return definition
}

const guardWhere = async (
  context: QueryContext,
  slug: string,
  where: Readonly<Record<string, unknown>>,
): Promise<Where> => {
  const others: Record<string, unknown> = {}
  const asked: Record<string, unknown>[] = []
  for (const [path, condition] of Object.entries(where)) {
    if (['and', 'or'].includes(path.toLowerCase()) && Array.isArray(condition)) {
      const parts: unknown[] = condition
      others[path] = await Promise.all(parts.map((part) => (isRecord(part) ? guardWhere(context, slug, part) : part)))
      continue
    }
    const target = findTarget(context, slug, path)
    if (target?.kind === 'unknown') throw refusal(path, 'leads nowhere')
    if (target?.kind === 'attribute') asked.push(...(await guardConditions(context, { path, condition, target })))
    else others[path] = target ? await guardInner(context, target.slug, condition) : condition
  }
  // Payload heeds the first operator of such a path alone, so each condition stands by itself.
  return (asked.length ? { and: [...(Object.keys(others).length ? [others] : []), ...asked] } : others) as Where
}

/** What is asked of the records of a relation, all of one record. */
const guardInner = async (context: QueryContext, slug: string, condition: unknown): Promise<unknown> => {
  if (!isRecord(condition)) return condition
  const entries = Object.entries(condition).map(
    async ([operator, operand]) =>
      [operator, isRecord(operand) ? await guardWhere(context, slug, operand) : operand] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

const guardConditions = async (
  context: QueryContext,
  { path, condition, target }: { path: string; condition: unknown; target: Extract<Target, { kind: 'attribute' }> },
): Promise<Record<string, unknown>[]> => {
  const definition = await requireFilterable(context, target, path)
  if (!isRecord(condition) || !Object.keys(condition).length) {
    throw refusal(path, 'needs an operator, such as equals')
  }
  return Object.entries(condition).map(([operator, operand]) => {
    const { value, fault } = decideAttributeFilter(definition, operator, operand)
    if (fault !== undefined) throw refusal(path, fault)
    return { [path]: { [operator]: value } }
  })
}

const sortPaths = (sort: unknown): string[] =>
  (Array.isArray(sort) ? (sort as unknown[]) : [sort]).flatMap((each) =>
    typeof each === 'string' ? each.split(',').map((path) => path.trim()) : [],
  )

/** The order as it was, or an attribute in the one way of writing it that reaches the right SQL: by any other Payload sorts by the whole column. */
const guardSort = async (
  context: QueryContext,
  slug: string,
  { draft, field, sort }: AttributeQuery,
): Promise<unknown> => {
  const paths = sortPaths(sort)
  for (const path of paths) {
    const target = findTarget(context, slug, path)
    if (target?.kind !== 'attribute' && target?.kind !== 'unknown') continue
    if (target.kind === 'unknown' || !target.isNear || field !== undefined)
      throw refusal(path, 'cannot be sorted by from here')
    const { key, type } = await requireFilterable(context, target, path)
    if (type === 'multi_select') throw refusal(path, 'has several values, which have no order')
    if (paths.length > 1) throw refusal(path, 'can only be sorted by alone')
    if (draft === true) throw refusal(path, 'sorts what is published; leave out draft')
    const order = `${path.startsWith('-') ? '-' : ''}attributes.${key}`
    return Array.isArray(sort) ? [order] : order
  }
  return sort
}

const guardJoins = async (
  context: QueryContext,
  slug: string,
  joins: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> => {
  const guarded: Record<string, unknown> = {}
  for (const [path, join] of Object.entries(joins)) {
    const target = findTarget(context, slug, path)
    if (target?.kind !== 'records' || !isRecord(join)) {
      guarded[path] = join
      continue
    }
    for (const each of sortPaths(join.sort)) refuseTarget(findTarget(context, target.slug, each), each)
    guarded[path] = isRecord(join.where) ? { ...join, where: await guardWhere(context, target.slug, join.where) } : join
  }
  return guarded
}
