/** What PostgreSQL says of an error: its SQLSTATE in `code`. Its severity is FATAL when it ended the connection with it. */
export type DatabaseError = { code: string; severity?: string; constraint?: string; table?: string }

/** Classes begin with a digit, or are one of PostgreSQL's own; EPIPE and others of Node have five characters as well. */
const sqlState = /^(?:\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/

/** `error` and its causes, the outermost first. */
export const causesOf = (error: unknown): object[] => {
  const causes: object[] = []
  for (let cause = error; typeof cause === 'object' && cause !== null && !causes.includes(cause);) {
    causes.push(cause)
    cause = 'cause' in cause ? cause.cause : undefined
  }
  return causes
}

const isDatabaseError = (cause: object): cause is DatabaseError =>
  'code' in cause && typeof cause.code === 'string' && sqlState.test(cause.code)

/** The PostgreSQL error inside `error` or its causes. */
export const findDatabaseError = (error: unknown): DatabaseError | undefined => causesOf(error).find(isDatabaseError)
