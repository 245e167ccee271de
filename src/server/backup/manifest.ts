import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { StartError } from '../exit-with-line'

/** The files of a backup, beside the folder `media`. */
export const backupFiles = {
  manifest: 'manifest.json',
  seal: 'manifest.mac',
  database: 'database.dump',
  keys: 'keys.age',
} as const

const fileSum = z.object({ name: z.string(), bytes: z.number().int().nonnegative(), sha256: z.string().length(64) })

/** What one file holds: bytes, and the SHA-256 of them in hexadecimal. */
export type FileSum = z.infer<typeof fileSum>

const manifest = z.object({
  format: z.literal(1),
  product: z.literal('parley'),
  version: z.string(),
  /** The moment that the backup shows. */
  takenAt: z.iso.datetime(),
  serverUrl: z.string(),
  database: z.object({
    name: z.string(),
    server: z.string(),
    pgDump: z.string(),
    migrations: z.array(z.string()),
    rows: z.record(z.string(), z.number().int().nonnegative()),
    file: fileSum,
  }),
  media: z.object({
    /** Where the pictures lay. */
    store: z.enum(['local', 's3']),
    /** Whether they are in the backup; else it names them alone. */
    copied: z.boolean(),
    files: z.array(fileSum.partial({ bytes: true, sha256: true })),
    /** Named by the database, and not there when the backup was taken. */
    missing: z.array(z.string()),
  }),
  keys: z.object({
    /** Undefined where the backup was taken without them. */
    file: fileSum.optional(),
    /** Which keys of ENCRYPTION_KEYS there were; the first one encrypted. */
    encryptionKeyIds: z.array(z.string()),
  }),
})

/** What a backup says of itself. */
export type Manifest = z.infer<typeof manifest>

/** Reads what the backup in `folder` says of itself. @throws StartError when it is none, is damaged, or of another format. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const file = path.join(folder, backupFiles.manifest)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) {
    throw new StartError(
      `${folder} is no backup: it has no ${backupFiles.manifest}. Name the folder of one backup, as npm run backup printed it.`,
    )
  }
  const said = parseJson(text)
  if (said === undefined) {
    throw new StartError(
      `${file} is damaged: it breaks off or is no JSON. Take another backup, or another copy of this one.`,
    )
  }
  const result = manifest.safeParse(said)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new StartError(
      `${file} cannot be read by this version: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Restore it with the version that took it.`,
    )
  }
  return result.data
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
