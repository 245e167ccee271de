import { DomainError, type ErrorCode } from '#shared/errors'
import { findDatabaseError } from './transactions'

type Explanation = { code: ErrorCode; message: string; retryAfter?: number }

const busy = { code: 'unavailable', message: 'Others changed the same records. Try again.', retryAfter: 1 } as const
const unreachable = {
  code: 'unavailable',
  message: 'The database cannot be reached. Try again shortly.',
  retryAfter: 5,
} as const

/** SQLSTATE → what a caller may know; the constraint's name and the SQL stay in the log. */
const explanations: Readonly<Record<string, Explanation>> = {
  '23P01': { code: 'slot_taken', message: 'That time was just taken. Choose another one.' },
  '23505': { code: 'conflict', message: 'There is one already.' },
  '23503': { code: 'conflict', message: 'A record that it refers to does not exist, or one that refers to it does.' },
  '23502': { code: 'invalid_request', message: 'A value is missing.' },
  '23514': { code: 'invalid_request', message: 'A value is not possible.' },
  '22000': { code: 'invalid_request', message: 'A value is not possible.' },
  '22001': { code: 'invalid_request', message: 'A value is too long.' },
  '22003': { code: 'invalid_request', message: 'A number is out of range.' },
  '22007': { code: 'invalid_request', message: 'A date is not possible.' },
  '22008': { code: 'invalid_request', message: 'A date is out of range.' },
  '22021': { code: 'invalid_request', message: 'A text holds characters that cannot be stored.' },
  '22P02': { code: 'invalid_request', message: 'A value has the wrong form.' },
  '22P05': { code: 'invalid_request', message: 'A text holds characters that cannot be stored.' },
  '40001': busy,
  '40P01': busy,
  '55P03': busy,
  '57014': { code: 'unavailable', message: 'It took too long. Try again.', retryAfter: 2 },
}

const isConnectionFault = (error: unknown, code: string | undefined): boolean => {
  if (code !== undefined && (/^08|^57P/.test(code) || code === '53300')) return true
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && (cause.code === 'ECONNREFUSED' || cause.code === 'ECONNRESET')) return true
    if (/timeout exceeded when trying to connect|Connection terminated/i.test(cause.message)) return true
  }
  return false
}

/** An error of the database as a refusal that a caller can do something about; undefined for what is our own fault. */
export const explainDatabaseError = (error: unknown): DomainError | undefined => {
  const code = findDatabaseError(error)?.code
  const known = code !== undefined && Object.hasOwn(explanations, code) ? explanations[code] : undefined
  const explanation = known ?? (isConnectionFault(error, code) ? unreachable : undefined)
  if (!explanation) return undefined
  const { retryAfter } = explanation
  return new DomainError(explanation.code, explanation.message, {
    cause: error,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}
