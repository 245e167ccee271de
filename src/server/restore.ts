import path from 'node:path'
import { readArguments } from './backup/read-arguments'
import { runWithDatabase } from './run-with-database'

/** `npm run restore -- /backups/parley-… [--same-numbers]`: into the empty database of DATABASE_URL. Workers do not start on it before `npm run restore:release`. */
await runWithDatabase(
  async (url) => {
    const { folder, isSet } = readArguments(process.argv.slice(2), {
      usage: 'npm run restore -- <backup> [--same-numbers]',
      flags: ['same-numbers'],
    })
    const sameNumbers = isSet['same-numbers']
    const [{ restoreBackup }, { openBackedUpMedia }] = await Promise.all([
      import('./backup/restore-backup'),
      import('./backup/backed-up-media'),
    ])
    const { manifest, pending, warnings } = await restoreBackup(url, {
      folder: path.resolve(folder),
      media: await openBackedUpMedia(),
      sameNumbers,
    })
    for (const warning of warnings) console.error(warning)
    if (!sameNumbers) {
      console.log(
        'Invoices, credit and debit notes have series of their own for the rest of the year, so that none has the number of one that was given out after the backup.',
      )
    }
    const steps = [...(pending.length ? ['npm run migrate'] : []), 'npm run restore:release']
    console.log(
      `Restored the state of ${manifest.takenAt}. Workers do not start on it yet. Next: ${steps.map((step) => `\`${step}\``).join(', then ')}.`,
    )
  },
  { anySchema: true },
)
