import type { CollectionBeforeChangeHook } from 'payload'
import { lockRowVersion } from '#database/lock-row-queries'
import { DomainError } from '#shared/errors'

/**
 * Payload writes the whole row back as it read it. Of an edit of many rows at once nothing is locked before, so what our own SQL has
 * stored since (a payment that was made) would be undone without anybody having asked for that.
 * @throws DomainError `conflict`.
 */
export const refuseStaleRow =
  (table: string): CollectionBeforeChangeHook<{ id: string; updatedAt: string }> =>
  async ({ operation, originalDoc, req }) => {
    if (operation !== 'update' || !originalDoc || !req.transactionID) return
    if ((await lockRowVersion(req, table, originalDoc.id)) === Date.parse(originalDoc.updatedAt)) return
    throw new DomainError('conflict', 'The record changed meanwhile. Load it again.')
  }
