import type { Payload } from 'payload'
import { enqueueOverdue } from '#outbox/enqueue-overdue'
import { readKeptDays } from '#desk/storage/read-kept-days'
import { overdue, tidying } from './all-work'

/**
 * Finds what the jobs of single records missed, because a worker was killed hard (its jobs stay locked for hours), a job failed for
 * good or was removed, or a row came in by another way.
 */
export const sweep = async (payload: Payload): Promise<void> => {
  await enqueueOverdue(payload, overdue)
  const kept = await readKeptDays(payload)
  for (const tidy of tidying) await tidy(payload, kept)
}
