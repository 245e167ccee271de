import { explainDatabaseError } from '#database/explain-database-error'
import { DomainError } from '#shared/errors'

/** What an error is to the log, when it is less than a fault: `refused` is a stable name of what was refused. */
export type Refusal = { level: 'info' | 'warn'; refused: string }

/** Payload's own refusals by the names of their classes. Its other errors are faults of the configuration. */
export const payloadRefusals: Readonly<Record<string, string>> = {
  AuthenticationError: 'wrong_login',
  LockedAuth: 'login_locked',
  UnverifiedEmail: 'unverified_email',
  UnauthorizedError: 'unauthenticated',
  Forbidden: 'forbidden',
  NotFound: 'not_found',
  Locked: 'document_locked',
  ValidationError: 'invalid_request',
  QueryError: 'invalid_query',
  InvalidFieldName: 'invalid_query',
  MissingFile: 'invalid_file',
  FileUploadError: 'invalid_file',
  FileRetrievalError: 'invalid_file',
}

/**
 * Answers that were asked for are no faults: `info` is a refusal that whoever asked can mend, `warn` is what passes by itself but should not last
 * (a provider or the database is away). Undefined: somebody has to look at it.
 */
export const decideLogLevel = (error: unknown): Refusal | undefined => {
  const thrown = originalOf(error)
  const refusal = thrown instanceof DomainError ? thrown : explainDatabaseError(thrown)
  if (refusal)
    return refusal.code === 'internal_error' ? undefined : { level: levelOf(refusal.status), refused: refusal.code }
  if (!(thrown instanceof Error)) return undefined
  const name = Object.hasOwn(payloadRefusals, thrown.name) ? payloadRefusals[thrown.name] : undefined
  const status = 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : undefined
  if (name && (status === undefined || status < 500)) return { level: 'info', refused: name }
  // What a handler refuses on its own.
  if (thrown.name === 'APIError' && status !== undefined && status < 500)
    return { level: 'info', refused: `status_${status}` }
  if (thrown.name === 'GraphQLError') return { level: 'info', refused: 'invalid_query' }
  return undefined
}

const levelOf = (status: number): Refusal['level'] => (status >= 500 ? 'warn' : 'info')

/** GraphQL wraps what a resolver throws. */
const originalOf = (error: unknown): unknown =>
  error instanceof Error && 'originalError' in error && error.originalError instanceof Error
    ? error.originalError
    : error
