import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '#database/transactions'

/** A worker process, and the names under which it locks jobs. */
export type WorkerProcess = { id: string; lockNames: readonly string[] }

/** Stores that a worker process is alive: for the readiness check, and so that nobody takes its jobs away. */
export const noteWorkerAlive = async (payload: Payload, worker: WorkerProcess): Promise<void> => {
  await poolDb(payload).execute(sql`
    INSERT INTO parley.facts (key, value)
    VALUES ('worker_alive', 'true'), (${`worker:${worker.id}`}, ${JSON.stringify(worker.lockNames)}::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`)
}

/** Stores that a worker process has ended in order. */
export const forgetWorker = async (payload: Payload, id: string): Promise<void> => {
  await poolDb(payload).execute(sql`DELETE FROM parley.facts WHERE key = ${`worker:${id}`}`)
}

/**
 * Gives back the jobs of worker processes that have not been heard of for a minute: one that was killed, or whose machine is
 * gone, would keep them locked for four hours. One that only hung may run a job a second time; tasks bear that.
 * (test/fault/worker shows the kill.)
 */
export const unlockJobsOfDeadWorkers = async (payload: Payload): Promise<number> => {
  const { rows } = await poolDb(payload).execute(sql`
    WITH alive AS (
      SELECT jsonb_array_elements_text(value) AS name FROM parley.facts
      WHERE key LIKE 'worker:%' AND updated_at > now() - interval '1 minute'
    ), dead AS (
      SELECT DISTINCT locked_by AS name FROM graphile_worker.jobs
      WHERE locked_at < now() - interval '1 minute' AND locked_by NOT IN (SELECT name FROM alive)
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
