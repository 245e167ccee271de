import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { poolDb, txDb } from '#database/transactions'
import { DomainError } from '#shared/errors'
import type { ListedCalendar } from '../calendar-provider'
import { type CalendarProviderName, calendarProviders } from '../calendar-providers'
import type { CalendarReading } from './connection-states'
import { inEnglish } from '#shared/words'

/** A calendar as its provider lists it, and how it is read. */
export type ReadCalendar = ListedCalendar & { reading: CalendarReading }

/**
 * Keeps which calendars an account has. The first time, its primary one blocks time, and is written to where the consultant has no other
 * calendar for that; what was chosen before stays. What the account does not have any more blocks nothing, and the primary one is written to
 * in its place.
 * @returns whether sessions may have to be written anew: after a consent, or into another calendar than before.
 */
export const storeCalendarList = async (
  req: PayloadRequest,
  connectionId: string,
  calendars: readonly ReadCalendar[],
): Promise<boolean> => {
  const db = await txDb(req)
  const { rows: before } = await db.execute(sql`
    SELECT listed_at IS NULL AS "isAfterConsent", calendar_id AS target,
      NOT EXISTS (SELECT FROM connected_calendars k WHERE k.connection_id = c.id) AS "isNew"
    FROM calendar_connections c WHERE id = ${connectionId} FOR UPDATE`)
  const [known] = before as { isAfterConsent: boolean; target: string | null; isNew: boolean }[]
  if (!known) return false
  const { isAfterConsent, target, isNew } = known
  const ids = sql`${sql.param(calendars.map(({ calendarId }) => calendarId))}::text[]`
  await db.execute(sql`
    DELETE FROM busy_times WHERE calendar_id IN (SELECT id FROM connected_calendars
      WHERE connection_id = ${connectionId} AND calendar_id <> ALL(${ids}))`)
  await db.execute(sql`
    DELETE FROM connected_calendars WHERE connection_id = ${connectionId} AND calendar_id <> ALL(${ids})`)
  await db.execute(sql`
    INSERT INTO connected_calendars (id, consultant_id, connection_id, calendar_id, name, time_zone, is_primary, is_writable,
      counts_as_busy, reading, generation, read_events, failures, next_sync_at, updated_at, created_at)
    SELECT gen_random_uuid(), c.consultant_id, c.id, r."calendarId", r.name, r."timeZone", r."isPrimary", r."isWritable",
      r."isPrimary", r.reading::enum_connected_calendars_reading,
      0, 0, 0, now(), now(), now()
    FROM calendar_connections c, jsonb_to_recordset(${JSON.stringify(calendars)}::jsonb)
      AS r ("calendarId" text, name text, "timeZone" text, "isPrimary" boolean, "isWritable" boolean, reading text)
    WHERE c.id = ${connectionId} AND c.status <> 'disconnected'
    ON CONFLICT (connection_id, calendar_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
      is_primary = excluded.is_primary, is_writable = excluded.is_writable, updated_at = now()`)
  const { rows } = await db.execute(sql`
    UPDATE calendar_connections c SET listed_at = now(), calendar_id = coalesce(
      (SELECT k.calendar_id FROM connected_calendars k
        WHERE k.connection_id = c.id AND k.calendar_id = c.calendar_id AND k.is_writable),
      CASE WHEN ${isNew || target !== null} AND NOT EXISTS (SELECT FROM calendar_connections o
          WHERE o.consultant_id = c.consultant_id AND o.id <> c.id AND o.calendar_id IS NOT NULL AND o.status <> 'disconnected')
        THEN (SELECT k.calendar_id FROM connected_calendars k WHERE k.connection_id = c.id AND k.is_primary AND k.is_writable LIMIT 1)
      END)
    WHERE c.id = ${connectionId} RETURNING c.calendar_id AS target`)
  return isAfterConsent || (rows[0] as { target: string | null } | undefined)?.target !== target
}

/** The calendars of an account that block time, to be read now. */
export const listBusyCalendars = async (req: PayloadRequest, connectionId: string): Promise<string[]> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`SELECT id FROM connected_calendars WHERE connection_id = ${connectionId} AND counts_as_busy`)
  return rows.map(({ id }) => String(id))
}

/**
 * What a consultant chose: which calendars of an account block time, and to which sessions are written (`null`: to none of it). A calendar
 * that is new to either is read from the beginning; until then nothing can be booked.
 * @throws DomainError `invalid_request` when sessions cannot be written to the one that was chosen.
 */
