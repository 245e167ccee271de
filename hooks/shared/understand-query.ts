import { type CollectionBeforeOperationHook, type FlattenedField, type PayloadRequest, QueryError } from 'payload'
import { findConditionFault, recordId } from '#database/find-condition-fault'
import { followField, queriedFieldsOf } from '#database/follow-field'
import { DomainError, type FieldError } from '#shared/errors'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fault = (path: string, message: string): FieldError => ({ path: path.slice(0, 120), message })

/** The field that a path ends at; undefined where it leads out of what is known here, or into a JSON. */
const findField = (req: PayloadRequest, slug: string, path: string): FlattenedField | undefined => {
  const segments = path.replaceAll('__', '.').split('.')
  let fields = queriedFieldsOf(req, slug)
  let isOfRecord = true
  if (segments[0] === 'version' && !fields.some(({ name }) => name === 'version')) segments.shift()
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    const field = fields.find(({ name }) => name === segment)
    if (!field) return isLast && isOfRecord && segment === 'id' ? recordId : undefined
    if (isLast) return field
    const next = followField(field)
    if (!next) return undefined
    isOfRecord = next.slug !== undefined
    fields = next.slug === undefined ? next.fields : queriedFieldsOf(req, next.slug)
  }
  return undefined
}

const faultsOfWhere = (req: PayloadRequest, slug: string, where: unknown, at: string): FieldError[] => {
  if (where === undefined || where === null) return []
  if (!isRecord(where)) return [fault(at, 'must be conditions on fields, as where[name][equals]=Ada')]
  return Object.entries(where).flatMap(([path, condition]) => {
    if (/^(and|or)$/i.test(path)) {
      if (!Array.isArray(condition) || !condition.length) return [fault(path, 'must be a list of conditions')]
      return condition.flatMap((part, index) =>
        isRecord(part) && Object.keys(part).length > 0
          ? faultsOfWhere(req, slug, part, path)
          : [fault(`${path}.${index}`, 'must be conditions on fields, as where[name][equals]=Ada')],
      )
    }
    if (condition === undefined) return []
    if (!isRecord(condition) || !Object.keys(condition).length)
      return [fault(path, 'needs an operator, as where[name][equals]=Ada')]
    const field = findField(req, slug, path)
    return Object.entries(condition).flatMap(([operator, operand]) => {
      if (operand === undefined) return []
      // What the records of a relation hold: asked of that collection.
      const target = field && followField(field)?.slug
      if (isRecord(operand) && target !== undefined) return faultsOfWhere(req, target, operand, path)
      const message = field && findConditionFault(field, operator, operand)
      return message === undefined ? [] : [fault(path, message)]
    })
  })
}

const faultsOfSort = (req: PayloadRequest, slug: string, sort: unknown): FieldError[] => {
  if (sort === undefined || sort === null) return []
  const paths = typeof sort === 'string' ? sort.split(',') : sort
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) {
    return [fault('sort', 'must be fields to sort by, as sort=-createdAt')]
  }
  const isLost = paths.some((path) => /^-*$/.test(path.trim())) && paths.length > 0
  return isLost && sort !== '' ? [fault('sort', 'must name a field, as sort=-createdAt')] : []
}

/**
 * A question that cannot be understood is refused, and does nothing: Payload leaves out what it cannot read, so that a change or a deletion of many
 * would meet all of them, and asks PostgreSQL for comparisons that it does not have.
 * @throws DomainError `invalid_request` that names each condition; QueryError for lists in the admin, which show it as no records.
 */
export const understandQuery: CollectionBeforeOperationHook = ({ args, collection: { slug }, overrideAccess, req }) => {
  if (overrideAccess) return args
  const joins = 'joins' in args && isRecord(args.joins) ? Object.entries(args.joins) : []
  const faults = [
    ...('where' in args ? faultsOfWhere(req, slug, args.where, 'where') : []),
    ...('sort' in args ? faultsOfSort(req, slug, args.sort) : []),
    ...joins.flatMap(([path, join]) => {
      const field = findField(req, slug, path)
      const target = field && followField(field)?.slug
      if (target === undefined || !isRecord(join)) return []
      return [...faultsOfWhere(req, target, join.where, `joins.${path}`), ...faultsOfSort(req, target, join.sort)]
    }),
  ].slice(0, 20)
  if (!faults.length) return args
  if ('includeLockStatus' in args && args.includeLockStatus === true) throw new QueryError(faults)
  const [first] = faults
  throw new DomainError('invalid_request', `${first?.path} ${first?.message}.`, { errors: faults })
}
