import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { sqlStates } from '#database/state-lists'
import { isWorkGivenUp } from '#outbox/lost-work-queries'
import { txDb } from '#database/transactions'
import type { MeetingProvider } from './meeting-provider'
import { createId } from '#shared/ids'
import { doneEvents } from '#shared/inbox-states'
import type { KeptDays } from '#shared/retention'

/** Takes a report into the inbox. @returns its id; undefined when it is there already. */
export const insertMeetingEvent = async (
  req: PayloadRequest,
  event: { provider: string; key: string; type: string; payload: unknown },
): Promise<string | undefined> => {
  const id = createId()
  const { rowCount } = await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO parley.meeting_events (id, provider, event_key, type, payload)
    VALUES (${id}, ${event.provider}, ${event.key}, ${event.type}, ${JSON.stringify(event.payload)}::jsonb)
    ON CONFLICT (provider, event_key) DO NOTHING`)
  return rowCount ? id : undefined
}

/** Its provider is one of today's, unless the extension that it came by is gone. */
type MeetingEvent = { provider: MeetingProvider; status: string; payload: unknown }

/** A report of the inbox, for this worker alone until the transaction ends. */
export const lockMeetingEvent = async (req: PayloadRequest, id: string): Promise<MeetingEvent | undefined> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`SELECT provider, status, payload FROM parley.meeting_events WHERE id = ${id} FOR UPDATE`)
  return rows[0] as MeetingEvent | undefined
}

/** What became of a report. One that was worked off stays so. */
export const storeMeetingEventOutcome = async (
  req: PayloadRequest,
  id: string,
  outcome: { status: 'processed' | 'ignored' | 'failed'; error?: string },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE parley.meeting_events SET status = ${outcome.status}, attempts = attempts + 1,
      error = ${outcome.error?.slice(0, 1_000) ?? null}
    WHERE id = ${id} AND status NOT IN ${sqlStates(doneEvents)}`)
}

/** Removes reports that were dealt with long ago, or given up; one that failed stays until somebody has looked. */
export const deleteOldMeetingEvents = (payload: Payload, { meetingReportsDays }: KeptDays): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM parley.meeting_events WHERE id IN (SELECT id FROM parley.meeting_events e
        WHERE received_at < now() - ${meetingReportsDays} * interval '1 day'
          AND (status IN ${sqlStates(doneEvents)} OR ${isWorkGivenUp('meeting-report', sql`e.id`)}) LIMIT ${limit})`,
  )
