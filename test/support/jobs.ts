import { Logger, runTaskListOnce, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { Payload } from 'payload'
import { cleanUpLater } from './clean-up'
import { Crashed, killedAfter } from './crash'
import type { TestDatabase } from './database'

const pools = new Map<string, pg.Pool>()

/** One for all calls of a file: to connect takes longer than most jobs. */
const poolOf = ({ url }: TestDatabase): pg.Pool => {
  const known = pools.get(url)
  if (known) return known
  const pool = new pg.Pool({ connectionString: url, max: 3 })
  // A database that is dropped or killed under a test is the test's business.
  pool.on('error', () => undefined)
  pools.set(url, pool)
  cleanUpLater(() => pool.end())
  return pool
}

/**
 * Does in this process what the worker would do now: every due job, and what those enqueue, until none is due.
 * @param options.only names of tasks; others wait.
 */
export const runDueJobs = async (
  payload: Payload,
  database: TestDatabase,
  options: { only?: string[] } = {},
): Promise<void> => {
  await runJobsOnce(payload, poolOf(database), options)
}

/**
 * The same with a pool that is there.
 * @param options.crash the first job that makes so many steps is killed after them, and left to the next worker.
 */
export const runJobsOnce = async (
  payload: Payload,
  pool: pg.Pool,
  { only, crash }: { only?: string[]; crash?: number | undefined } = {},
): Promise<void> => {
  const { tasks } = await import('#worker/tasks')
  const taskList: TaskList = {}
  let isDoomed = crash !== undefined
  for (const [name, task] of Object.entries(tasks)) {
    if (only && !only.includes(name)) continue
    const run: (payload: Payload, job: never) => Promise<void> = task
    taskList[name] = async (job) => {
      const work = () => run(payload, job as never)
      if (!isDoomed || crash === undefined) return work()
      try {
        await killedAfter(crash, work)
      } catch (error) {
        if (error instanceof Crashed) isDoomed = false
        throw error
      }
    }
  }
  const client = await pool.connect()
  try {
    await runTaskListOnce({ pgPool: pool, logger: new Logger(() => () => undefined) }, taskList, client)
  } finally {
    client.release()
  }
}

/** Makes every waiting job of a task due, as if its time had come. */
export const makeJobsDue = async (database: TestDatabase, task: string): Promise<void> => {
  await poolOf(database).query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second'
     WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = $1)`,
    [task],
  )
}
