import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '#database/transactions'

/** Longer than operations need to see it; what the job was for is found again by the sweep, under another key. */
const kept = sql`interval '1 day'`

/**
 * Removes jobs that gave up, which would keep an alert on for ever. At once those that never failed: the queue takes its key and its further
 * attempts from a job under way when another of that key is enqueued, and if its worker is killed then, that is what is left of it.
 */
export const forgetGivenUpJobs = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`
    SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker._private_jobs
    WHERE attempts >= max_attempts AND locked_at IS NULL
      AND ((key IS NULL AND last_error IS NULL) OR updated_at < now() - ${kept})
    HAVING count(*) > 0`)
}
