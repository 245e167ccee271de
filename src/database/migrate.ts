import { runWithDatabase } from '#server/run-with-database'
import { runMigrations } from './run-migrations'

/** `npm run migrate`: one deploy step, or any number of them at once. */
await runWithDatabase(
  async (url) => {
    const done = await runMigrations(url, (line) => console.log(line))
    if (!done.length) console.log('The database is up to date.')
  },
  { anySchema: true },
)
