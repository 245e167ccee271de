import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { settings } from '#settings'
import { StartError } from '../exit-with-line'
import { sumFile } from './file-sum'
import { backupFiles, type FileSum, type Manifest, readManifest } from './manifest'
import { inside } from './backed-up-media'
import { checkSeal } from './manifest-seal'
import { openKeys } from './sealed-keys'

/** What was found of a backup: its manifest, the opened key ring where it could be opened, and what is wrong with it, in words. `notes` say what could not be looked at. */
type VerifiedBackup = { manifest: Manifest; keys: string | undefined; faults: string[]; notes: string[] }

/**
 * Reads a whole backup and compares it with what it says of itself. Needs no database.
 * @throws StartError when it is none, or its key ring does not open with what the settings name.
 */
export const verifyBackup = async (folder: string): Promise<VerifiedBackup> => {
  const manifest = await readManifest(folder)
  const { database, media, keys } = manifest
  const sums: FileSum[] = [database.file, ...(keys.file ? [keys.file] : [])]
  const faults: string[] = []
  for (const expected of sums) faults.push(...(await compare(inside(folder, expected.name), expected)))
  if (media.copied) {
    for (const expected of media.files) {
      faults.push(...(await compare(inside(path.join(folder, 'media'), expected.name), expected)))
    }
    const named = new Set(media.files.map(({ name }) => name))
    const extra = (await listFiles(path.join(folder, 'media'))).filter((name) => !named.has(name))
    faults.push(...extra.map((name) => `media/${name} is not of this backup.`))
  }
  const isWhole = keys.file && !faults.some((fault) => fault.startsWith(backupFiles.keys))
  const ring = isWhole ? await readKeys(folder) : undefined
  const { fault, note } = await checkSeal(folder, ring)
  if (fault) faults.unshift(fault)
  return { manifest, keys: ring, faults, notes: note ? [note] : [] }
}

/**
 * The key ring of a backup, opened.
 * @returns undefined when nothing is set to open it with, or there is none.
 * @throws StartError when it does not open.
 */
export const readKeys = async (folder: string): Promise<string | undefined> => {
  const sealed = await readFile(path.join(folder, backupFiles.keys)).catch(() => undefined)
  return sealed && openKeys(sealed)
}

/** The key ring of a backup as lines of `.env`. @throws StartError when there is none, or it cannot be opened. */
export const showKeys = async (folder: string): Promise<string> => {
  const { keys } = await readManifest(folder)
  if (!keys.file) throw new StartError('This backup was taken without the key ring.')
  const lines = await readKeys(folder)
  if (lines !== undefined) return lines
  const { passphrase, identityFile } = settings.backup
  const isSet = passphrase ?? identityFile
  throw new StartError(
    isSet === undefined
      ? 'Set BACKUP_IDENTITY_FILE (the file of age-keygen) or BACKUP_PASSPHRASE, whichever it was sealed for.'
      : `${backupFiles.keys} is missing in ${folder}.`,
  )
}

const compare = async (
  file: string,
  { name, bytes, sha256 }: { name: string; bytes?: number | undefined; sha256?: string | undefined },
): Promise<string[]> => {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return [`${name} is missing.`]
  if (found.size !== bytes) return [`${name} has ${found.size} bytes, not ${bytes ?? 0}.`]
  return (await sumFile(file, name)).sha256 === sha256 ? [] : [`${name} was changed: its checksum differs.`]
}

const listFiles = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.flatMap((entry) =>
    entry.isFile() ? [path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')] : [],
  )
}
