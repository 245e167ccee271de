import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { overdue, tidying } from './all-work'
import { findOverdue } from './overdue-queries'

/**
 * Finds what the jobs of single records missed, because a worker was killed hard (its jobs stay locked for hours), a job failed for
 * good, or a row came in by another way. Everything it starts looks at the present state first, so starting it twice is harmless.
 */
export const sweep = async (payload: Payload): Promise<void> => {
  const jobs = await findOverdue(payload, overdue)
  if (jobs.length) await withTransaction(payload, (req) => enqueue(req, ...jobs))
  for (const tidy of tidying) await tidy(payload)
}
