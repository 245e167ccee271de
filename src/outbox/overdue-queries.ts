import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { poolDb, txDb } from '#database/transactions'
import type { Job } from './enqueue'
import { isAtIt } from './lost-work-queries'
import { type Overdue, sweepBatch } from './task'

type Found = { entry: number; id: string }

/** With growing pauses, for half an hour. Then it has given up, and begins anew when the last pause is over as well. */
const sweepAttempts = 8

/** Keys differ from those of the jobs that the records enqueue themselves, which may be locked by a dead worker. */
const keyPrefix = ({ task, variant }: Overdue): string =>
  `sweep:${variant === undefined ? task : `${task}:${variant}`}:`

/**
 * What is overdue, in one statement for all features; at most `sweepBatch` of each entry. What an earlier sweep enqueued and is being done,
 * or waits between two tries, is passed over: it keeps its pauses, and keeps nobody else from being found.
 */
export const findOverdue = async (payload: Payload, overdue: readonly Overdue[]): Promise<Job[]> => {
  const selects = overdue.map(
    (entry, number) => sql`(SELECT ${sql.raw(String(number))} AS entry, found.id::text FROM (${entry.select}) found
      WHERE NOT EXISTS (SELECT FROM graphile_worker._private_jobs j WHERE j.key = ${keyPrefix(entry)} || found.id::text
        AND (${isAtIt} OR j.attempts >= j.max_attempts AND j.run_at > now()))
      LIMIT ${sweepBatch})`,
  )
  const { rows } = await poolDb(payload).execute(sql.join(selects, sql` UNION ALL `))
  const jobs = (rows as Found[]).flatMap(({ entry: number, id }) => {
    const entry = overdue[number]
    if (!entry) return []
    const key = keyPrefix(entry) + id
    // Task and payload are of one entry; the type of the union does not follow that.
    return [{ task: entry.task, payload: entry.payload(id), key, maxAttempts: sweepAttempts } as Job]
  })
  return [...new Map(jobs.map((job) => [job.key, job])).values()]
}

/** Jobs of the sweep that have given up make room for new ones: the queue would keep them beside those, without their keys, for ever. */
export const removeGivenUp = async (req: PayloadRequest, keys: readonly string[]): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    DELETE FROM graphile_worker._private_jobs
    WHERE key = ANY(${sql.param([...keys])}::text[]) AND attempts >= max_attempts AND locked_at IS NULL`)
}

/**
 * Removes what has given up for a day: what is still to be done is found by the sweep, which begins anew under its own key. At once those that
 * another has taken the place of: the queue takes its key and its further attempts from a job under way when another of that key is enqueued, and
 * if it fails or its worker is killed then, that is what is left of it. Errands and what runs by the clock have no key from the beginning. At most
 * so many a time.
 */
export const deleteRemains = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`
    DELETE FROM graphile_worker._private_jobs WHERE id IN (SELECT id FROM graphile_worker._private_jobs
      WHERE attempts >= max_attempts AND locked_at IS NULL
        AND (run_at < now() - interval '1 day' OR key IS NULL
          AND (last_error IS NULL OR NOT payload::jsonb ?| ARRAY['errandId', '_cron']))
      LIMIT ${sweepBatch * 5})`)
}
