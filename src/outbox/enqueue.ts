import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { preparedStatement } from '../database/prepared-statement'
import { txDb } from '../database/transactions'
import type { TaskName, TaskPayloads } from './task-payloads'

export type Job = {
  [Name in TaskName]: {
    task: Name
    payload: TaskPayloads[Name]
    /** Jobs with the same key replace each other while they wait: the latest wins. */
    key?: string
    runAt?: Date
    maxAttempts?: number
    /** Larger numbers run later; 0 unless told otherwise. */
    priority?: number
  }
}[TaskName]

/** One call for all of them: the library plans its statements anew with each call, which costs more than to run them. */
const addJobs = preparedStatement(
  'add-jobs',
  `SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
    SELECT ROW(spec->>'identifier', (spec->'payload')::json, NULL, (spec->>'run_at')::timestamptz,
      (spec->>'max_attempts')::smallint, spec->>'job_key', (spec->>'priority')::smallint, NULL)::graphile_worker.job_spec
    FROM jsonb_array_elements($1::jsonb) AS spec))`,
)

/** Of several with one key the last wins, as it would if they came one by one. */
const withoutReplaced = (jobs: readonly Job[]): Job[] => {
  const last = new Map(jobs.map((job) => [job.key, job]))
  return jobs.filter((job) => job.key === undefined || last.get(job.key) === job)
}

/**
 * Puts jobs into the outbox within the open transaction of `req`: they exist if and only if it commits.
 * One statement, however many jobs. Throws when no transaction is open.
 */
export const enqueue = async (req: PayloadRequest, ...jobs: Job[]): Promise<void> => {
  if (!jobs.length) return
  await txDb(req)
  const specs = withoutReplaced(jobs).map(({ task, payload, key, runAt, maxAttempts, priority }) => ({
    identifier: task,
    payload,
    job_key: key,
    run_at: runAt?.toISOString(),
    max_attempts: maxAttempts ?? 12,
    priority: priority ?? 0,
  }))
  await addJobs(req, [JSON.stringify(specs)])
}

/** Takes a waiting job back by its key, within the open transaction. */
export const cancelJobs = async (req: PayloadRequest, ...keys: string[]): Promise<void> => {
  if (!keys.length) return
  const db = await txDb(req)
  await db.execute(sql`SELECT graphile_worker.remove_job(key) FROM unnest(${sql.param(keys)}::text[]) AS key`)
}
