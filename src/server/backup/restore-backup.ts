import { createReadStream } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { holdRestored, renewNumbers } from '#database/facts-of-backups'
import { findDatabaseError } from '#database/find-database-error'
import { findPendingMigrations } from '#database/find-pending-migrations'
import { listMigrations } from '#database/migration-files'
import { findUnopenedSecrets } from '#database/reencrypt-secrets'
import { isRestoring, markRestoring, unfinishedRestore, unmarkRestoring } from '#database/unfinished-restore'
import { settings } from '#settings'
import { StartError } from '../exit-with-line'
import { connect, countRows, findContent, listMediaNames } from './database-facts'
import { sumStream } from './file-sum'
import { backupFiles, type Manifest } from './manifest'
import { inside, type BackedUpMedia } from './backed-up-media'
import { findPostgresTool, runPostgresTool } from './postgres-tools'
import { keyLines } from './sealed-keys'
import { verifyBackup } from './verify-backup'

/** What a restore has to say beyond that it is done. */
type Restored = {
  manifest: Manifest
  /** Migrations that this product has and the backup had not. */
  pending: string[]
  /** What somebody should know, in words. */
  warnings: string[]
}

/**
 * Brings a backup into an empty database and the store of pictures, and holds the workers until somebody has released them. Everything that
 * can be refused is refused before anything is written, and the database comes whole or not at all.
 * @param sameNumbers nothing has happened since the backup, so documents go on with its numbers. Without it they begin series of their own.
 * @throws StartError that says what to change.
 */
