import { readDemoSecrets } from './demo-secrets'
import { dataDirOf, readEnvironment, setEnvironment } from './environment'
import { exitWithLine } from './exit-with-line'
import { openDatabase } from './open-database'

/**
 * Runs a command beside the server: with `.env`, and with the embedded database and its secrets when there is no
 * `DATABASE_URL`. `command` imports what reads the settings itself, dynamically. Ends the process.
 */
export const runWithDatabase = async (command: (url: string) => Promise<void>): Promise<never> => {
  try {
    const env = readEnvironment()
    const database = await openDatabase(env, { shared: true })
    if (database.embedded) {
      const { PAYLOAD_SECRET, ENCRYPTION_KEYS } = await readDemoSecrets(dataDirOf(env))
      setEnvironment({ PAYLOAD_SECRET, ENCRYPTION_KEYS, ...env, DATABASE_URL: database.url })
    }
    try {
      await command(database.url)
    } finally {
      await database.stop()
    }
    // A command may have set `process.exitCode`.
    return process.exit()
  } catch (error) {
    return exitWithLine(error)
  }
}
