import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { settings } from '#settings'
import { backupFiles } from './manifest'

/** What the seal of a manifest tells: that it was changed, or why that cannot be told; neither where it is as it was written. */
type SealFindings = { fault?: string; note?: string }

/** Writes a MAC of the manifest beside it, by the secret of this installation, so that nobody without it can change what a backup says of itself. */
export const sealManifest = async (folder: string, manifestText: string): Promise<void> => {
  const { keyId, mac } = makeSeal(manifestText, settings.payloadSecret)
  await writeFile(path.join(folder, backupFiles.seal), `${keyId} ${mac}\n`, { mode: 0o600 })
}

/**
 * Compares a manifest with its seal.
 * @param keys the opened key ring of the backup, for a machine that has other settings.
 */
export const checkSeal = async (folder: string, keys: string | undefined): Promise<SealFindings> => {
  const seal = await readFile(path.join(folder, backupFiles.seal), 'utf8').catch(() => undefined)
  if (seal === undefined) {
    return {
      note: `The backup has no ${backupFiles.seal}, by which a changed manifest is found out: it is of an older version, or that file was taken away.`,
    }
  }
  const text = await readFile(path.join(folder, backupFiles.manifest), 'utf8')
  const [keyId, mac = ''] = seal.trim().split(' ')
  const ringSecret = parseEnv(keys ?? '').PAYLOAD_SECRET
  for (const secret of [settings.payloadSecret, ...(ringSecret ? [ringSecret] : [])]) {
    const own = makeSeal(text, secret)
    if (own.keyId !== keyId) continue
    return isSame(own.mac, mac) ? {} : { fault: `${backupFiles.manifest} was changed: its seal is of another one.` }
  }
  return {
    note: `Whether ${backupFiles.manifest} was changed cannot be told: neither the settings nor an opened key ring have the PAYLOAD_SECRET that sealed it.`,
  }
}

/** The id tells which secret it was, and nothing of it. */
const makeSeal = (text: string, secret: string): { keyId: string; mac: string } => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'parley:backup-manifest', 32))
  const keyId = createHmac('sha256', key).update('id').digest('hex').slice(0, 16)
  return { keyId, mac: createHmac('sha256', key).update(`manifest\0${text}`).digest('hex') }
}

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
