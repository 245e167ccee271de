import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { poolDb, txDb } from '#database/transactions'
import type { BusyInterval } from './compute-busy-time'
import type { CalendarProviderName } from '../calendar-providers'
import { type CalendarReading, type ConnectionState, usableConnections } from '../connections/connection-states'
import { iso } from '#shared/time'
import { addJobSql } from '#outbox/add-job-sql'

/** What a reading may call for, in the statement that stores it. */
const jobs = {
  publish: sql.raw(addJobSql('publish-slots', { payload: { consultantId: 'c.id' }, key: "'publish-slots:' || c.id" })),
  flag: sql.raw(
    addJobSql('flag-calendar-conflicts', {
      payload: { consultantId: 'c.id' },
      key: "'flag-calendar-conflicts:' || c.id",
    }),
  ),
  check: sql.raw(
    addJobSql('check-calendar-event', { payload: { calendarEventId: 'e.id' }, key: "'check-calendar-event:' || e.id" }),
  ),
  rebuild: sql.raw(
    addJobSql('sync-calendar', {
      payload: { calendarId: 'k.id', isFull: 'true' },
      key: "'rebuild-calendar:' || k.id",
      runAt: "now() + interval '5 seconds'",
    }),
  ),
}

/** One calendar with what reading it needs; `feedUrl` and `accessToken` are sealed. Instants are epoch milliseconds. */
export type CalendarRow = {
  id: string
  consultantId: string
  connectionId: string
  provider: CalendarProviderName
  connectionStatus: ConnectionState
  accountEmail: string
  feedUrl: string | null
  accessToken: string | null
  tokenExpiresAt: number | null
  /** The provider's id of it. */
  calendarId: string
  reading: CalendarReading
  countsAsBusy: boolean
  timeZone: string
  generation: number
  nextGeneration: number | null
  syncToken: string | null
  pageToken: string | null
  etag: string | null
  lastModified: string | null
  syncedAt: number | null
  failures: number
  /** How far ahead the consultant can be booked. */
  horizonDays: number
}

const selectCalendar = sql.raw(`
  SELECT k.id, k.consultant_id AS "consultantId", k.connection_id AS "connectionId", c.provider, c.status AS "connectionStatus",
    c.account_email AS "accountEmail", c.feed_url AS "feedUrl", c.access_token AS "accessToken",
    (extract(epoch FROM c.token_expires_at) * 1000)::float8 AS "tokenExpiresAt", k.calendar_id AS "calendarId", k.reading,
    k.counts_as_busy AS "countsAsBusy", coalesce(k.time_zone, 'UTC') AS "timeZone", k.generation::int, k.next_generation::int AS "nextGeneration",
    k.sync_token AS "syncToken", k.page_token AS "pageToken", k.etag, k.last_modified AS "lastModified",
    (extract(epoch FROM k.synced_at) * 1000)::float8 AS "syncedAt", k.failures::int,
    coalesce(p.availability_max_advance_booking_days, 60)::int AS "horizonDays"
  FROM connected_calendars k
  JOIN calendar_connections c ON c.id = k.connection_id
  JOIN consultant_profiles p ON p.id = k.consultant_id`)

export const findCalendar = async (payload: Payload, id: string): Promise<CalendarRow | undefined> => {
  const { rows } = await poolDb(payload).execute(sql`${selectCalendar} WHERE k.id = ${id}`)
  return rows[0] as CalendarRow | undefined
}

/** Calendars of an account that are read in the same way and block time, this one first; at most as many as its provider is asked for at once. */
export const listSiblings = async (payload: Payload, calendar: CalendarRow, most: number): Promise<CalendarRow[]> => {
  const { rows } = await poolDb(payload).execute(sql`
    ${selectCalendar} WHERE k.connection_id = ${calendar.connectionId} AND k.reading = ${calendar.reading} AND k.counts_as_busy
    ORDER BY k.id = ${calendar.id} DESC, k.synced_at NULLS FIRST LIMIT ${most}`)
  return rows as CalendarRow[]
}

/**
 * Begins to read a calendar from the beginning. What was known of it goes on counting until that is complete.
 * @param cursor where the reading stands, kept between its pages.
 */
