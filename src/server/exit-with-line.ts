import { sayLast } from './capture-output'

/** Errors that a person who starts something can mend: their message is the whole story. */
const expected = new Set([
  'SettingsError',
  'EmbeddedPostgresError',
  'DatabaseUnreachableError',
  'MigrationError',
  'StartError',
  'BuildError',
])

/** A start that cannot go on; the message is one line that says what to change. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

const isExpected = (error: unknown): boolean => !(error instanceof Error) || expected.has(error.name)

/** What to print for `error`: one line for an expected fault, the whole stack for a fault of ours. */
export const describeFault = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return isExpected(error) ? error.message : (error.stack ?? error.message)
}

/** Says why a process ends: to a person as {@link describeFault} puts it, else as one line of the log. */
export const sayFault = (error: unknown): void => {
  sayLast(describeFault(error), error instanceof Error && !isExpected(error) ? error : undefined)
}

/** Ends a command that failed, with what there is to say on stderr. */
export const exitWithLine = (error: unknown): never => {
  sayFault(error)
  process.exit(1)
}
