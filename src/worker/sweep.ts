import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb, withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { overdue, tidying } from './all-work'
import { unlockJobsOfDeadWorkers } from './worker-heartbeat'

/**
 * Finds what the jobs of single records missed, because a worker was killed hard (its jobs stay locked for hours), a job failed for
 * good, or a row came in by another way. Everything it starts looks at the present state first, so starting it twice is harmless.
 */
export const sweep = async (payload: Payload): Promise<void> => {
  const jobs = await findOverdue(payload)
  if (jobs.length) await withTransaction(payload, (req) => enqueue(req, ...jobs))
  await unlockJobsOfDeadWorkers(payload)
  for (const tidy of tidying) await tidy(payload)
}

/** One statement for all features. */
const allOverdue = sql.join(
  overdue.map(({ select }, entry) => sql`(SELECT ${sql.raw(String(entry))} AS entry, id FROM (${select}) found)`),
  sql` UNION ALL `,
)

type Found = { entry: number; id: string }

const findOverdue = async (payload: Payload): Promise<Job[]> => {
  const { rows } = await poolDb(payload).execute(allOverdue)
  return (rows as Found[]).flatMap(({ entry, id }) => {
    const job = overdue[entry]?.job(id)
    // Keys differ from those of the jobs that the records enqueue themselves, which may be locked by a dead worker.
    return job ? [{ ...job, key: `sweep:${job.task}:${id}` }] : []
  })
}
