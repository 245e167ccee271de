import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'

/** The name of a picture's file (null: it has none); undefined: there is no such picture. Its row stays locked until the transaction ends. */
export const lockMediaFilename = async (req: PayloadRequest, id: string): Promise<string | null | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`SELECT filename FROM media WHERE id = ${id} FOR NO KEY UPDATE`)
  if (!rows[0]) return undefined
  const { filename } = rows[0]
  return typeof filename === 'string' ? filename : null
}
