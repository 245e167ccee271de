import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** The first key encrypts, all decrypt: a new key is put in front, and the old one stays until everything is re-encrypted. */
export type KeyRing = readonly { readonly id: string; readonly key: Buffer }[]

/**
 * AES-256-GCM with a random nonce. `context` is authenticated but not stored (for example table and row id), so that a
 * ciphertext cannot be moved to another row. → `keyId.nonce.tag.ciphertext`, each base64url.
 */
export const encryptText = (plain: string, keys: KeyRing, context: string): string =>
  encryptBytes(Buffer.from(plain), keys, context)

/** The same for bytes. */
export const encryptBytes = (plain: Uint8Array, keys: KeyRing, context: string): string => {
  const current = keys[0]
  if (!current) throw new Error('There is no encryption key.')
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return [current.id, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
}

/** @throws when the key is unknown, or the text or its context was changed. */
export const decryptText = (sealed: string, keys: KeyRing, context: string): string =>
  decryptBytes(sealed, keys, context).toString('utf8')

/** @throws as `decryptText`. */
export const decryptBytes = (sealed: string, keys: KeyRing, context: string): Buffer => {
  const [id, nonce, tag, body] = sealed.split('.')
  const entry = keys.find((key) => key.id === id)
  if (!entry) throw new Error(`The encryption key "${id ?? ''}" is not in ENCRYPTION_KEYS.`)
  const decipher = createDecipheriv('aes-256-gcm', entry.key, Buffer.from(nonce ?? '', 'base64url'))
  decipher.setAAD(Buffer.from(context)).setAuthTag(Buffer.from(tag ?? '', 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(body ?? '', 'base64url')), decipher.final()])
}
