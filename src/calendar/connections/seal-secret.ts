import { settings } from '#settings'
import { decryptText, encryptText } from '#shared/encryption'

/** The columns of a connection that hold secrets. */
export const sealedColumns = ['access_token', 'refresh_token', 'feed_url'] as const
export type SealedColumn = (typeof sealedColumns)[number]

/** A ciphertext opens only in the column of the row that it was made for. */
export const sealContext = (connectionId: string, column: SealedColumn): string =>
  `calendar-connections:${connectionId}:${column}`

export const sealSecret = (connectionId: string, column: SealedColumn, plain: string): string =>
  encryptText(plain, settings.encryptionKeys, sealContext(connectionId, column))

/** @throws when its key is not in the ring any more, or the row was tampered with. */
export const openSecret = (connectionId: string, column: SealedColumn, sealed: string): string =>
  decryptText(sealed, settings.encryptionKeys, sealContext(connectionId, column))
