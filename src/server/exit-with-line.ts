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

/** What to print for `error`: one line for an expected fault, the whole stack for a fault of ours. */
export const describeFault = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return expected.has(error.name) ? error.message : (error.stack ?? error.message)
}

/** Ends a command that failed, with what there is to say on stderr. */
export const exitWithLine = (error: unknown): never => {
  process.stderr.write(`${describeFault(error)}\n`)
  process.exit(1)
}
