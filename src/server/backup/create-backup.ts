import { createWriteStream } from 'node:fs'
import { chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { noteBackup } from '#database/facts-of-backups'
import { isRestoring, unfinishedRestore } from '#database/unfinished-restore'
import { settings } from '#settings'
import { projectRoot } from '../environment'
import { StartError } from '../exit-with-line'
import {
  connect,
  countRows,
  listDoneMigrations,
  listMediaNames,
  passingTables,
  readServerVersion,
} from './database-facts'
import { sumFile } from './file-sum'
import { backupFiles, type FileSum, type Manifest } from './manifest'
import { sealManifest } from './manifest-seal'
import { endPartialFolder, makePartialFolder, removeDeadPartials } from './partial-folders'
import { inside, type BackedUpMedia } from './backed-up-media'
import { findPostgresTool, requireAsNewAs, runPostgresTool } from './postgres-tools'
import { keyLines, sealKeys } from './sealed-keys'

type Copied = Map<string, { mark: string; sum: FileSum }>

type BackupOptions = {
  /** The folder that holds all backups of this installation. */
  target: string
  media: BackedUpMedia
  /** Leaves the pictures where they are, and names them alone. */
  withoutMedia?: boolean
  /** Takes none of the key ring along. */
  withoutKeys?: boolean
}

/**
 * Takes a backup while the product runs: the database as it was at one moment, every picture that it names then, and the key ring, sealed.
 * Everything lies in a folder of its own, which has its name only when it is whole.
 * What runs that were killed have left there is removed before.
 * @returns the folder, what it says of itself, and the names of what was removed.
 * @throws StartError when a setting or a program is missing, or a file cannot be written; then there is no backup.
 */
export const createBackup = async (
  url: string,
  { target, media, withoutMedia = false, withoutKeys = false }: BackupOptions,
): Promise<{ folder: string; manifest: Manifest; removed: string[] }> => {
  const sealed = withoutKeys ? undefined : await sealKeys(keyLines())
  if (!withoutKeys && !sealed) {
    throw new StartError(
      'For whom is the key ring? Set BACKUP_RECIPIENTS (public keys of age-keygen) or BACKUP_PASSPHRASE, or say --without-keys if it is kept elsewhere.',
    )
  }
  const tool = await findPostgresTool('pg_dump', settings.postgresBinDir)
  const client = await connect(url, 'backup')
  try {
    if (await isRestoring(client)) throw new StartError(unfinishedRestore)
    const server = await readServerVersion(client)
    requireAsNewAs(tool, server)
    const now = new Date()
    const folder = path.join(target, `parley-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`)
    const partial = `${folder}.partial`
    await makeTarget(target)
    const removed = await removeDeadPartials(target)
    await makeFolder(partial)
    try {
      // Twice: what is deleted before the snapshot is not missed, and what it names beyond that is fetched after it.
      const copied: Copied = new Map()
      const fetchMedia = async () =>
        withoutMedia ? [] : copyMedia(media, await listMediaNames(client), partial, copied)
      await fetchMedia()
      await client.query('SET idle_in_transaction_session_timeout = 0')
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const { snapshot, takenAt } = await exportSnapshot(client)
      const rows = await countRows(client)
      const migrations = await listDoneMigrations(client)
      const names = await listMediaNames(client)
      const missing = await fetchMedia()
      const dump = path.join(partial, backupFiles.database)
      await runPostgresTool(tool, url, [
        '--format=custom',
        '--no-owner',
        '--no-privileges',
        `--snapshot=${snapshot}`,
        ...passingTables.map((table) => `--exclude-table-data=${table}`),
        `--file=${dump}`,
      ])
      await client.query('COMMIT')
      if (sealed) await writeFile(path.join(partial, backupFiles.keys), sealed, { mode: 0o600 })
      await chmod(dump, 0o600)
      const manifest: Manifest = {
        format: 1,
        product: 'parley',
        version: await readVersion(),
        takenAt: takenAt.toISOString(),
        serverUrl: settings.serverUrl,
        database: {
          name: new URL(url).pathname.slice(1),
          server: server.version,
          pgDump: tool.version,
          migrations,
          rows,
          file: await sumFile(dump, backupFiles.database),
        },
        media: {
          store: media.kind,
          copied: !withoutMedia,
          files: names.flatMap((name) => (withoutMedia ? [{ name }] : (copied.get(name)?.sum ?? []))),
          missing,
        },
        keys: {
          ...(sealed ? { file: await sumFile(path.join(partial, backupFiles.keys), backupFiles.keys) } : {}),
          encryptionKeyIds: settings.encryptionKeys.map(({ id }) => id),
        },
      }
      await removeUnnamed(partial, copied, new Set(names))
      const text = `${JSON.stringify(manifest, null, 2)}\n`
      await sealManifest(partial, text)
      await writeThrough(path.join(partial, backupFiles.manifest), text)
      await endPartialFolder(partial)
      await rename(partial, folder)
      await noteBackup(client, takenAt, { bytes: manifest.database.file.bytes })
      return { folder, manifest, removed }
    } catch (error) {
      await rm(partial, { recursive: true, force: true })
      throw isFull(error) ? new StartError(`There is no room for the backup in ${target}.`) : error
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(String(codeOf(error)))

/** Its last folder alone: a path that is not there is a disk that is not mounted, or a slip. */
const makeTarget = async (target: string): Promise<void> => {
  const found = await stat(target).catch(() => undefined)
  if (found?.isDirectory()) return
  if (found) throw new StartError(`${target} is a file: name a folder for the backups.`)
  await mkdir(target).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return
    throw new StartError(
      `The folder ${target} cannot be made (${String(codeOf(error))}): ${path.dirname(target)} has to be there, and this account has to be allowed to write to it.`,
    )
  })
}

const makeFolder = async (folder: string): Promise<void> => {
  try {
    await makePartialFolder(folder)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new StartError(`Another backup is being written to ${folder}.`)
    throw new StartError(
      `Nothing can be written to ${path.dirname(folder)} (${String(codeOf(error))}): this account has to be allowed to.`,
    )
  }
}

/** Others read the database as it is at this moment, for as long as this transaction is open. */
const exportSnapshot = async (client: pg.Client): Promise<{ snapshot: string; takenAt: Date }> => {
  const { rows } = await client.query<{ snapshot: string; at: Date }>(
    'SELECT pg_export_snapshot() AS snapshot, now() AS at',
  )
  const [row] = rows
  if (!row) throw new Error('PostgreSQL exported no snapshot.')
  return { snapshot: row.snapshot, takenAt: row.at }
}

/** Copies what is not there yet or has changed since. @returns what is not in the store. */
const copyMedia = async (media: BackedUpMedia, names: string[], folder: string, copied: Copied): Promise<string[]> => {
  const base = path.join(folder, 'media')
  await mkdir(base, { recursive: true, mode: 0o700 })
  const missing: string[] = []
  for (const name of names) {
    const mark = await media.mark(name)
    if (mark === undefined) {
      if (!copied.has(name)) missing.push(name)
    } else if (copied.get(name)?.mark !== mark) {
      const file = inside(base, name)
      await mkdir(path.dirname(file), { recursive: true })
      await pipeline(await media.read(name), createWriteStream(file, { mode: 0o600 }))
      copied.set(name, { mark, sum: await sumFile(file, name) })
    }
  }
  return missing
}

/** What was deleted between the two looks belongs to no record of this backup. */
const removeUnnamed = async (folder: string, copied: Copied, names: ReadonlySet<string>): Promise<void> => {
  for (const name of copied.keys()) {
    if (!names.has(name)) await rm(inside(path.join(folder, 'media'), name), { force: true })
  }
}

const readVersion = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string }
  return version
}

/** The manifest says that all the rest is there, so it is on the disk before the folder has its name. */
const writeThrough = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
