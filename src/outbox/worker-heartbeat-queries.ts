import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb, txDb, withTransaction } from '#database/transactions'

/** A worker process, and the names under which it locks jobs. */
export type WorkerProcess = { id: string; lockNames: readonly string[] }

/** Stores that a worker process is alive: for the readiness check, and so that nobody takes its jobs away. */
export const noteWorkerAlive = async (payload: Payload, worker: WorkerProcess): Promise<void> => {
  await poolDb(payload).execute(sql`
    INSERT INTO parley.facts (key, value)
    VALUES ('worker_alive', 'true'), (${`worker:${worker.id}`}, ${JSON.stringify(worker.lockNames)}::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`)
}

/** Stores that a worker process has ended, with no job under way, and lets others have what it still holds. */
export const giveBack = async (payload: Payload, { id, lockNames }: WorkerProcess): Promise<void> => {
  await poolDb(payload).execute(sql`
    WITH forgotten AS (DELETE FROM parley.facts WHERE key = ${`worker:${id}`})
    SELECT graphile_worker.force_unlock_workers(array(SELECT jsonb_array_elements_text(${JSON.stringify(lockNames)}::jsonb)))`)
}

/** A worker says that it is alive every five seconds; one that was not heard of for so long is gone. */
const silence = sql`interval '20 seconds'`

/**
 * Gives back the jobs of worker processes that are silent: one that was killed, or whose machine is gone, would keep them locked for four hours. One that only hung may run a job a second time; tasks bear that.
 * (test/fault/worker shows the kill.)
 */
export const unlockJobsOfDeadWorkers = async (payload: Payload): Promise<number> => {
  const { rows } = await poolDb(payload).execute(sql`
    WITH alive AS (
      SELECT jsonb_array_elements_text(value) AS name FROM parley.facts
      WHERE key LIKE 'worker:%' AND updated_at > now() - ${silence}
    ), dead AS (
      SELECT DISTINCT locked_by AS name FROM graphile_worker.jobs
      WHERE locked_at < now() - ${silence} AND locked_by NOT IN (SELECT name FROM alive)
    ), unlocked AS (
      SELECT graphile_worker.force_unlock_workers(array_agg(name)) FROM dead HAVING count(*) > 0
    ), forgotten AS (
      DELETE FROM parley.facts WHERE key LIKE 'worker:%' AND updated_at < now() - interval '1 day'
    )
    SELECT (SELECT count(*)::int FROM dead) AS dead, (SELECT count(*) FROM unlocked)`)
  return (rows[0] as { dead: number } | undefined)?.dead ?? 0
}

/** Seconds since any worker was last seen; null when none ever was. */
export const secondsSinceWorker = async (payload: Payload): Promise<number | null> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT extract(epoch FROM now() - updated_at)::float8 AS seconds FROM parley.facts WHERE key = 'worker_alive'`)
  const seconds = rows[0]?.seconds
  return typeof seconds === 'number' ? seconds : null
}

/**
 * Seconds since the job that waits longest could have been done; null when none waits. What failed waits for its next try, not for a worker, and
 * what was enqueued for a moment in the past (a history that was brought in) waits since it was enqueued.
 */
export const secondsOfOldestDueJob = async (payload: Payload): Promise<number | null> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT extract(epoch FROM now() - min(greatest(run_at, created_at)))::float8 AS seconds FROM graphile_worker._private_jobs
    WHERE is_available AND run_at <= now()`)
  const seconds = rows[0]?.seconds
  return typeof seconds === 'number' ? seconds : null
}

/**
 * Writes, and so finds out whether that is possible. A row that is there is changed without a byte more of disk, so a sort that spills to disk
 * says whether there is room: it leaves nothing behind.
 * @throws what PostgreSQL says: it is read-only (25006), its disk is full (53100).
 */
export const tryWrite = (payload: Payload): Promise<void> =>
  withTransaction(payload, async (req) => {
    const db = await txDb(req)
    await db.execute(sql`
      INSERT INTO parley.facts (key, value) VALUES ('last_write', 'true')
      ON CONFLICT (key) DO UPDATE SET updated_at = now()`)
    await db.execute(sql`SET LOCAL work_mem = '64kB'`)
    await db.execute(sql`
      SELECT count(*) FROM (SELECT repeat('x', 500) || n AS line FROM generate_series(1, 500) n ORDER BY 1 DESC OFFSET 0) sorted`)
  })