export const beginRebuild = async (req: PayloadRequest, id: string, cursor: string): Promise<number> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    UPDATE connected_calendars SET next_generation = greatest(generation, coalesce(next_generation, 0)) + 1, page_token = ${cursor},
      read_events = 0, updated_at = now()
    WHERE id = ${id} RETURNING next_generation::int AS generation`)
  return (rows[0] as { generation: number } | undefined)?.generation ?? 0
}

/** An entry of ours among the events of a page, as we last wrote it. */
export type OwnEvent = {
  id: string
  eventId: string
  startsAt: number | null
  endsAt: number | null
  isPlaced: boolean
  /** A difference is open: what looks right again may settle it. */
  isDifferent: boolean
}

export type Position = Pick<CalendarRow, 'generation' | 'nextGeneration' | 'syncToken' | 'pageToken'>

/**
 * Locks a calendar before a page of it is stored, and finds which of these events are ours.
 * @returns undefined when somebody else has read on since: then the page is of no use any more.
 */
export const lockPosition = async (
  req: PayloadRequest,
  id: string,
  position: Position,
  eventIds: readonly string[],
): Promise<OwnEvent[] | undefined> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT coalesce((SELECT json_agg(json_build_object('id', e.id, 'eventId', e.event_id, 'isPlaced', e.placed_at IS NOT NULL,
        'isDifferent', e.state = 'different',
        'startsAt', (extract(epoch FROM e.starts_at) * 1000)::float8, 'endsAt', (extract(epoch FROM e.ends_at) * 1000)::float8))
      FROM calendar_events e WHERE e.connection_id = k.connection_id AND e.event_id = ANY(${sql.param([...eventIds])}::text[])), '[]') AS own
    FROM connected_calendars k
    WHERE k.id = ${id} AND k.generation = ${position.generation}
      AND k.next_generation IS NOT DISTINCT FROM ${position.nextGeneration}::numeric
      AND k.sync_token IS NOT DISTINCT FROM ${position.syncToken}::text AND k.page_token IS NOT DISTINCT FROM ${position.pageToken}::text
    FOR UPDATE OF k`)
  return (rows[0] as { own: OwnEvent[] } | undefined)?.own
}

export type BusyChange = {
  /** The generation that is written. */
  generation: number
  put: readonly (BusyInterval & { sourceId: string })[]
  /** Sources that keep nobody busy any more; `others`: all that are not put. */
  gone: readonly string[] | 'others'
  /** How the reading stands afterwards. */
  next:
    | { is: 'under-way'; cursor: string; readEvents: number }
    | {
        is: 'complete'
        syncToken: string | null
        isRebuilt: boolean
        nextSyncAt: number
        etag?: string | null
        lastModified?: string | null
      }
  /** Entries of ours that do not look as we wrote them. */
  checks: readonly string[]
  /** Read it from the beginning soon: a series was changed. */
  rebuildSoon: boolean
}

/**
 * Stores what was read of a calendar and where the reading stands, in one statement: both are true or neither. Publishes free time anew when
 * something changed.
 */
