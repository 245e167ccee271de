import { captureOutput } from './capture-output'
import { exitWithLine } from './exit-with-line'
import { readEnvironment } from './environment'

/** `npm start` and, with `--dev`, `npm run dev`: everything that Parley needs, in one command. */
try {
  const env = readEnvironment()
  // On a terminal the demo speaks to a person.
  if (env.NODE_ENV === 'production' && !env.PARLEY_DEMO) captureOutput(env.LOG_LEVEL)
  // Checks the environment as a whole before anything starts; reading `.env` comes first.
  await import('#settings')
  const { startEverything } = await import('./start-everything')
  await startEverything(env, { dev: process.argv.includes('--dev') })
} catch (error) {
  exitWithLine(error)
}
