import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Overdue } from './task'
import type { ErrandTask } from './task-payloads'

/** No job runs for so long, so whoever holds one hangs. Handlers of an installation are given ten minutes. */
const hungAfter = sql`interval '15 minutes'`

/** Whether the job `j` is left to do its work: it waits, perhaps between two tries, or somebody is at it. */
export const isAtIt = sql`(j.locked_at > now() - ${hungAfter} OR j.locked_at IS NULL AND j.attempts < j.max_attempts)`

/** Whether the job of this key is left to do its work. */
export const isLeftToJob = (key: SQL): SQL =>
  sql`EXISTS (SELECT FROM graphile_worker._private_jobs j WHERE j.key = ${key} AND ${isAtIt})`

/** Whether staff have given up what this id names: nothing of it is started again but by them. */
export const isWorkGivenUp = (kind: string, id: SQL): SQL =>
  sql`EXISTS (SELECT FROM parley.given_up g WHERE g.kind = ${kind} AND g.work_id = ${id}::text)`

/** Errands of a task whose job is gone, has given up, or hangs. */
export const lostErrands = (task: ErrandTask): Overdue => ({
  task,
  select: sql`
    SELECT e.id FROM parley.errands e
    WHERE e.task = ${task} AND e.happened_at < now() - interval '2 minutes'
      AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs j WHERE j.id = e.job_id AND ${isAtIt})
    ORDER BY e.happened_at, e.id`,
  payload: (errandId) => ({ errandId }),
})
