import type { CollectionBeforeOperationHook } from 'payload'
import { lockRow, lockRows } from '#database/lock-row-queries'

/**
 * Payload writes the whole row back from an earlier read (payloadcms/payload#15486), so two edits at once, or an edit beside
 * our own SQL, would lose one. Locking before that read makes them wait for each other; of an edit of many, all that it will meet.
 */
export const lockBeforeUpdate =
  (table: string): CollectionBeforeOperationHook =>
  async ({ args, collection, operation, overrideAccess, req }) => {
    if (operation !== 'update' || !req.transactionID) return
    if ('id' in args) return lockRow(req, table, args.id)
    if (!('where' in args) || !args.where) return
    const { docs } = await req.payload.find({
      collection: collection.slug,
      where: args.where,
      depth: 0,
      pagination: false,
      select: {},
      overrideAccess: overrideAccess ?? true,
      req,
    })
    await lockRows(
      req,
      table,
      docs.map(({ id }) => String(id)),
    )
  }
