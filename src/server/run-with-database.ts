import { existsSync } from 'node:fs'
import path from 'node:path'
import { readDemoSecrets } from './demo-secrets'
import { dataDirOf, type Environment, modeOf, projectRoot, readEnvironment, setEnvironment } from './environment'
import { exitWithLine, StartError } from './exit-with-line'
import { embeddedDataDirOf, openDatabase, requireMigrations } from './open-database'

/**
 * Runs a command beside the server: with `.env`, on the database of `DATABASE_URL`. Without one it is the database that `npm start` has made
 * for its demo, with its secrets; never in production, and never one that is made for the command. `command` imports what reads the
 * settings itself, dynamically. Ends the process.
 * @param options.anySchema it takes a database as it is: one that is brought up to date, backed up or restored. Every other command refuses one that lacks a migration.
 */
export const runWithDatabase = async (
  command: (url: string) => Promise<void>,
  { anySchema = false }: { anySchema?: boolean } = {},
): Promise<never> => {
  try {
    const env = readEnvironment()
    prepare(env)
    const database = await openDatabase(env, { shared: true })
    if (database.embedded) {
      const { PAYLOAD_SECRET, ENCRYPTION_KEYS } = await readDemoSecrets(dataDirOf(env))
      const MEDIA_DIR = path.join(dataDirOf(env), 'media')
      setEnvironment({ PAYLOAD_SECRET, ENCRYPTION_KEYS, MEDIA_DIR, ...env, DATABASE_URL: database.url })
    }
    try {
      if (!anySchema) await requireMigrations(database.url)
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

const prepare = (env: Environment): void => {
  if (env.DATABASE_URL) return setEnvironment({ NODE_ENV: modeOf(env) })
  if (env.NODE_ENV === 'production') {
    throw new StartError(
      'DATABASE_URL is not set: production has no database of its own. Set it to the one that is meant.',
    )
  }
  const dataDir = embeddedDataDirOf(env)
  if (!existsSync(dataDir)) {
    const where = path.relative(projectRoot, dataDir)
    throw new StartError(
      `DATABASE_URL is not set, and \`npm start\` has made no database in ${where}: set DATABASE_URL to the one that is meant.`,
    )
  }
  process.stderr.write(
    `DATABASE_URL is not set: this is the demo's database in ${path.relative(projectRoot, dataDir)}.\n`,
  )
}
