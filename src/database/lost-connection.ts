import { causesOf, findDatabaseError } from './find-database-error'

/**
 * `refused`: there was no connection to be had, so nothing was asked. `waited`: nor was there, because all that this process may have are in
 * use. `broken`: there was one, and it ended.
 */
export type LostConnection = 'refused' | 'waited' | 'broken'

const noted = new WeakMap<object, LostConnection>()

/**
 * Notes that `error` came from connecting to PostgreSQL, or ended a connection. What it says of itself does not tell: Node's codes
 * (ECONNREFUSED, EPIPE, ENOTFOUND …) are those of any server, and SQLSTATE 55000 in a statement is a fault of the statement.
 */
export const noteLostConnection = (error: unknown, how: LostConnection): void => {
  if (typeof error === 'object' && error !== null && !noted.has(error)) noted.set(error, how)
}

/** What the driver says, with an error of its own for each query, of a connection that ended before. */
const afterwards =
  /^(?:Connection terminated|Client (?:has encountered a connection error|was closed) and is not queryable)/

/** Whether, and how, the connection to PostgreSQL is what failed; undefined when it is still there. */
export const findLostConnection = (error: unknown): LostConnection | undefined => {
  const causes = causesOf(error)
  for (const cause of causes) {
    const how = noted.get(cause)
    if (how) return how
  }
  if (causes.some((cause) => cause instanceof Error && afterwards.test(cause.message))) return 'broken'
  // With FATAL the server ends one connection, with PANIC all of them, whatever the code.
  return /^(?:FATAL|PANIC)$/.test(findDatabaseError(error)?.severity ?? '') ? 'broken' : undefined
}

/** The connection was lost during COMMIT: perhaps everything was stored, perhaps nothing. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'

  constructor(cause: unknown) {
    super('The connection to the database was lost during COMMIT.', { cause })
  }
}
