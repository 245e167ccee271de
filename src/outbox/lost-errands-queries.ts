import { sql } from '@payloadcms/db-postgres'
import type { Overdue } from './task'
import type { ErrandTask } from './task-payloads'

/** No job runs for so long, so whoever holds one hangs. Handlers of an installation are given ten minutes. */
export const hungAfter = sql`interval '15 minutes'`

/** Errands of a task whose job is gone, has given up, or hangs. One whose job still waits, or is at it, is left to it. */
export const lostErrands = (task: ErrandTask): Overdue => ({
  task,
  select: sql`
    SELECT e.id FROM parley.errands e LEFT JOIN graphile_worker._private_jobs j ON j.id = e.job_id
    WHERE e.task = ${task} AND e.happened_at < now() - interval '2 minutes'
      AND (j.id IS NULL OR j.attempts >= j.max_attempts OR j.locked_at < now() - ${hungAfter})
    ORDER BY e.happened_at, e.id`,
  payload: (errandId) => ({ errandId }),
})
