import { readEnvironment, setEnvironment } from './environment'
import { exitWithLine } from './exit-with-line'

/** Runs a command that asks no database, with `.env`, which need not be complete yet. `command` imports what reads the settings itself. Ends the process. */
export const runWithoutDatabase = async (command: () => Promise<void>): Promise<never> => {
  try {
    readEnvironment()
    setEnvironment({ NODE_ENV: 'development' })
    await command()
    return process.exit()
  } catch (error) {
    return exitWithLine(error)
  }
}
