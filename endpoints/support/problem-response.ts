import { randomUUID } from 'node:crypto'
import { ValidationError, type PayloadRequest } from 'payload'
import { findDatabaseError } from '../../src/database/transactions'
import { DomainError, toProblem } from '../../src/shared/errors'

/** PostgreSQL's refusals, as a caller should read them. The constraint's name and the SQL stay in the log. */
const databaseRefusals: Record<string, () => DomainError> = {
  '23P01': () => new DomainError('slot_taken', 'That time was just taken. Choose another one.'),
  '23514': () => new DomainError('invalid_request', 'A value is outside of what is allowed.'),
  '22000': () => new DomainError('invalid_request', 'A value is outside of what is allowed.'),
  '22P02': () => new DomainError('invalid_request', 'A value has the wrong form.'),
  '22003': () => new DomainError('invalid_request', 'A number is out of range.'),
  '23503': () => new DomainError('invalid_request', 'A referenced record does not exist or is still in use.'),
  '23505': () => new DomainError('conflict', 'Such a record exists already.'),
  '40001': () => new DomainError('unavailable', 'Too much happened at once. Try again.', { retryAfter: 1 }),
  '40P01': () => new DomainError('unavailable', 'Too much happened at once. Try again.', { retryAfter: 1 }),
  '55P03': () => new DomainError('unavailable', 'Too much happened at once. Try again.', { retryAfter: 1 }),
  '57014': () => new DomainError('unavailable', 'The database took too long. Try again.', { retryAfter: 2 }),
}

const isConnectionError = (error: unknown): boolean => {
  const code = findDatabaseError(error)?.code ?? ''
  if (code.startsWith('08') || code.startsWith('57P') || code === '53300') return true
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/ECONNREFUSED|ECONNRESET|timeout exceeded when trying to connect|Connection terminated/i.test(cause.message))
      return true
    if ('code' in cause && (cause.code === 'ECONNREFUSED' || cause.code === 'ECONNRESET')) return true
  }
  return false
}

/** What an error means to the caller; `undefined` when it is a fault of ours. */
export const toDomainError = (error: unknown): DomainError | undefined => {
  if (error instanceof DomainError) return error
  if (error instanceof ValidationError) {
    const errors = error.data.errors.map(({ path, message }) => ({ path, message }))
    return new DomainError('invalid_request', errors.map(({ path, message }) => `${path}: ${message}`).join(' '), {
      errors,
    })
  }
  if (isConnectionError(error)) {
    return new DomainError('unavailable', 'The database cannot be reached. Try again shortly.', {
      retryAfter: 5,
      cause: error,
    })
  }
  return databaseRefusals[findDatabaseError(error)?.code ?? '']?.()
}

/** Turns any error into a problem document (RFC 9457). Unknown ones are opaque, with an id that stands in the log as well. */
export const problemResponse = (req: PayloadRequest, error: unknown): Response => {
  const known = toDomainError(error)
  const requestId = req.headers.get('x-request-id') ?? randomUUID()
  if (!known) req.payload.logger.error({ err: error, requestId, msg: 'A request failed' })
  const refusal = known ?? new DomainError('internal_error', `Please report it with the number ${requestId}.`)
  return Response.json(
    { ...toProblem(refusal), requestId },
    {
      status: refusal.status,
      headers: {
        'Content-Type': 'application/problem+json',
        'Cache-Control': 'no-store',
        ...(refusal.retryAfter ? { 'Retry-After': String(refusal.retryAfter) } : {}),
      },
    },
  )
}
