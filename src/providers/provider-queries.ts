import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '#database/transactions'
import type { Bucket } from './provider-limits'

/** Where the limits stand after calls were counted: for each bucket so many seconds until the next call after them may go. */
export type CountedCalls = { isTaken: true; ahead: Map<string, number> }
/** None was counted: the next one may go in so many seconds. */
export type NotCountedCalls = { isTaken: false; seconds: number }

const param = (values: readonly unknown[]) => sql.param([...values])

/** Calls that want to be counted for each bucket. */
export type CallsToCount = {
  buckets: readonly Bucket[]
  calls: number
  /** When the first would have to wait longer for one of them, none is counted for any. */
  mostSeconds: number
  /** No count moves a limit further ahead than that. */
  furthestSeconds: number
}

/** Counts calls in one statement, for all processes. The clock is PostgreSQL's alone. */
export const countCalls = async (
  payload: Payload,
  { buckets, calls, mostSeconds, furthestSeconds }: CallsToCount,
): Promise<CountedCalls | NotCountedCalls> => {
  const names = param(buckets.map(({ name }) => name))
  const spans = param(buckets.map(({ spacing }) => calls * spacing))
  const tolerances = param(buckets.map(({ tolerance }) => tolerance))
  const mosts = JSON.stringify(
    Object.fromEntries(buckets.map(({ name, tolerance }) => [name, mostSeconds + tolerance])),
  )
  const isFree = sql`held.next_at <= now() + (${mosts}::jsonb ->> held.bucket)::float8 * interval '1 second'`
  // In the order of their names, so that two processes never wait for each other.
  const { rows } = await poolDb(payload).execute(sql`
    INSERT INTO parley.provider_limits AS held (bucket, next_at)
    SELECT bucket, now() + span * interval '1 second'
    FROM unnest(${names}::text[], ${spans}::float8[]) AS wanted (bucket, span)
    WHERE NOT EXISTS (SELECT FROM parley.provider_limits held WHERE bucket = ANY(${names}::text[]) AND NOT ${isFree})
    ORDER BY bucket
    ON CONFLICT (bucket) DO UPDATE SET next_at = least(greatest(held.next_at, now()) + (excluded.next_at - now()),
      greatest(held.next_at, now() + ${furthestSeconds} * interval '1 second'))
    WHERE ${isFree}
    RETURNING bucket, extract(epoch FROM next_at - now())::float8 AS ahead`)
  const ahead = new Map((rows as { bucket: string; ahead: number }[]).map((row) => [row.bucket, row.ahead]))
  if (ahead.size === buckets.length) return { isTaken: true, ahead }
  const { rows: held } = await poolDb(payload).execute(sql`
    SELECT max(extract(epoch FROM next_at - now())::float8 - tolerance) AS seconds
    FROM parley.provider_limits JOIN unnest(${names}::text[], ${tolerances}::float8[]) AS wanted (bucket, tolerance) USING (bucket)`)
  return { isTaken: false, seconds: Math.max(0, Number(held[0]?.seconds ?? 0)) }
}

/** No call of a bucket goes before `seconds` are over, in any process. */
export const holdCalls = async (payload: Payload, { name, tolerance }: Bucket, seconds: number): Promise<void> => {
  await poolDb(payload).execute(sql`
    INSERT INTO parley.provider_limits AS held (bucket, next_at)
    VALUES (${name}, now() + ${seconds + tolerance} * interval '1 second')
    ON CONFLICT (bucket) DO UPDATE SET next_at = greatest(held.next_at, excluded.next_at)`)
}

/** Forgets limits that hold nothing back: users and hosts come and go. */
export const deleteIdleLimits = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`DELETE FROM parley.provider_limits WHERE next_at < now() - interval '1 hour'`)
}

/** How a provider was found by a call. `refused`: it takes no calls for so many seconds. */
export type ProviderFinding = { is: 'well' } | { is: 'failing'; reason: string } | { is: 'refusing'; seconds: number }

/** Stores how a provider was found. A failure keeps the moment since when it fails, a success ends it. */
export const storeProviderFinding = async (
  payload: Payload,
  provider: string,
  finding: ProviderFinding,
): Promise<void> => {
  const failure = finding.is === 'failing' ? finding.reason.slice(0, 500) : null
  const refusedFor = finding.is === 'refusing' ? finding.seconds : null
  await poolDb(payload).execute(sql`
    INSERT INTO parley.provider_health AS known
      (provider, last_success_at, last_failure_at, failing_since, last_error, refused_until)
    VALUES (
      ${provider},
      CASE WHEN ${finding.is === 'well'} THEN now() END,
      CASE WHEN ${finding.is === 'failing'} THEN now() END,
      CASE WHEN ${finding.is === 'failing'} THEN now() END,
      ${failure}::text,
      now() + ${refusedFor}::float8 * interval '1 second'
    )
    ON CONFLICT (provider) DO UPDATE SET
      last_success_at = coalesce(excluded.last_success_at, known.last_success_at),
      last_failure_at = coalesce(excluded.last_failure_at, known.last_failure_at),
      failing_since = CASE
        WHEN excluded.last_success_at IS NOT NULL THEN NULL
        ELSE coalesce(known.failing_since, excluded.failing_since) END,
      last_error = coalesce(excluded.last_error, known.last_error),
      refused_until = CASE
        WHEN excluded.last_success_at IS NOT NULL THEN NULL
        ELSE greatest(excluded.refused_until, known.refused_until) END`)
}
