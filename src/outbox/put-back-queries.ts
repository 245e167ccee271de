import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '#database/transactions'

/** A job that is under way; `lockedBy`: the name under which it is locked. */
export type RunningJob = { id: string; lockedBy: string }

/**
 * Gives a job back that could not be done yet. It is due again in so many seconds, and this counts as no attempt. From then on `created_at` says
 * since when it could have been done, as `run_at` moves on; and after an hour it goes before younger jobs of its own priority, which would
 * overtake it each time. Priorities are ten apart, and it stays within its ten.
 */
export const postponeJob = async (
  payload: Payload,
  { id, lockedBy }: RunningJob,
  { seconds, reason }: { seconds: number; reason: string },
): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE graphile_worker._private_jobs
    SET run_at = now() + ${seconds} * interval '1 second',
      created_at = CASE WHEN last_error IS NULL THEN greatest(created_at, run_at) ELSE created_at END,
      priority = CASE WHEN created_at < now() - interval '1 hour' AND last_error IS NOT NULL AND mod(priority + 1000, 10) <> 1
        THEN priority - 1 ELSE priority END,
      attempts = greatest(0, attempts - 1), last_error = ${reason},
      locked_by = NULL, locked_at = NULL
    WHERE id = ${id} AND locked_by = ${lockedBy}`)
}

/** A job that is about to fail has had its last try. */
export const giveJobUp = async (payload: Payload, { id, lockedBy }: RunningJob): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE graphile_worker._private_jobs SET max_attempts = attempts WHERE id = ${id} AND locked_by = ${lockedBy}`)
}

/**
 * Moves the next try of a job that is about to fail by so many seconds. The queue adds the pause that grows with the attempts to it, and that
 * one is the same for all: what failed together would come again together.
 */
export const spreadRetry = async (payload: Payload, { id, lockedBy }: RunningJob, seconds: number): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE graphile_worker._private_jobs SET run_at = now() + ${seconds} * interval '1 second'
    WHERE id = ${id} AND locked_by = ${lockedBy}`)
}
