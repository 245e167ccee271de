import type { TaskName, TaskPayloads } from './task-payloads'
import { taskTraits } from './task-traits'

/** An expression of SQL that makes a value: a column, a literal, a parameter. */
type Expression = string

/**
 * The expression that puts a job into the outbox, for statements that find out themselves which jobs are needed; everything else calls
 * `enqueue`. The task and the names in its payload are held to what it is given; the values are SQL.
 */
export const addJobSql = <Name extends TaskName>(
  task: Name,
  {
    payload,
    key,
    runAt,
  }: { payload: { [Field in keyof TaskPayloads[Name]]: Expression }; key: Expression; runAt?: Expression },
): string => {
  const fields = Object.entries(payload).map(([field, value]) => `'${field}', ${value}`)
  const more = runAt === undefined ? '' : `, run_at => ${runAt}`
  return `graphile_worker.add_job('${task}', json_build_object(${fields.join(', ')}), job_key => ${key}, max_attempts => ${usualAttempts}, priority => ${taskTraits[task].priority}${more})`
}

/** How often a job is tried unless it says otherwise: with growing pauses, for about two days. */
export const usualAttempts = 12
