import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { txDb } from '#database/transactions'
import { markPayload } from '#observability/traces'
import { usualAttempts } from './add-job-sql'
import { createId } from '#shared/ids'
import type { ErrandTask, FactsOf, TaskName, TaskPayloads } from './task-payloads'
import { taskTraits } from './task-traits'

type Options = {
  /** Jobs with the same key replace each other while they wait: the latest wins. */
  key?: string
  runAt?: Date
  maxAttempts?: number
  /** Larger numbers run later; that of its task unless told otherwise. */
  priority?: number
}

/** A job with the errand that it is for, or with the ids of what it looks at. */
export type Job =
  | { [Name in ErrandTask]: Options & { task: Name; errand: FactsOf<Name> } }[ErrandTask]
  | { [Name in TaskName]: Options & { task: Name; payload: TaskPayloads[Name] } }[TaskName]

/**
 * One by one, in their order: `add_jobs` takes them all at once but numbers them as it likes, and the worker goes by number. Errands are
 * written down in the same statement. Of two with one key the later one is followed, as of the jobs.
 */
const addJobs = preparedStatement(
  'add-jobs',
  `WITH added AS MATERIALIZED (
    SELECT spec, (graphile_worker.add_job(
      spec->>'identifier', (spec->'payload')::json, run_at => (spec->>'run_at')::timestamptz,
      max_attempts => (spec->>'max_attempts')::int, priority => (spec->>'priority')::int, job_key => spec->>'job_key')).id AS job_id
    FROM jsonb_array_elements($1::jsonb) AS spec
  )
  INSERT INTO parley.errands (id, key, task, facts, job_id)
  SELECT (spec->'payload'->>'errandId')::uuid, spec->>'job_key', spec->>'identifier', spec->'errand', job_id
  FROM added WHERE spec ? 'errand'
  ON CONFLICT (key) DO UPDATE SET id = excluded.id, task = excluded.task, facts = excluded.facts, job_id = excluded.job_id,
    happened_at = now(), taken_at = NULL`,
)

const toSpec = ({ task, key, runAt, maxAttempts, priority, ...what }: Job) => ({
  identifier: task,
  ...('errand' in what
    ? { payload: markPayload({ errandId: createId() }), errand: what.errand }
    : { payload: markPayload(what.payload) }),
  job_key: key,
  run_at: runAt?.toISOString(),
  max_attempts: maxAttempts ?? usualAttempts,
  priority: priority ?? taskTraits[task].priority,
})

/**
 * Puts jobs into the outbox within the open transaction of `req`: they exist if and only if it commits.
 * One statement, however many jobs. Throws when no transaction is open.
 */
export const enqueue = async (req: PayloadRequest, ...jobs: Job[]): Promise<void> => {
  if (!jobs.length) return
  await txDb(req)
  await addJobs(req, [JSON.stringify(jobs.map(toSpec))])
}

const removeJobs = preparedStatement(
  'cancel-jobs',
  'SELECT graphile_worker.remove_job(key) FROM unnest($1::text[]) AS key',
)

/** Takes a waiting job back by its key, within the open transaction. */
export const cancelJobs = async (req: PayloadRequest, ...keys: string[]): Promise<void> => {
  if (!keys.length) return
  await txDb(req)
  await removeJobs(req, [keys])
}
