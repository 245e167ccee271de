import { randomUUID } from 'node:crypto'
import { ValidationError, type PayloadRequest } from 'payload'
import { explainDatabaseError } from '#database/explain-database-error'
import { DomainError, toProblem } from '#shared/errors'
import { UndeclaredAnswer } from './check-answer'

/** What an error means to the caller; `undefined` when it is a fault of ours. */
export const toDomainError = (error: unknown): DomainError | undefined => {
  if (error instanceof DomainError) return error
  if (error instanceof ValidationError) {
    const errors = error.data.errors.map(({ path, message }) => ({ path, message }))
    return new DomainError('invalid_request', errors.map(({ path, message }) => `${path}: ${message}`).join(' '), {
      errors,
    })
  }
  return explainDatabaseError(error)
}

/** Turns any error into a problem document (RFC 9457). Unknown ones are opaque, with an id that stands in the log as well. */
export const problemResponse = (req: PayloadRequest, error: unknown): Response => {
  const known = toDomainError(error)
  const requestId = req.headers.get('x-request-id') ?? randomUUID()
  if (!known) req.payload.logger.error({ err: error, requestId, msg: 'A request failed' })
  // Not refused by us: the caller may come again, but somebody has to know.
  else if (known !== error && known.status >= 500) {
    req.payload.logger.warn({ err: error, requestId, msg: 'The database could not serve a request' })
  }
  const words = error instanceof UndeclaredAnswer ? error.message : `Please report it with the number ${requestId}.`
  const refusal = known ?? new DomainError('internal_error', words)
  return Response.json(
    { ...toProblem(refusal), requestId },
    {
      status: refusal.status,
      headers: {
        'Content-Type': 'application/problem+json',
        'Cache-Control': 'private, no-store',
        ...(refusal.retryAfter ? { 'Retry-After': String(refusal.retryAfter) } : {}),
      },
    },
  )
}
