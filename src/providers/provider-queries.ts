import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '#database/transactions'
import type { Bucket } from './provider-limits'

/** A call in the window of an exact bucket: `room` is the moment at which it makes room for another one, as it is stored. */
export type WindowTurn = { bucket: string; room: string }

/**
 * Where the limits stand after calls were counted: for each bucket so many seconds until the next call after them may go; where the bucket is
 * exact, until this one makes room for another.
 */
export type CountedCalls = { isTaken: true; ahead: Map<string, number>; turns: WindowTurn[] }
/** None was counted: the next one may go in so many seconds. */
export type NotCountedCalls = { isTaken: false; seconds: number }

const param = (values: readonly unknown[]) => sql.param([...values])

/** Calls that want to be counted for each bucket. */
export type CallsToCount = {
  buckets: readonly Bucket[]
  /** One, where a bucket is exact. */
  calls: number
  /** When the first would have to wait longer for one of them, none is counted for any. */
  mostSeconds: number
  /** No count moves a limit further ahead than that. */
  furthestSeconds: number
}

/**
 * Counts calls in one statement, for all processes. The clock is PostgreSQL's alone.
 * An exact bucket has as many rooms as its window takes calls, each with the moment from which it is free; the last one is that of the latest call.
 */
export const countCalls = async (
  payload: Payload,
  { buckets, calls, mostSeconds, furthestSeconds }: CallsToCount,
): Promise<CountedCalls | NotCountedCalls> => {
  const names = param(buckets.map(({ name }) => name))
  const spans = param(buckets.map(({ spacing, window }) => window?.seconds ?? calls * spacing))
  const sizes = param(buckets.map(({ window }) => window?.calls ?? null))
  const tolerances = param(buckets.map(({ tolerance }) => tolerance))
  const mosts = JSON.stringify(
    Object.fromEntries(buckets.map(({ name, tolerance }) => [name, mostSeconds + tolerance])),
  )
  const isFree = sql`held.next_at <= now() + (${mosts}::jsonb ->> held.bucket)::float8 * interval '1 second'`
  const begins = sql`greatest(held.next_at, now())`
  // What a new row would hold says how long the window is (its last room) and how many calls it takes.
  const size = sql`cardinality(excluded.rooms)`
  const span = sql`(CASE WHEN excluded.rooms IS NULL THEN excluded.next_at ELSE excluded.rooms[${size}] END - now())`
  const own = sql`least(${begins} + ${span}, greatest(held.next_at, now() + ${furthestSeconds} * interval '1 second'))`
  const known = sql`unnest(coalesce(held.rooms, '{}') || array_fill(${begins}, ARRAY[${size}]))`
  const latest = sql`(SELECT greatest(room, ${begins}) AS room FROM ${known} AS room ORDER BY 1 DESC LIMIT ${size})`
  const others = sql`(SELECT room FROM ${latest} AS latest ORDER BY 1 DESC LIMIT ${size} - 1)`
  // In the order of their names, so that two processes never wait for each other.
  const { rows } = await poolDb(payload).execute(sql`
    INSERT INTO parley.provider_limits AS held (bucket, next_at, rooms)
    SELECT bucket, CASE WHEN size > 1 THEN now() ELSE now() + span * interval '1 second' END,
      CASE WHEN size IS NOT NULL THEN array_fill(now(), ARRAY[size - 1]) || (now() + span * interval '1 second') END
    FROM unnest(${names}::text[], ${spans}::float8[], ${sizes}::int[]) AS wanted (bucket, span, size)
    WHERE NOT EXISTS (SELECT FROM parley.provider_limits held WHERE bucket = ANY(${names}::text[]) AND NOT ${isFree})
    ORDER BY bucket
    ON CONFLICT (bucket) DO UPDATE SET
      rooms = CASE WHEN excluded.rooms IS NOT NULL THEN ARRAY${others} || ${own} END,
      next_at = CASE WHEN ${size} > 1 THEN least(${own}, (SELECT min(room) FROM ${others} AS others)) ELSE ${own} END
    WHERE ${isFree}
    RETURNING bucket, rooms[cardinality(rooms)]::text AS room,
      extract(epoch FROM coalesce(rooms[cardinality(rooms)], next_at) - now())::float8 AS ahead`)
  const counted = rows as { bucket: string; room: string | null; ahead: number }[]
  if (counted.length === buckets.length) {
    return {
      isTaken: true,
      ahead: new Map(counted.map(({ bucket, ahead }) => [bucket, ahead])),
      turns: counted.flatMap(({ bucket, room }) => (room === null ? [] : [{ bucket, room }])),
    }
  }
  const { rows: held } = await poolDb(payload).execute(sql`
    SELECT max(extract(epoch FROM next_at - now())::float8 - tolerance) AS seconds
    FROM parley.provider_limits JOIN unnest(${names}::text[], ${tolerances}::float8[]) AS wanted (bucket, tolerance) USING (bucket)`)
  return { isTaken: false, seconds: Math.max(0, Number(held[0]?.seconds ?? 0)) }
}

/** A call has arrived later than its turn was: its room is free so much later too. One that was taken meanwhile stays as it is. */
export const postponeRoom = async (payload: Payload, { bucket, room }: WindowTurn, seconds: number): Promise<void> => {
  const later = sql`array_replace(rooms, ${room}::timestamptz, ${room}::timestamptz + ${seconds} * interval '1 second')`
  await poolDb(payload).execute(sql`
    UPDATE parley.provider_limits
    SET rooms = ${later}, next_at = greatest(next_at, (SELECT min(room) FROM unnest(${later}) AS room))
    WHERE bucket = ${bucket} AND ${room}::timestamptz = ANY(rooms)`)
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
