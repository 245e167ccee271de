import type { CollectionBeforeOperationHook } from 'payload'
import { lockRow } from '#database/lock-row-queries'

/**
 * Payload writes the whole row back from an earlier read (payloadcms/payload#15486), so two edits at once, or an edit beside
 * our own SQL, would lose one. Locking before that read makes them wait for each other.
 */
export const lockBeforeUpdate =
  (table: string): CollectionBeforeOperationHook =>
  async ({ args, operation, req }) => {
    if (operation === 'update' && 'id' in args && req.transactionID) await lockRow(req, table, args.id)
  }
