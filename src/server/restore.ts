import path from 'node:path'
import { readArguments } from './backup/read-arguments'
import { runWithDatabase } from './run-with-database'

/** `npm run restore -- /backups/parley-…`: into the empty database of DATABASE_URL. Workers do not start on it before `npm run restore:release`. */
await runWithDatabase(
  async (url) => {
    const { folder } = readArguments(process.argv.slice(2), { usage: 'npm run restore -- <backup>', flags: [] })
    const [{ restoreBackup }, { openBackedUpMedia }] = await Promise.all([
      import('./backup/restore-backup'),
      import('./backup/backed-up-media'),
    ])
    const { manifest, pending, warnings } = await restoreBackup(url, {
      folder: path.resolve(folder),
      media: await openBackedUpMedia(),
    })
    for (const warning of warnings) console.error(warning)
    const steps = [...(pending.length ? ['npm run migrate'] : []), 'npm run restore:release']
    console.log(
      `Restored the state of ${manifest.takenAt}. Workers do not start on it yet. Next: ${steps.map((step) => `\`${step}\``).join(', then ')}.`,
    )
  },
  { anySchema: true },
)
