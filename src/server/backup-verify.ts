import path from 'node:path'
import { readArguments } from './backup/read-arguments'
import { runWithoutDatabase } from './run-without-database'

/** `npm run backup:verify -- /backups/parley-…`: reads all of it and says what is wrong. Exit code 1 when something is. */
await runWithoutDatabase(async () => {
  const { folder } = readArguments(process.argv.slice(2), { usage: 'npm run backup:verify -- <backup>', flags: [] })
  const { verifyBackup } = await import('./backup/verify-backup')
  const { manifest, keys, faults, notes } = await verifyBackup(path.resolve(folder))
  for (const fault of faults) console.error(fault)
  if (faults.length) {
    process.exitCode = 1
    return
  }
  for (const note of notes) console.error(note)
  const ring = !manifest.keys.file
    ? 'no key ring'
    : keys === undefined
      ? 'a key ring, which was not opened'
      : 'a key ring that opens'
  console.log(
    `The backup of ${manifest.takenAt} is whole: the database, ${manifest.media.files.length} pictures${manifest.media.copied ? '' : ' (named alone)'}, ${ring}.`,
  )
})
