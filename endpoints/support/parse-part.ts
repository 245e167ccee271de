import type { z } from 'zod'
import { DomainError, type FieldError } from '#shared/errors'
import { findTextFault } from '#shared/read-text'

const unknownField = 'is not a known field'

/** `__proto__` as a key of its own: Zod leaves it out of records, where every other key that nobody knows is refused. */
const findPrototypeKeys = (value: unknown, path = '', depth = 0): FieldError[] =>
  typeof value !== 'object' || value === null || depth > 5
    ? []
    : Object.entries(value).flatMap(([key, inner]) => {
        const here = path ? `${path}.${key}` : key
        return key === '__proto__' ? [{ path: here, message: unknownField }] : findPrototypeKeys(inner, here, depth + 1)
      })

/** What nobody writes, wherever a text may stand: also where a schema asks for nothing but a text. */
const findTextFaults = (value: unknown, path = '', depth = 0): FieldError[] => {
  if (typeof value === 'string') {
    const message = findTextFault(value)
    return message === undefined ? [] : [{ path, message }]
  }
  if (typeof value !== 'object' || value === null || depth > 20) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    findTextFaults(inner, path ? `${path}.${key}` : key, depth + 1),
  )
}

/**
 * Parses one part of a request (path, query or body).
 * @throws DomainError `invalid_request` with one entry per fault, so that a form can show each beside its field.
 */
export const parsePart = <S extends z.ZodType>(schema: S, part: string, value: unknown): z.output<S> => {
  const result = schema.safeParse(value)
  const errors = result.success
    ? [...findPrototypeKeys(value), ...findTextFaults(value)].slice(0, 20)
    : faultsOf(result.error)
  if (result.success && !errors.length) return result.data
  const first = errors[0]
  throw new DomainError(
    'invalid_request',
    `The ${part} is not valid${first ? `: ${first.path} ${first.message}` : ''}.`,
    { errors },
  )
}

const faultsOf = ({ issues }: z.ZodError): FieldError[] =>
  issues.slice(0, 20).flatMap((issue): FieldError[] => {
    const path = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, 20).map((key) => ({ path: path ? `${path}.${key}` : key, message: unknownField }))
    }
    return [{ path, message: issue.message }]
  })
