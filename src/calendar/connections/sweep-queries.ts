import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { sqlStates } from '#database/state-lists'
import { poolDb, txDb } from '#database/transactions'
import type { Overdue } from '#outbox/task'
import type { KeptDays } from '#shared/retention'
import type { CalendarProviderName } from '../calendar-providers'
import { knownConflicts, undecidedDifferences } from '../entries/event-states'
import { usableConnections } from './connection-states'

export type Due = { what: 'sync' | 'file' | 'deliver'; id: string }

/** Names of providers, for what only some of them can do. */
type ProvidersThat = { haveChannels: readonly CalendarProviderName[]; listCalendars: readonly CalendarProviderName[] }

/** What goes by pauses that its own row keeps and that is due, at most so many of each. */
export const listDue = async (payload: Payload, limit: number): Promise<Due[]> => {
  const { rows } = await poolDb(payload).execute(sql`
    (SELECT CASE k.reading WHEN 'whole' THEN 'file' ELSE 'sync' END AS what, k.id FROM connected_calendars k JOIN calendar_connections c ON c.id = k.connection_id
      WHERE k.counts_as_busy AND c.status IN ${sqlStates(usableConnections)} AND (k.next_sync_at IS NULL OR k.next_sync_at <= now())
      ORDER BY k.next_sync_at LIMIT ${limit})
    UNION ALL
    (SELECT 'deliver', e.id FROM calendar_events e JOIN calendar_connections c ON c.id = e.connection_id
      WHERE c.status IN ${sqlStates(usableConnections)} AND e.state <> 'abandoned'
        AND (e.delivered_version < e.desired_version OR e.conference = 'pending')
        AND coalesce(e.next_attempt_at, e.updated_at) < now() - interval '1 minute'
      ORDER BY e.updated_at LIMIT ${limit})`)
  return rows as Due[]
}

/** Whose appointments and sessions overlap and nobody has said so, where one of the two was written a short while ago; earlier sweeps have seen others. */
const newConflicts = (written: 'b' | 's') => sql`
  SELECT s.consultant_id AS id FROM scheduled_sessions s
  JOIN busy_times b ON b.consultant_id = s.consultant_id
    AND tstzrange(b.starts_at, b.ends_at, '[)') && tstzrange(s.starts_at, s.ends_at, '[)')
  JOIN connected_calendars k ON k.id = b.calendar_id AND k.generation = b.generation AND k.counts_as_busy
  WHERE s.status = 'scheduled' AND s.starts_at > now()
    AND ${sql.identifier(written)}.updated_at BETWEEN now() - interval '15 minutes' AND now() - interval '2 minutes'
    AND NOT EXISTS (SELECT FROM calendar_differences d
      WHERE d.scheduled_session_id = s.id AND d.kind = 'conflict' AND d.status IN ${sqlStates(knownConflicts)})`

/** What should have been done by now and keeps no pauses of its own. */
export const calendarsOverdue = (providers: ProvidersThat): Overdue[] => {
  const isOneOf = (names: readonly string[]) => sql`provider::text = ANY(${sql.param([...names])}::text[])`
  return [
    {
      task: 'sync-calendar',
      variant: 'rebuild',
      select: sql`
        SELECT k.id FROM connected_calendars k JOIN calendar_connections c ON c.id = k.connection_id
        WHERE k.counts_as_busy AND c.status = 'connected' AND k.reading = 'events' AND k.next_generation IS NULL
          AND k.rebuilt_at < now() - interval '24 hours'
        ORDER BY k.rebuilt_at`,
      payload: (calendarId) => ({ calendarId, isFull: true }),
    },
    {
      task: 'watch-calendar',
      select: sql`
        SELECT k.id FROM connected_calendars k JOIN calendar_connections c ON c.id = k.connection_id
        WHERE k.counts_as_busy AND c.status = 'connected' AND k.reading = 'events' AND c.${isOneOf(providers.haveChannels)}
          AND NOT EXISTS (SELECT FROM parley.calendar_channels h WHERE h.calendar_id = k.id
            AND (h.expires_at > now() + interval '1 day' OR h.created_at > now() - interval '10 minutes'))`,
      payload: (calendarId) => ({ calendarId }),
    },
    {
      task: 'end-calendar-access',
      select: sql`
        SELECT id FROM calendar_connections WHERE status = 'disconnected' AND farewell_token IS NOT NULL
          AND updated_at < now() - interval '2 minutes'`,
      payload: (connectionId) => ({ connectionId }),
    },
    {
      task: 'read-calendar-list',
      select: sql`
        SELECT id FROM calendar_connections
        WHERE ${isOneOf(providers.listCalendars)} AND status = 'connected' AND connected_at < now() - interval '2 minutes'
          AND (listed_at IS NULL OR listed_at < connected_at OR listed_at < now() - interval '24 hours')`,
      payload: (connectionId) => ({ connectionId }),
    },
    {
      task: 'flag-calendar-conflicts',
      select: sql`${newConflicts('b')} UNION ${newConflicts('s')}`,
      payload: (consultantId) => ({ consultantId }),
    },
  ]
}

export type StaleConnection = {
  id: string
  consultantId: string
  provider: CalendarProviderName
  accountEmail: string
  staleSince: string
}

/** Accounts that could not be read for a day, of which nobody has been told yet; from now on they count as not reachable. */
export const takeStaleConnections = async (req: PayloadRequest, limit: number): Promise<StaleConnection[]> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_connections SET status = 'error', told_at = now(), updated_at = now()
    WHERE id IN (SELECT id FROM calendar_connections
      WHERE status = 'connected' AND stale_since < now() - interval '24 hours' AND told_at IS NULL LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, consultant_id AS "consultantId", provider, coalesce(account_email, '') AS "accountEmail", stale_since::text AS "staleSince"`)
  return rows as StaleConnection[]
}

/** Channels that ended: providers forget them as well. */
export const removeEndedChannels = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`
    DELETE FROM parley.calendar_channels WHERE coalesce(expires_at, created_at + interval '8 days') < now()`)
}

/** Removes when somebody was busy, once that is over for so long. */
export const deletePastAppointments = (payload: Payload, { pastAppointmentsDays }: KeptDays): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM busy_times WHERE id IN (
        SELECT id FROM busy_times WHERE ends_at < now() - ${pastAppointmentsDays} * interval '1 day' LIMIT ${limit})`,
  )

/**
 * Removes what is known of the calendar entries of sessions that ended long ago, and the differences that were settled. An entry that is still to be
 * written or taken away stays, and so does one of which somebody has to decide.
 */
export const deletePastEntries = async (payload: Payload, { pastEntriesDays }: KeptDays): Promise<number> => {
  const isOver = sql`s.ends_at < now() - ${pastEntriesDays} * interval '1 day'`
  const differences = await deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM calendar_differences WHERE id IN (
        SELECT d.id FROM calendar_differences d JOIN scheduled_sessions s ON s.id = d.scheduled_session_id
        WHERE ${isOver} AND d.status NOT IN ${sqlStates(undecidedDifferences)} LIMIT ${limit})`,
  )
  const entries = await deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM calendar_events WHERE id IN (
        SELECT e.id FROM calendar_events e JOIN scheduled_sessions s ON s.id = e.scheduled_session_id
        WHERE e.updated_at < now() - ${pastEntriesDays} * interval '1 day' AND ${isOver}
          AND (e.delivered_version >= e.desired_version OR e.state = 'abandoned')
          AND NOT EXISTS (SELECT FROM calendar_differences d WHERE d.calendar_event_id = e.id)
        ORDER BY e.updated_at LIMIT ${limit})`,
  )
  return differences + entries
}
