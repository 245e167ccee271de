import type { AfterErrorHook } from 'payload'
import { explainDatabaseError } from '#database/explain-database-error'
import { DomainError } from '#shared/errors'
import { presentRefusal } from './present-refusal'

const explain = (error: unknown): DomainError | undefined =>
  error instanceof DomainError ? error : explainDatabaseError(error)

/**
 * Gives refusals of our own, and those of PostgreSQL that a caller can do something about, their status and code in the
 * generated REST and GraphQL APIs, with the time after which to try again.
 */
export const explainDatabaseErrors: AfterErrorHook = ({ error, graphqlResult, req }) => {
  // GraphQL wraps what a resolver throws.
  const known = explain('originalError' in error && error.originalError ? error.originalError : error)
  if (!known) return {}
  if (known.retryAfter !== undefined) {
    req.responseHeaders = new Headers(req.responseHeaders)
    req.responseHeaders.set('Retry-After', String(known.retryAfter))
  }
  return presentRefusal(known, graphqlResult, req.i18n.language)
}
