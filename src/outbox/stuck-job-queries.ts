import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { CollectionSlug, PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'
import { usualAttempts } from './add-job-sql'
import { lateAfter, type StuckKind, type TaskWords } from './stuck-work'

/** The records that a piece of work is about, as a column of `StuckKind.select`; those whose id is null are left out. */
export const aboutSql = (records: Readonly<Partial<Record<CollectionSlug, SQL>>>): SQL => {
  const links = Object.entries(records).map(([collection, id]) => sql`(${collection}::text, (${id})::text)`)
  return sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('collection', r.collection, 'id', r.id)), '[]'::jsonb)
    FROM (VALUES ${sql.join(links, sql`, `)}) AS r (collection, id) WHERE r.id IS NOT NULL)`
}

/** When the job of this key is tried next; null when there is none, or it gave up. */
export const nextTrySql = (key: SQL): SQL => sql`(
  SELECT job.run_at FROM graphile_worker._private_jobs job WHERE job.key = ${key} AND job.attempts < job.max_attempts)`

/** Lets a job that nobody has under way be done now, as if it had not been tried. @returns whether there was one. */
const rescheduleJob = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT id FROM graphile_worker.reschedule_jobs(ARRAY[${id}::bigint], run_at => now(), attempts => 0, max_attempts => (
      SELECT greatest(max_attempts, ${usualAttempts}) FROM graphile_worker._private_jobs WHERE id = ${id}::bigint))`)
  return rows.length > 0
}

/** Removes a job that nobody has under way, with the errand that it is for. @returns whether there was one. */
const removeJob = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    WITH removed AS MATERIALIZED (SELECT id, payload::jsonb ->> 'errandId' AS errand FROM graphile_worker.complete_jobs(ARRAY[${id}::bigint])),
      dropped AS (DELETE FROM parley.errands e USING removed WHERE e.id::text = removed.errand)
    SELECT id FROM removed`)
  return rows.length > 0
}

const taskOf = (what: string): string => what.split(' ')[0] ?? what

/**
 * Jobs of the queue that gave up, fail again and again, or that no worker takes.
 * @param tasks every task in words. @param records which collection a field of a payload names a record of.
 */
export const stuckJobs = (
  tasks: Readonly<Record<string, TaskWords>>,
  records: Readonly<Record<string, CollectionSlug>>,
): StuckKind => {
  const providers = Object.fromEntries(Object.entries(tasks).map(([task, { provider }]) => [task, provider]))
  const shownElsewhere = Object.entries(tasks).flatMap(([task, { isShownByKind }]) => (isShownByKind ? [task] : []))
  return {
    label: 'Jobs',
    title: (what) => {
      const [task = what, event] = what.split(' ')
      return `${tasks[task]?.label ?? task}${event === undefined ? '' : `: ${event}`}`
    },
    select: sql`
      SELECT j.id::text AS id, concat_ws(' ', t.identifier, e.facts #>> '{event,name}') AS what,
        ${JSON.stringify(providers)}::jsonb ->> t.identifier AS provider,
        CASE WHEN j.attempts = 0 THEN j.run_at WHEN j.attempts >= j.max_attempts THEN j.updated_at ELSE j.created_at END AS since,
        j.attempts AS tries, CASE WHEN j.attempts < j.max_attempts THEN j.run_at END AS next_at, j.last_error AS error,
        j.attempts >= j.max_attempts AS is_over,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('collection', r.value, 'id', f.value)), '[]'::jsonb)
          FROM jsonb_each_text(j.payload::jsonb || coalesce(e.facts, '{}') || coalesce(e.facts #> '{event,data}', '{}')) f
          JOIN jsonb_each_text(${JSON.stringify(records)}::jsonb) r ON r.key = f.key WHERE f.value IS NOT NULL) AS about
      FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        LEFT JOIN parley.errands e ON e.id::text = j.payload ->> 'errandId'
      WHERE jsonb_typeof(j.payload::jsonb) = 'object' AND (j.attempts >= j.max_attempts AND j.locked_at IS NULL
        OR j.attempts > 0 AND j.last_error IS NOT NULL AND t.identifier <> ALL (${sql.param(shownElsewhere)}::text[])
        OR j.attempts = 0 AND j.locked_at IS NULL AND j.run_at < now() - ${sql.raw(lateAfter)})`,
    tryAgain: {
      follows: () => 'The worker does it now, and begins to count its tries anew.',
      refuses: ({ tries }) => (tries === 0 ? 'It was not tried yet: it waits for a worker. Start one.' : undefined),
      run: (req, { id }) => rescheduleJob(req, id),
    },
    giveUp: {
      follows: ({ what }) => tasks[taskOf(what)]?.ifGivenUp ?? 'The job is removed, and what it was to do is not done.',
      refuses: ({ tries }) => (tries === 0 ? 'It was not tried yet: it waits for a worker. Start one.' : undefined),
      run: (req, { id }) => removeJob(req, id),
    },
  }
}
