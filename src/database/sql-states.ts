import type { ErrorCode } from '#shared/errors'

/** What an error of the database means to a caller. The constraint's name and the SQL stay in the log. */
export type Explanation = {
  code: ErrorCode
  message: string
  /** Seconds after which the same request may succeed. Without it repeating is of no use, or not safe. */
  retryAfter?: number
  /** The transaction was rolled back for the sake of another one and is run again at once. */
  runAgain?: true
}

const busy: Explanation = { code: 'unavailable', message: 'Others changed the same records. Try again.', retryAfter: 1 }
const tooLong: Explanation = { code: 'unavailable', message: 'It took too long. Try again.', retryAfter: 2 }
const badText: Explanation = {
  code: 'invalid_request',
  message: 'A text holds characters that cannot be stored.',
}
const exhausted: Explanation = {
  code: 'unavailable',
  message: 'The database is at its limits. Try again shortly.',
  retryAfter: 10,
}
/** Somebody has to mend it first. */
const broken: Explanation = {
  code: 'unavailable',
  message: 'The database cannot be used at the moment. Try again later.',
  retryAfter: 60,
}

/** It stays so until somebody makes room. */
const full: Explanation = {
  code: 'unavailable',
  message: 'The disk of the database is full, so it takes no changes. Try again later.',
  retryAfter: 60,
}

/** The database is away, or goes away. Nothing was stored. */
export const unreachable: Explanation = {
  code: 'unavailable',
  message: 'The database cannot be reached. Try again shortly.',
  retryAfter: 5,
}

/** This process has used up its own pool (`DATABASE_POOL_SIZE`); the database is there. Nothing was asked. */
export const poolUsedUp: Explanation = {
  code: 'unavailable',
  message: 'All connections that this process may have to the database are in use. Try again shortly.',
  retryAfter: 5,
}

/** Not to be repeated blindly: it may have been done. */
export const outcomeUnknown: Explanation = {
  code: 'unavailable',
  message:
    'The database was lost while this was stored, so it may have been done. Look before you try again; with the same Idempotency-Key it is safe to repeat.',
}

/**
 * Errors that PostgreSQL gives a statement (or COMMIT, or a savepoint) by their SQLSTATE; a class (its first two characters) stands
 * for all of its codes that have no row. What has no row is our own fault: the caller gets a number to report.
 * See PostgreSQL's documentation, appendix A.
 */
export const sqlStateMeanings: Readonly<Record<string, Explanation>> = {
  // Connection exceptions: the server or a pooler in front of it says that this connection is of no use any more.
  '08': unreachable,
  // transaction_resolution_unknown
  '08007': outcomeUnknown,
  '22000': { code: 'invalid_request', message: 'A value is not possible.' },
  '22001': { code: 'invalid_request', message: 'A value is too long.' },
  '22003': { code: 'invalid_request', message: 'A number is out of range.' },
  '22007': { code: 'invalid_request', message: 'A date is not possible.' },
  '22008': { code: 'invalid_request', message: 'A date is out of range.' },
  '22021': badText,
  '22P02': { code: 'invalid_request', message: 'A value has the wrong form.' },
  '22P05': badText,
  '23502': { code: 'invalid_request', message: 'A value is missing.' },
  '23503': { code: 'conflict', message: 'A record that it refers to does not exist, or one that refers to it does.' },
  '23505': { code: 'conflict', message: 'There is one already.' },
  '23514': { code: 'invalid_request', message: 'A value is not possible.' },
  '23P01': { code: 'slot_taken', message: 'That time was just taken. Choose another one.' },
  // read_only_sql_transaction: after a failover the server that we know is the standby. Its successor takes changes.
  '25006': {
    code: 'unavailable',
    message: 'The database is read-only at the moment, so it takes no changes. Try again shortly.',
    retryAfter: 5,
  },
  // idle_in_transaction_session_timeout, transaction_timeout: rolled back, and the connection is closed.
  '25P03': tooLong,
  '25P04': tooLong,
  '40001': { ...busy, runAgain: true },
  // statement_completion_unknown
  '40003': outcomeUnknown,
  '40P01': { ...busy, runAgain: true },
  // Insufficient resources: memory, connections, a configured limit.
  '53': exhausted,
  '53100': full,
  // lock_not_available
  '55P03': busy,
  // Operator intervention: shutdown, crash of another connection, start, database dropped, idle_session_timeout.
  '57': unreachable,
  // query_canceled, by our own statement_timeout or by a person.
  '57014': tooLong,
  // Errors of the system around PostgreSQL: files, input and output.
  '58': broken,
  // snapshot_too_old (before PostgreSQL 17)
  '72000': busy,
}

/**
 * When a new connection is refused nothing was asked yet, so nothing in the request can be at fault: whatever the code, the database
 * cannot be reached. Here stand those of which more is known.
 */
export const refusalsToConnect: Readonly<Record<string, Explanation>> = {
  '53100': full,
  // too_many_connections: the server is there, others use it up.
  '53300': {
    code: 'unavailable',
    message: 'All connections of the database are in use. Try again shortly.',
    retryAfter: 5,
  },
  // Wrong user or password.
  '28': broken,
  // The database does not exist.
  '3D': broken,
  // No right to connect to it.
  '42': broken,
  // The server's configuration cannot be read.
  F0: broken,
}
