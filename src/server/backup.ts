import path from 'node:path'
import { readArguments } from './backup/read-arguments'
import { StartError } from './exit-with-line'
import { runWithDatabase } from './run-with-database'

const usage = 'npm run backup -- <folder> [--keep 14] [--without-media] [--without-keys]'

/** `npm run backup -- /backups`: database, pictures and key ring, beside the running product. Also of a database that lacks a migration. */
await runWithDatabase(
  async (url) => {
    const { folder, isSet, valueOf } = readArguments(process.argv.slice(2), {
      usage,
      flags: ['without-media', 'without-keys'],
      values: ['keep'],
    })
    const keep = valueOf('keep')
    if (keep !== undefined && !/^[1-9]\d{0,3}$/.test(keep))
      throw new StartError(`--keep takes a number from 1 on: ${usage}`)
    const [{ createBackup }, { removeOldBackups }, { openBackedUpMedia }] = await Promise.all([
      import('./backup/create-backup'),
      import('./backup/remove-old-backups'),
      import('./backup/backed-up-media'),
    ])
    const target = path.resolve(folder)
    const taken = await createBackup(url, {
      target,
      media: await openBackedUpMedia(),
      withoutMedia: isSet['without-media'],
      withoutKeys: isSet['without-keys'],
    })
    const { takenAt, media, database } = taken.manifest
    const rows = Object.values(database.rows).reduce((sum, count) => sum + count, 0)
    console.log(
      `${taken.folder}: the state of ${takenAt}, ${rows} rows, ${media.files.length} pictures, ${isSet['without-keys'] ? 'no key ring' : 'the key ring'}.`,
    )
    if (media.missing.length) {
      console.error(`Pictures that the database names and that are not there: ${media.missing.join(', ')}`)
    }
    const removed = [...taken.removed, ...(keep === undefined ? [] : await removeOldBackups(target, Number(keep)))]
    if (removed.length) console.log(`Removed: ${removed.join(', ')}`)
  },
  { anySchema: true },
)
