import { setTimeout as sleep } from 'node:timers/promises'
import type { Payload } from 'payload'
import { type BatchResult, findNextBackfill, runBackfillBatch } from '#database/backfill-queries'
import { driverConnection, withTransaction } from '#database/transactions'
import { enqueue } from './enqueue'

/** One job works for so long, then another goes on: a worker that ends waits for its jobs. In milliseconds. */
const turn = 10_000

/**
 * Goes on with what a migration has left to be filled in, batch by batch, with as long a pause after each as it took, so that it takes at
 * most half of what one connection can do.
 */
export const runBackfill = async (payload: Payload, id: string): Promise<void> => {
  const until = performance.now() + turn
  for (;;) {
    const startedAt = performance.now()
    const result = await withTransaction(payload, async (req): Promise<BatchResult> => {
      const connection = await driverConnection(req)
      const name = await findNextBackfill(connection)
      if (name === undefined) return { state: 'done', rows: 0 }
      const batch = await runBackfillBatch(connection, name)
      if (batch.state !== 'busy' && performance.now() > until) {
        await enqueue(req, { task: 'run-backfill', payload: { backfillId: id }, key: `run-backfill:${id}` })
        return { state: 'busy' }
      }
      return batch
    })
    if (result.state === 'busy' || (result.state === 'done' && !result.rows)) return
    await sleep(performance.now() - startedAt)
  }
}
