import { readFile } from 'node:fs/promises'
import { Decrypter, Encrypter } from 'age-encryption'
import { settings } from '#settings'
import { StartError } from '../exit-with-line'

/**
 * The settings without which what is in a backup cannot be read or used, as lines of `.env`. The keys of Stripe, Resend and Zoom are not
 * among them: those are made anew at the provider. Google's are, as the access that consultants gave belongs to them.
 */
export const keyLines = (): string => {
  const { payloadSecret, encryptionKeys, google } = settings
  const values: Record<string, string | undefined> = {
    PAYLOAD_SECRET: payloadSecret,
    ENCRYPTION_KEYS: encryptionKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','),
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_CLIENT_SECRET: google.clientSecret,
  }
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${quoted(value)}\n`]))
    .join('')
}

/** `.env` knows no escapes, but three kinds of quotes. */
const quoted = (value: string): string => {
  const quote = [`'`, '"', '`'].find((mark) => !value.includes(mark))
  if (quote === undefined) throw new StartError('A setting holds every kind of quote, so no line of .env can hold it.')
  return quote + value + quote
}

/** Encrypts the lines, as files of age (age-encryption.org), so that its own programs open them as well. Undefined where no setting says for whom. */
export const sealKeys = async (lines: string): Promise<Uint8Array | undefined> => {
  const { recipients, passphrase } = settings.backup
  if (!recipients.length && passphrase === undefined) return undefined
  const encrypter = new Encrypter()
  try {
    if (passphrase !== undefined) encrypter.setPassphrase(passphrase)
    for (const recipient of recipients) encrypter.addRecipient(recipient)
  } catch (error) {
    throw new StartError(`BACKUP_RECIPIENTS: one of them is no public key of age (age1…): ${messageOf(error)}`)
  }
  return encrypter.encrypt(lines)
}

/**
 * Opens what {@link sealKeys} made, with BACKUP_IDENTITY_FILE or BACKUP_PASSPHRASE.
 * @returns undefined where neither is set.
 * @throws StartError when it does not open.
 */
export const openKeys = async (sealed: Uint8Array): Promise<string | undefined> => {
  const { identityFile, passphrase } = settings.backup
  if (identityFile === undefined && passphrase === undefined) return undefined
  const decrypter = new Decrypter()
  if (passphrase !== undefined) decrypter.addPassphrase(passphrase)
  if (identityFile !== undefined) {
    const text = await readFile(identityFile, 'utf8').catch(() => {
      throw new StartError(`BACKUP_IDENTITY_FILE: ${identityFile} cannot be read.`)
    })
    const identities = text.split('\n').flatMap((line) => (/^AGE-SECRET-KEY-/.test(line.trim()) ? [line.trim()] : []))
    if (!identities.length) {
      throw new StartError(
        `BACKUP_IDENTITY_FILE: ${identityFile} has no line AGE-SECRET-KEY-…, as age-keygen writes it.`,
      )
    }
    for (const identity of identities) decrypter.addIdentity(identity)
  }
  try {
    return await decrypter.decrypt(sealed, 'text')
  } catch (error) {
    throw new StartError(
      `The key ring of the backup does not open with ${identityFile === undefined ? 'BACKUP_PASSPHRASE' : 'BACKUP_IDENTITY_FILE'}: ${messageOf(error)}`,
    )
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
