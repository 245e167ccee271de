import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb, txDb } from '#database/transactions'

/** The name of a picture's file (null: it has none); undefined: there is no such picture. Its row stays locked until the transaction ends. */
export const lockMediaFilename = async (req: PayloadRequest, id: string): Promise<string | null | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`SELECT filename FROM media WHERE id = ${id} FOR NO KEY UPDATE`)
  if (!rows[0]) return undefined
  const { filename } = rows[0]
  return typeof filename === 'string' ? filename : null
}

/** How many pictures somebody has uploaded that are still here, and how large the files are as they were sent. */
export const sumUploads = async (req: PayloadRequest, userId: string): Promise<{ files: number; bytes: number }> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT count(*)::int AS files, coalesce(sum(filesize), 0)::float8 AS bytes FROM media WHERE uploaded_by_id = ${userId}`)
  const { files = 0, bytes = 0 } = rows[0] ?? {}
  return { files: Number(files), bytes: Number(bytes) }
}
