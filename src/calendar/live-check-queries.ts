import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '../database/transactions'

/** The calendars of one account that block a consultant's time, as Google names them. */
export type LiveAccount = { connectionId: string; events: string[]; freeBusy: string[]; own: string[]; ids: string[] }

/** Whom to ask before a time is held. `own`: ids of our own entries, which block nothing. Empty for most consultants: one cheap statement. */
export const listLiveAccounts = async (
  req: PayloadRequest,
  consultantId: string,
  window: { start: number; end: number },
): Promise<LiveAccount[]> => {
  const [from, until] = [window.start, window.end].map((ms) => new Date(ms).toISOString())
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT c.id AS "connectionId",
      coalesce(json_agg(k.calendar_id) FILTER (WHERE k.reading = 'events'), '[]') AS events,
      coalesce(json_agg(k.calendar_id) FILTER (WHERE k.reading = 'free_busy'), '[]') AS "freeBusy",
      json_agg(k.id) AS ids,
      (SELECT coalesce(json_agg(e.event_id), '[]') FROM calendar_events e
        WHERE e.connection_id = c.id AND e.attempted_at IS NOT NULL
          AND (e.starts_at IS NULL OR tstzrange(e.starts_at, e.ends_at) && tstzrange(${from}::timestamptz, ${until}::timestamptz))) AS own
    FROM calendar_connections c
    JOIN connected_calendars k ON k.connection_id = c.id AND k.counts_as_busy AND k.generation > 0
    WHERE c.consultant_id = ${consultantId} AND c.provider = 'google' AND c.status = 'connected'
    GROUP BY c.id`)
  return rows as LiveAccount[]
}
