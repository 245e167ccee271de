import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

/** Locks one row of `table` until the open transaction ends. Nothing happens when there is no such row. */
export const lockRow = async (req: PayloadRequest, table: string, id: unknown): Promise<void> => {
  if (!isUuid(id)) return
  const db = await txDb(req)
  await db.execute(sql`SELECT 1 FROM ${sql.identifier(table)} WHERE id = ${id} FOR NO KEY UPDATE`)
}

/**
 * Payload writes the whole row back from an earlier read (payloadcms/payload#15486), so two edits at once, or an edit beside
 * our own SQL, would lose one. Locking before that read makes them wait for each other.
 */
export const lockBeforeUpdate =
  (table: string): CollectionBeforeOperationHook =>
  async ({ args, operation, req }) => {
    if (operation === 'update' && 'id' in args && req.transactionID) await lockRow(req, table, args.id)
  }
