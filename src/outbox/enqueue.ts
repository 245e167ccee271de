import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { txDb } from '#database/transactions'
import { markPayload } from '#observability/traces'
import { usualAttempts } from './add-job-sql'
import type { TaskName, TaskPayloads } from './task-payloads'
import { taskTraits } from './task-traits'

export type Job = {
  [Name in TaskName]: {
    task: Name
    payload: TaskPayloads[Name]
    /** Jobs with the same key replace each other while they wait: the latest wins. */
    key?: string
    runAt?: Date
    maxAttempts?: number
    /** Larger numbers run later; that of its task unless told otherwise. */
    priority?: number
  }
}[TaskName]

/** One by one, in their order: `add_jobs` takes them all at once but numbers them as it likes, and the worker goes by number. */
const addJobs = preparedStatement(
  'add-jobs',
  `SELECT graphile_worker.add_job(
    spec->>'identifier', (spec->'payload')::json, run_at => (spec->>'run_at')::timestamptz,
    max_attempts => (spec->>'max_attempts')::int, priority => (spec->>'priority')::int, job_key => spec->>'job_key')
  FROM jsonb_array_elements($1::jsonb) AS spec`,
)

/**
 * Puts jobs into the outbox within the open transaction of `req`: they exist if and only if it commits.
 * One statement, however many jobs. Throws when no transaction is open.
 */
export const enqueue = async (req: PayloadRequest, ...jobs: Job[]): Promise<void> => {
  if (!jobs.length) return
  await txDb(req)
  const specs = jobs.map(({ task, payload, key, runAt, maxAttempts, priority }) => ({
    identifier: task,
    payload: markPayload(payload),
    job_key: key,
    run_at: runAt?.toISOString(),
    max_attempts: maxAttempts ?? usualAttempts,
    priority: priority ?? taskTraits[task].priority,
  }))
  await addJobs(req, [JSON.stringify(specs)])
}

/** Takes a waiting job back by its key, within the open transaction. */
export const cancelJobs = async (req: PayloadRequest, ...keys: string[]): Promise<void> => {
  if (!keys.length) return
  const db = await txDb(req)
  await db.execute(sql`SELECT graphile_worker.remove_job(key) FROM unnest(${sql.param(keys)}::text[]) AS key`)
}