export const storeCalendarChoice = async (
  req: PayloadRequest,
  connection: { id: string; consultantId: string },
  choice: { busy: readonly string[]; target: string | null },
): Promise<void> => {
  const db = await txDb(req)
  const busy = sql`${sql.param([...choice.busy])}::uuid[]`
  if (choice.target !== null) {
    await db.execute(sql`
      UPDATE calendar_connections SET calendar_id = NULL, updated_at = now()
      WHERE consultant_id = ${connection.consultantId} AND id <> ${connection.id} AND calendar_id IS NOT NULL`)
  }
  const { rows } = await db.execute(sql`
    UPDATE calendar_connections SET calendar_id = (SELECT calendar_id FROM connected_calendars
      WHERE id = ${choice.target}::uuid AND connection_id = ${connection.id} AND is_writable), updated_at = now()
    WHERE id = ${connection.id} RETURNING calendar_id AS target`)
  if (choice.target !== null && (rows[0] as { target: string | null } | undefined)?.target === null) {
    throw new DomainError('invalid_request', 'Sessions cannot be written to this calendar.', {
      errors: [{ path: 'target', message: 'must be a calendar of this account that its owner may write to' }],
    })
  }
  await db.execute(sql`
    UPDATE connected_calendars SET reading = 'events', sync_token = NULL, page_token = NULL, next_generation = NULL, updated_at = now()
    WHERE connection_id = ${connection.id} AND id = ${choice.target}::uuid AND is_writable AND reading <> 'events'`)
  await db.execute(sql`
    DELETE FROM busy_times b USING connected_calendars k
    WHERE k.connection_id = ${connection.id} AND b.calendar_id = k.id AND k.counts_as_busy AND k.id <> ALL(${busy})`)
  await db.execute(sql`
    UPDATE connected_calendars SET counts_as_busy = id = ANY(${busy}), generation = CASE WHEN counts_as_busy = (id = ANY(${busy}))
        THEN generation ELSE 0 END,
      sync_token = CASE WHEN counts_as_busy = (id = ANY(${busy})) THEN sync_token END,
      next_generation = CASE WHEN counts_as_busy = (id = ANY(${busy})) THEN next_generation END,
      page_token = CASE WHEN counts_as_busy = (id = ANY(${busy})) THEN page_token END,
      stale_since = NULL, last_error = NULL, failures = 0, next_sync_at = now(), updated_at = now()
    WHERE connection_id = ${connection.id}`)
}

/** A calendar as its owner sees it. Instants are ISO 8601. */
export type ConnectedCalendarView = {
  id: string
  name: string
  isPrimary: boolean
  isWritable: boolean
  isTarget: boolean
  countsAsBusy: boolean
  syncedAt: string | null
  staleSince: string | null
  /** Events read so far while it is read from the beginning; null otherwise. */
  reading: number | null
  lastError: string | null
}

export type CalendarConnectionView = {
  id: string
  provider: CalendarProviderName
  /** The name of the provider for people. */
  providerLabel: string
  /** It is an account with calendars to choose from. */
  hasCalendars: boolean
  account: string
  status: string
  connectedAt: string | null
  syncedAt: string | null
  staleSince: string | null
  lastError: string | null
  /** Sessions whose entry is still to be written or removed. */
  waiting: number
  calendars: ConnectedCalendarView[]
}

/** The connected accounts of a consultant, for the consultant and for staff. */
export const listConnectionViews = async (
  payload: Payload,
  consultantId: string,
): Promise<CalendarConnectionView[]> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT c.id, c.provider, coalesce(c.account_email, '') AS account, c.status, c.connected_at AS "connectedAt",
      c.synced_at AS "syncedAt", c.stale_since AS "staleSince", c.last_error AS "lastError",
      (SELECT count(*)::int FROM calendar_events e WHERE e.connection_id = c.id AND e.delivered_version < e.desired_version
        AND e.state <> 'abandoned') AS waiting,
      coalesce((SELECT json_agg(json_build_object('id', k.id, 'name', coalesce(k.name, ''), 'isPrimary', coalesce(k.is_primary, false),
          'isWritable', coalesce(k.is_writable, false), 'isTarget', coalesce(k.calendar_id = c.calendar_id, false),
          'countsAsBusy', coalesce(k.counts_as_busy, false), 'syncedAt', k.synced_at, 'staleSince', k.stale_since,
          'reading', CASE WHEN k.next_generation IS NOT NULL THEN k.read_events::int END, 'lastError', k.last_error)
          ORDER BY k.is_primary DESC, k.name)
        FROM connected_calendars k WHERE k.connection_id = c.id), '[]') AS calendars
    FROM calendar_connections c WHERE c.consultant_id = ${consultantId} AND c.status <> 'disconnected'
    ORDER BY c.connected_at, c.id`)
  const connections = rows as Omit<CalendarConnectionView, 'providerLabel' | 'hasCalendars'>[]
  return connections.map((connection) => {
    const { label, listCalendars } = calendarProviders.row(connection.provider)
    return { ...connection, providerLabel: inEnglish(label), hasCalendars: listCalendars !== null }
  })
}
