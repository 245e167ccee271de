import { setTimeout as delay } from 'node:timers/promises'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Payload } from 'payload'
import { poolDb } from './transactions'

/** Few enough that no statement holds its locks for long. */
const batchSize = 500
/** Between two of them, so that others get their turn. */
const pauseMs = 20
/** The sweep has more to do; it comes again in a minute, and goes on where this has stopped. */
const patienceMs = 2_000

/**
 * Deletes what `statement` finds, a bounded number at a time and each in its own transaction, until there is no more or two seconds are over. It may be
 * stopped at any moment, and several may do it at once: what one has deleted the others do not find.
 * @param statement deletes at most `limit` rows.
 * @returns how many it were.
 */
export const deleteInBatches = async (
  payload: Payload,
  statement: (limit: number) => SQL,
  { batch = batchSize, patience = patienceMs }: { batch?: number; patience?: number } = {},
): Promise<number> => {
  const until = performance.now() + patience
  let deleted = 0
  for (;;) {
    const { rowCount } = await poolDb(payload).execute(statement(batch))
    deleted += rowCount ?? 0
    if ((rowCount ?? 0) < batch || performance.now() > until) return deleted
    await delay(pauseMs)
  }
}
