import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { txDb } from './transactions'

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

/** Locks one row of `table` until the open transaction ends. Nothing happens when there is no such row. */
export const lockRow = async (req: PayloadRequest, table: string, id: unknown): Promise<void> => {
  if (!isUuid(id)) return
  const db = await txDb(req)
  await db.execute(sql`SELECT 1 FROM ${sql.identifier(table)} WHERE id = ${id} FOR NO KEY UPDATE`)
}

/** Locks rows of `table` until the open transaction ends; whoever locks several takes them in the same order. */
export const lockRows = async (req: PayloadRequest, table: string, ids: readonly string[]): Promise<void> => {
  if (!ids.length) return
  const db = await txDb(req)
  await db.execute(
    sql`SELECT 1 FROM ${sql.identifier(table)} WHERE id = ANY(${sql.param([...ids])}::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
  )
}

/** Until the open transaction ends nobody else has the lock of that name. */
export const lockName = async (req: PayloadRequest, name: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
}

/** When a row was last written, in epoch milliseconds; it stays locked until the transaction ends. */
export const lockRowVersion = async (req: PayloadRequest, table: string, id: string): Promise<unknown> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT (extract(epoch FROM updated_at) * 1000)::float8 AS version FROM ${sql.identifier(table)}
    WHERE id = ${id} FOR NO KEY UPDATE`)
  return rows[0]?.version
}
