import type { z } from 'zod'
import { DomainError, type FieldError } from '#shared/errors'

/**
 * Parses one part of a request (path, query or body).
 * @throws DomainError `invalid_request` with one entry per fault, so that a form can show each beside its field.
 */
export const parsePart = <S extends z.ZodType>(schema: S, part: string, value: unknown): z.output<S> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.slice(0, 20).flatMap((issue): FieldError[] => {
    const path = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, 20)
        .map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known field' }))
    }
    return [{ path, message: issue.message }]
  })
  const first = errors[0]
  throw new DomainError(
    'invalid_request',
    `The ${part} is not valid${first ? `: ${first.path} ${first.message}` : ''}.`,
    { errors },
  )
}
