import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '#database/transactions'
import type { Job } from '#outbox/enqueue'
import type { Overdue } from '#outbox/task'

type Found = { entry: number; id: string }

/** What is overdue, in one statement for all features. */
export const findOverdue = async (payload: Payload, overdue: readonly Overdue[]): Promise<Job[]> => {
  const selects = overdue.map(
    ({ select }, entry) => sql`(SELECT ${sql.raw(String(entry))} AS entry, id FROM (${select}) found)`,
  )
  const { rows } = await poolDb(payload).execute(sql.join(selects, sql` UNION ALL `))
  return (rows as Found[]).flatMap(({ entry, id }) => {
    const job = overdue[entry]?.job(id)
    // Keys differ from those of the jobs that the records enqueue themselves, which may be locked by a dead worker.
    return job ? [{ ...job, key: `sweep:${job.task}:${id}` }] : []
  })
}
