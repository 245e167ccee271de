import type { Payload, PayloadRequest } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'

type Synced = { syncedAt: number | null }

export type ReadingOf<Known extends Synced, Row extends Synced, Truth> = {
  /** What to ask about, from the record as it is; without a lock. */
  find: (req: PayloadRequest) => Promise<Known | undefined>
  /** The record with its row locked. */
  lock: (req: PayloadRequest) => Promise<Row | undefined>
  /** Asks the provider; called outside of any transaction. */
  read: (known: Known) => Promise<Truth>
  /** Stores what was read, and lets `syncedAt` grow. */
  store: (req: PayloadRequest, row: Row, truth: Truth) => Promise<void>
}

/**
 * Reads something from a provider and stores it, so that an older reading never overwrites a newer one, whichever answer is
 * the slower: a reading is stored only if no other was since before it began (`syncedAt` tells), so each stored reading began
 * after the one before it was stored.
 *
 * The race: two events at once read, the later reading is stored first, and the earlier one must not win
 * (test/integration/payments/payout-accounts). Who is overtaken reads again. Who is overtaken twice is done: the second one
 * to overtake began after the first was stored, so it has seen all that could be seen when this call began.
 * @returns whether there is such a record.
 */
export const storeNewestReading = async <Known extends Synced, Row extends Synced, Truth>(
  payload: Payload,
  { find, lock, read, store }: ReadingOf<Known, Row, Truth>,
): Promise<boolean> => {
  for (let turn = 1; turn <= 2; turn++) {
    const before = await find(await localRequest(payload))
    if (!before) return false
    const truth = await read(before)
    const isStored = await withTransaction(payload, async (req) => {
      const row = await lock(req)
      if (!row || row.syncedAt !== before.syncedAt) return false
      await store(req, row, truth)
      return true
    })
    if (isStored) return true
  }
  return true
}
