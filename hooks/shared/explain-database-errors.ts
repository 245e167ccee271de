import type { AfterErrorHook } from 'payload'
import { findDatabaseError } from '../../src/database/transactions'
import { DomainError, type ErrorCode, toProblem } from '../../src/shared/errors'

type Explanation = { code: ErrorCode; message: string }

/** SQLSTATE → what a caller may know. Everything else stays an opaque 500. */
const explanations: Readonly<Record<string, Explanation>> = {
  '23P01': { code: 'slot_taken', message: 'That time was just taken.' },
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
  '40001': { code: 'unavailable', message: 'Others changed the same records. Try again.' },
  '40P01': { code: 'unavailable', message: 'Others changed the same records. Try again.' },
  '55P03': { code: 'unavailable', message: 'Others change the same records. Try again.' },
  '57014': { code: 'unavailable', message: 'It took too long. Try again.' },
}

const explain = (error: unknown): DomainError | undefined => {
  if (error instanceof DomainError) return error
  const { code } = findDatabaseError(error) ?? {}
  const explanation = code === undefined || !Object.hasOwn(explanations, code) ? undefined : explanations[code]
  return explanation && new DomainError(explanation.code, explanation.message)
}

/**
 * Gives refusals of our own, and those of PostgreSQL that a caller can do something about, their status and code in the
 * generated REST and GraphQL APIs. In the shape that Payload's admin shows, with the code for everybody else.
 */
export const explainDatabaseErrors: AfterErrorHook = ({ error, graphqlResult }) => {
  // GraphQL wraps what a resolver throws.
  const known = explain('originalError' in error && error.originalError ? error.originalError : error)
  if (!known) return {}
  const problem = toProblem(known)
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