export const storeBusyTimes = async (
  req: PayloadRequest,
  calendar: Pick<CalendarRow, 'id' | 'consultantId' | 'connectionId'>,
  change: BusyChange,
): Promise<void> => {
  const { id, consultantId, connectionId } = calendar
  const { generation, put, gone, next, checks } = change
  const records = put.map(({ start, end, sourceId }) => ({ s: iso(start), e: iso(end), id: sourceId }))
  const isComplete = next.is === 'complete'
  const goneCondition =
    gone === 'others'
      ? sql`source_id <> ALL(${sql.param(put.map(({ sourceId }) => sourceId))}::text[])`
      : sql`source_id = ANY(${sql.param([...gone])}::text[])`
  const position =
    next.is === 'under-way'
      ? sql`page_token = ${next.cursor}, read_events = read_events + ${next.readEvents}`
      : sql`sync_token = ${next.syncToken}, page_token = NULL, generation = ${generation}, next_generation = NULL,
          synced_at = now(), stale_since = NULL, failures = 0, last_error = NULL, next_sync_at = ${iso(next.nextSyncAt)},
          ${next.isRebuilt ? sql`rebuilt_at = now(),` : sql``}
          etag = ${next.etag ?? null}, last_modified = ${next.lastModified ?? null}`
  await (
    await txDb(req)
  ).execute(sql`
    WITH gone AS (
      DELETE FROM busy_times WHERE calendar_id = ${id} AND generation = ${generation} AND ${goneCondition} RETURNING 1
    ), put AS (
      INSERT INTO busy_times (id, consultant_id, calendar_id, starts_at, ends_at, source_id, generation, updated_at, created_at)
      SELECT gen_random_uuid(), ${consultantId}, ${id}, r.s, r.e, r.id, ${generation}, now(), now()
      FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r (s timestamptz, e timestamptz, id text)
      ON CONFLICT (calendar_id, generation, source_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
        updated_at = now()
      WHERE (busy_times.starts_at, busy_times.ends_at) IS DISTINCT FROM (excluded.starts_at, excluded.ends_at)
      RETURNING 1
    ), read AS (
      UPDATE connected_calendars SET ${position}, updated_at = now() WHERE id = ${id} RETURNING 1
    ), connection AS (
      UPDATE calendar_connections c SET
        synced_at = (SELECT least(now(), min(coalesce(o.synced_at, '-infinity'))) FROM connected_calendars o
          WHERE o.connection_id = c.id AND o.id <> ${id} AND o.counts_as_busy AND o.synced_at IS NOT NULL),
        stale_since = others.stale_since, last_error = others.last_error,
        told_at = CASE WHEN others.stale_since IS NULL THEN NULL ELSE c.told_at END,
        status = CASE WHEN c.status = 'error' AND others.stale_since IS NULL THEN 'connected' ELSE c.status END, updated_at = now()
      FROM (SELECT min(o.stale_since) AS stale_since, max(o.last_error) AS last_error FROM connected_calendars o
        WHERE o.connection_id = ${connectionId} AND o.id <> ${id} AND o.counts_as_busy) others
      WHERE c.id = ${connectionId} AND ${isComplete} AND c.status IN ${sqlStates(usableConnections)} RETURNING 1
    ), jobs AS (
      SELECT ${jobs.publish} AS job FROM (SELECT ${consultantId}::text AS id) c
      WHERE ${isComplete} AND (${change.next.is === 'complete' && change.next.isRebuilt}
        OR EXISTS (SELECT FROM gone) OR EXISTS (SELECT FROM put))
      UNION ALL
      SELECT ${jobs.flag} FROM (SELECT ${consultantId}::text AS id) c
      WHERE ${isComplete} AND (${change.next.is === 'complete' && change.next.isRebuilt}
        OR EXISTS (SELECT FROM gone) OR EXISTS (SELECT FROM put))
      UNION ALL
      SELECT ${jobs.check} FROM unnest(${sql.param([...checks])}::text[]) AS e (id)
      UNION ALL
      SELECT ${jobs.rebuild} FROM (SELECT ${id}::text AS id) k WHERE ${change.rebuildSoon}
    )
    SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM put), (SELECT count(*) FROM read), (SELECT count(*) FROM connection),
      (SELECT count(job) FROM jobs)`)
}

/** Removes what earlier readings left; it has not counted any more since a later one was complete. */
export const deleteOldGenerations = async (payload: Payload, calendarId: string): Promise<void> => {
  await poolDb(payload).execute(sql`
    DELETE FROM busy_times b USING connected_calendars k
    WHERE k.id = ${calendarId} AND b.calendar_id = k.id AND b.generation <> k.generation
      AND b.generation IS DISTINCT FROM k.next_generation`)
}

/** Our entries in an account that should still be there: a reading from the beginning says nothing of what was deleted. */
export const listPlacedEvents = async (payload: Payload, connectionId: string): Promise<string[]> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT e.id FROM calendar_events e JOIN scheduled_sessions s ON s.id = e.scheduled_session_id
    WHERE e.connection_id = ${connectionId} AND e.placed_at IS NOT NULL AND e.state = 'delivered' AND s.status = 'scheduled'
      AND s.starts_at > now() LIMIT 500`)
  return rows.map(({ id }) => String(id))
}

/** Everything that was known of a reading under way is of no use any more; what counted before goes on counting. */
export const dropSyncToken = async (payload: Payload, id: string): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE connected_calendars SET sync_token = NULL, page_token = NULL, next_generation = NULL, updated_at = now() WHERE id = ${id}`)
}

/** A reading that failed. What was last known goes on counting, and since when it may be old is remembered. */
export const storeSyncFailure = async (
  req: PayloadRequest,
  calendar: Pick<CalendarRow, 'id' | 'connectionId'>,
  failure: { error: string; nextSyncAt: number },
): Promise<void> => {
  const db = await txDb(req)
  const error = failure.error.slice(0, 1_000)
  await db.execute(sql`
    UPDATE connected_calendars SET failures = failures + 1, last_error = ${error}, stale_since = coalesce(stale_since, now()),
      next_sync_at = ${iso(failure.nextSyncAt)}, updated_at = now()
    WHERE id = ${calendar.id}`)
  await db.execute(sql`
    UPDATE calendar_connections SET last_error = ${error}, stale_since = coalesce(stale_since, now()), updated_at = now()
    WHERE id = ${calendar.connectionId} AND status IN ${sqlStates(usableConnections)}`)
}
