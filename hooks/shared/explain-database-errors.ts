import type { AfterErrorHook } from 'payload'
import { explainDatabaseError } from '#database/explain-database-error'
import { DomainError, toProblem } from '#shared/errors'

const explain = (error: unknown): DomainError | undefined =>
  error instanceof DomainError ? error : explainDatabaseError(error)

/**
 * Gives refusals of our own, and those of PostgreSQL that a caller can do something about, their status and code in the
 * generated REST and GraphQL APIs, with the time after which to try again. In the shape that Payload's admin shows, with the code for everybody else.
 */
export const explainDatabaseErrors: AfterErrorHook = ({ error, graphqlResult, req }) => {
  // GraphQL wraps what a resolver throws.
  const known = explain('originalError' in error && error.originalError ? error.originalError : error)
  if (!known) return {}
  const problem = toProblem(known)
  if (known.retryAfter !== undefined) {
    req.responseHeaders = new Headers(req.responseHeaders)
    req.responseHeaders.set('Retry-After', String(known.retryAfter))
  }
  const entry = {
    name: known.name,
    message: known.message,
    data: { code: known.code, ...(known.errors ? { errors: known.errors } : {}) },
  }
  if (graphqlResult) {
    const extensions = { name: entry.name, data: entry.data, statusCode: problem.status }
    return { graphqlResult: { ...graphqlResult, message: known.message, extensions } }
  }
  return { status: problem.status, response: { errors: [entry] } }
}