export const restoreBackup = async (
  url: string,
  { folder, media, sameNumbers = false }: { folder: string; media: BackedUpMedia; sameNumbers?: boolean },
): Promise<Restored> => {
  const { manifest, keys, faults, notes } = await verifyBackup(folder)
  if (faults.length)
    throw new StartError(`The backup is damaged: ${faults.slice(0, 5).join(' ')} Nothing was restored.`)
  requireKnownMigrations(manifest, await listMigrations())
  const tool = await findPostgresTool('pg_restore', settings.postgresBinDir)
  const warnings = [...notes, ...warnOfKeys(manifest, keys), ...warnOfMedia(manifest)]
  await withConnection(url, async (client) => {
    if (await isRestoring(client)) throw new StartError(unfinishedRestore)
    await requireNoContent(client, url)
  })
  await refuseOtherMedia(manifest, media)
  await writeMedia(manifest, { folder, media })
  await begin(url)
  try {
    await runPostgresTool(tool, url, [
      '--no-owner',
      '--no-privileges',
      '--exit-on-error',
      '--single-transaction',
      // Without --dbname pg_restore prints; the file comes before it.
      path.join(folder, backupFiles.database),
    ])
    await finish(url, { takenAt: manifest.takenAt, sameNumbers })
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}. ${unfinishedRestore}`)
  }
  return withConnection(url, async (client) => {
    const { failed, sealed } = await findUnopenedSecrets(client)
    if (failed.length) {
      warnings.push(
        `${failed.length} of ${sealed} encrypted values open with no key of ENCRYPTION_KEYS: ${failed.slice(0, 5).join(', ')}. Put the keys of that time in (npm run backup:keys).`,
      )
    }
    warnings.push(
      ...compareMedia(manifest, await listMediaNames(client)),
      ...compareRows(manifest, await countRows(client)),
    )
    return { manifest, pending: await findPendingMigrations(client), warnings }
  })
}

/** A connection for what is asked at once: one that waits for `pg_restore` may be gone after it. */
const withConnection = async <Result>(url: string, ask: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = await connect(url, 'restore')
  try {
    return await ask(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const inTransaction = (url: string, change: (client: pg.Client) => Promise<void>): Promise<void> =>
  withConnection(url, async (client) => {
    // Whatever fails ends the connection, and the transaction with it.
    await client.query('BEGIN')
    await change(client)
    await client.query('COMMIT')
  })

const requireNoContent = async (client: pg.Client, url: string): Promise<void> => {
  const content = await findContent(client)
  if (!content.length) return
  throw new StartError(
    `${new URL(url).pathname.slice(1)} is not empty (${content.join(', ')} …): a backup is restored into an empty database. Make one (deploy/postgres/create-role.sh, or createdb), let DATABASE_URL lead there, and try again.`,
  )
}

/** From here on nothing starts on the database until the restore is over, whatever becomes of this process. Empty is looked at again: another restore may have come first. */
const begin = (url: string): Promise<void> =>
  inTransaction(url, async (client) => {
    await markRestoring(client).catch((error: unknown) => {
      throw isThereAlready(error) ? new StartError(unfinishedRestore) : error
    })
    await requireNoContent(client, url)
  })

/** A schema of that name, or one that another transaction has just made. */
const isThereAlready = (error: unknown): boolean => ['42P06', '23505'].includes(findDatabaseError(error)?.code ?? '')

/** All at once: there is no moment at which the database may be worked on and nothing holds the workers. */
const finish = (url: string, { takenAt, sameNumbers }: { takenAt: string; sameNumbers: boolean }): Promise<void> =>
  inTransaction(url, async (client) => {
    const restoredAt = new Date().toISOString()
    await holdRestored(client, { takenAt, restoredAt })
    if (!sameNumbers) await renewNumbers(client, restoredAt)
    await unmarkRestoring(client)
  })

const requireKnownMigrations = ({ database, version }: Manifest, known: readonly string[]): void => {
  const unknown = database.migrations.filter((name) => !known.includes(name))
  if (!unknown.length) return
  throw new StartError(
    `The backup is of a newer version (${version}) or of another extension: this checkout does not know ${unknown.slice(0, 3).join(', ')}. Check the version out that took it.`,
  )
}

/** What the settings of this machine lack of the key ring of that time. */
const warnOfKeys = ({ keys }: Manifest, opened: string | undefined): string[] => {
  const now = new Set(keyLines().split('\n'))
  const differing = (opened ?? '').split('\n').flatMap((line) => (now.has(line) ? [] : (/^\w+/.exec(line) ?? [])))
  if (differing.length) return [`These settings are not those of the backup: ${differing.join(', ')}.`]
  const ids = new Set(settings.encryptionKeys.map(({ id }) => id))
  const lacking = keys.encryptionKeyIds.filter((id) => !ids.has(id))
  return lacking.length ? [`ENCRYPTION_KEYS lacks ${lacking.join(', ')}, which the backup was taken with.`] : []
}

const warnOfMedia = ({ media }: Manifest): string[] => [
  ...(media.copied
    ? []
    : [`The backup holds no pictures: ${media.files.length} have to come from elsewhere (${media.store}).`]),
  ...(media.missing.length
    ? [`${media.missing.length} pictures were missing when it was taken: ${media.missing.slice(0, 5).join(', ')}.`]
    : []),
]

/** What is there already and is the same may stay; nothing of anybody's is written over. */
const refuseOtherMedia = async ({ media: { copied, files } }: Manifest, media: BackedUpMedia): Promise<void> => {
  if (!copied) return
  for (const { name, sha256 } of files) {
    if ((await media.mark(name)) === undefined) continue
    if ((await sumStream(await media.read(name), name)).sha256 === sha256) continue
    throw new StartError(`${media.place} has another ${name}: let the setting lead to an empty place.`)
  }
}

const writeMedia = async (
  { media: { copied, files } }: Manifest,
  { folder, media }: { folder: string; media: BackedUpMedia },
): Promise<void> => {
  if (!copied) return
  for (const { name } of files) {
    if ((await media.mark(name)) !== undefined) continue
    await media.write(name, createReadStream(inside(path.join(folder, 'media'), name)))
  }
}

/** The database says which pictures there have to be, whatever a manifest says. */
const compareMedia = ({ media: { files, missing } }: Manifest, named: readonly string[]): string[] => {
  const known = new Set([...files.map(({ name }) => name), ...missing])
  const lacking = named.filter((name) => !known.has(name))
  if (!lacking.length) return []
  return [
    `${lacking.length} pictures that the database names are not in the backup: ${lacking.slice(0, 5).join(', ')}.`,
  ]
}

/** Facts of backups and of restores themselves come and go. */
const compareRows = ({ database }: Manifest, now: Readonly<Record<string, number>>): string[] =>
  Object.entries(database.rows).flatMap(([table, rows]) =>
    table === 'parley.facts' || now[table] === rows
      ? []
      : [`${table} has ${now[table] ?? 'no'} rows, and had ${rows} in the backup.`],
  )
