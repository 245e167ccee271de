import { parseArgs } from 'node:util'
import { StartError } from '#server/exit-with-line'
import { runWithDatabase } from '#server/run-with-database'
import { usualPatience } from './lock-patience'
import { runMigrations } from './run-migrations'

/** `--patience=1800`: how many seconds it waits for locks, all waits together. */
const readPatience = (): number => {
  const given = process.argv.slice(2)
  try {
    const { values } = parseArgs({ args: given, options: { patience: { type: 'string' } } })
    const seconds = Number(values.patience ?? usualPatience.totalMs / 1000)
    if (seconds >= 1 && seconds <= 86_400) return seconds * 1000
  } catch {
    // Said below.
  }
  throw new StartError(
    `\`npm run migrate\` does not know ${given.join(' ')}: it takes --patience=<seconds>, from 1 to 86400.`,
  )
}

/** `npm run migrate`: one deploy step, or any number of them at once. */
await runWithDatabase(
  async (url) => {
    const patience = { ...usualPatience, totalMs: readPatience() }
    const done = await runMigrations(url, (line) => console.log(line), { patience })
    if (!done.length) console.log('The database is up to date.')
  },
  { anySchema: true },
)
