import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'
import { iso, dayMs, minuteMs } from '#shared/time'
import type { FreeDay } from './compute-free-days'
import { publishedDays, type SearchWindow } from './search-window'

/** Makes these the free days of a consultant, in the open transaction: one statement, which writes the days that differ. */
export const writeFreeDays = async (
  req: PayloadRequest,
  consultantId: string,
  days: readonly FreeDay[],
): Promise<void> => {
  const db = await txDb(req)
  const wanted = days.map(({ day, starts, ...more }) => ({
    ...more,
    day: iso(day * dayMs).slice(0, 10),
    starts,
    first: iso(day * dayMs + (starts[0] ?? 0) * minuteMs),
    last: iso(day * dayMs + (starts.at(-1) ?? 0) * minuteMs),
  }))
  await db.execute(sql`
    WITH wanted AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w ("serviceTypeId" uuid, day date,
        "durationMinutes" int, starts smallint[], first timestamptz, last timestamptz)
    ), gone AS (
      DELETE FROM parley.free_days f WHERE f.consultant_id = ${consultantId} AND NOT EXISTS (SELECT FROM wanted w
        WHERE w.day = f.day AND w."serviceTypeId" = f.service_type_id)
    )
    INSERT INTO parley.free_days AS f (consultant_id, day, service_type_id, duration_minutes, first_start, last_start, starts)
    SELECT ${consultantId}::uuid, day, "serviceTypeId", "durationMinutes", first, last, starts FROM wanted
    ON CONFLICT (consultant_id, day, service_type_id) DO UPDATE SET duration_minutes = excluded.duration_minutes,
      first_start = excluded.first_start, last_start = excluded.last_start, starts = excluded.starts
    WHERE (f.duration_minutes, f.starts) IS DISTINCT FROM (excluded.duration_minutes, excluded.starts)`)
}

const at = (epochMs: number) => sql`${iso(epochMs)}::timestamptz`
const utcDay = (instant: SQL) => sql`(${instant} AT TIME ZONE 'UTC')::date`

/** The first instant that the consultant's notice allows to book; `c` is the profile. */
const earliestStart = (now: number) =>
  sql`(${at(now)} + coalesce(c.availability_min_booking_notice_hours, 0) * interval '1 hour')`

/** The last that can be booked, as far as time is published. */
const latestStart = (now: number) =>
  sql`(${at(now)} + least(coalesce(c.availability_max_advance_booking_days, ${publishedDays}), ${publishedDays}) * interval '24 hours')`

/** An instant of an element `s` of the starts of `f`. */
const startOf = sql`((f.day + s * interval '1 minute') AT TIME ZONE 'UTC')`

type Asked = {
  now: number
  /** Which service type, as a condition on its id in `f`; nothing: any. */
  ofServiceType: (column: SQL) => SQL[]
}

const all = (conditions: SQL[]) => sql.join(conditions, sql` AND `)

/**
 * Whether consultant `c` has a free slot that lies completely in the window and can be booked now: a condition. The days of one consultant are
 * looked at one after the other until one fits; how many there are is what it costs at most. Inside of a day, the starts are only read where the
 * window begins after its first and ends before its last.
 */
export const isFreeWithin = ({ start, end }: SearchWindow, { now, ofServiceType }: Asked): SQL => {
  const from = sql`greatest(${at(Math.max(start, now))}, ${earliestStart(now)})`
  const until = end === null ? latestStart(now) : sql`least(${at(end)}, ${latestStart(now)})`
  // A session that must end in time starts so much earlier.
  const last =
    end === null
      ? latestStart(now)
      : sql`least(${at(end)} - f.duration_minutes * interval '1 minute', ${latestStart(now)})`
  return sql`coalesce((SELECT true FROM parley.free_days f WHERE ${all([
    sql`f.consultant_id = c.id AND f.day BETWEEN ${utcDay(from)} AND ${utcDay(until)}`,
    ...ofServiceType(sql`f.service_type_id`),
    sql`f.last_start >= ${from} AND f.first_start <= ${last}`,
    sql`(f.first_start >= ${from} OR f.last_start <= ${last}
      OR EXISTS (SELECT FROM unnest(f.starts) s WHERE ${startOf} BETWEEN ${from} AND ${last}))`,
  ])} LIMIT 1), false)`
}

/**
 * The first start that consultant `c` has free and that can be booked now; `d` is their row of the directory, where the publication has left the
 * first of all. Only when that has passed or is too near, or one service is asked for, the days are looked at.
 */
export const nextFreeStart = ({ now, ofServiceType }: Asked): SQL => {
  const from = earliestStart(now)
  const service = ofServiceType(sql`f.service_type_id`)
  const found = sql`(SELECT next FROM (
    SELECT CASE WHEN f.first_start >= ${from} THEN f.first_start
      ELSE (SELECT min(${startOf}) FROM unnest(f.starts) s WHERE ${startOf} >= ${from}) END AS next
    FROM parley.free_days f WHERE ${all([
      sql`f.consultant_id = c.id AND f.day >= ${utcDay(from)} AND f.last_start >= ${from}`,
      ...service,
    ])} ORDER BY f.day, next LIMIT 1) one WHERE next <= ${latestStart(now)})`
  if (service.length) return found
  return sql`(CASE WHEN d.next_start IS NULL OR d.next_start > ${latestStart(now)} THEN NULL
    WHEN d.next_start >= ${from} THEN d.next_start ELSE ${found} END)`
}
