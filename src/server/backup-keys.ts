import path from 'node:path'
import { readArguments } from './backup/read-arguments'
import { runWithoutDatabase } from './run-without-database'

/** `npm run --silent backup:keys -- /backups/parley-… >> .env`: the key ring of a backup, as lines of `.env`. */
await runWithoutDatabase(async () => {
  const { folder } = readArguments(process.argv.slice(2), { usage: 'npm run backup:keys -- <backup>', flags: [] })
  const { showKeys } = await import('./backup/verify-backup')
  process.stdout.write(await showKeys(path.resolve(folder)))
})
