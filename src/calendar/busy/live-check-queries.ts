import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { poolDb } from '#database/transactions'
import type { CalendarProviderName } from '../calendar-providers'

/** The calendars of one account that block a consultant's time, as its provider names them; `ids` as we do. */
export type LiveAccount = { connectionId: string; events: string[]; freeBusy: string[]; ids: string[] }

const selectLiveAccounts = preparedStatement<LiveAccount>(
  'list-live-accounts',
  `SELECT c.id AS "connectionId",
      coalesce(json_agg(k.calendar_id) FILTER (WHERE k.reading = 'events'), '[]') AS events,
      coalesce(json_agg(k.calendar_id) FILTER (WHERE k.reading = 'free_busy'), '[]') AS "freeBusy",
      json_agg(k.id) AS ids
    FROM calendar_connections c
    JOIN connected_calendars k ON k.connection_id = c.id AND k.counts_as_busy AND k.generation > 0
    WHERE c.consultant_id = $1 AND c.provider::text = ANY($2::text[]) AND c.status = 'connected'
    GROUP BY c.id`,
)

/** Whom to ask before a time is held. Empty for most consultants: one cheap statement. */
export const listLiveAccounts = (
  req: PayloadRequest,
  consultantId: string,
  providers: readonly CalendarProviderName[],
): Promise<LiveAccount[]> => selectLiveAccounts(req, [consultantId, providers])

/** Which of these events of an account are entries of sessions; they block nothing. */
export const listOwnEventIds = async (
  payload: Payload,
  connectionId: string,
  eventIds: readonly string[],
): Promise<Set<string>> => {
  if (!eventIds.length) return new Set()
  const { rows } = await poolDb(payload).execute(sql`
    SELECT event_id AS id FROM calendar_events
    WHERE connection_id = ${connectionId} AND event_id = ANY(${sql.param([...eventIds])}::text[])`)
  return new Set(rows.map(({ id }) => String(id)))
}
