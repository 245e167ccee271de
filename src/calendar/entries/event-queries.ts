import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { liveSessions, type SessionState } from '#sessions/session-states'
import { preparedStatement } from '#database/prepared-statement'
import { sqlStates, textStates } from '#database/state-lists'
import { poolDb, txDb } from '#database/transactions'
import type { MeetingProvider } from '#meetings/meeting-provider'
import { addJobSql } from '#outbox/add-job-sql'
import { roomsOfEntries } from '../calendar-providers'
import type { ConnectionState } from '../connections/connection-states'
import { type CalendarEventState, undecidedDifferences } from './event-states'

const addJob = addJobSql('deliver-calendar-event', {
  payload: { calendarEventId: 'id' },
  key: "'deliver-calendar-event:' || id",
})

const flagConflicts = addJobSql('flag-calendar-conflicts', {
  payload: { consultantId: 's.consultant_id' },
  key: "'flag-calendar-conflicts:' || s.consultant_id",
})

const wantEvent = preparedStatement(
  'want-calendar-event',
  `WITH bumped AS (
    UPDATE calendar_events SET desired_version = desired_version + 1, state = 'queued', failures = 0, next_attempt_at = NULL,
      updated_at = now()
    WHERE scheduled_session_id = $1 AND state <> 'abandoned' RETURNING id
  ), added AS (
    INSERT INTO calendar_events (id, consultant_id, connection_id, scheduled_session_id, event_id, updated_at, created_at)
    SELECT gen_random_uuid(), s.consultant_id, c.id, s.id, parley.calendar_event_id(s.id, c.id, 0), now(), now()
    FROM scheduled_sessions s JOIN calendar_connections c ON c.consultant_id = s.consultant_id
    WHERE s.id = $1 AND s.status = 'scheduled' AND c.calendar_id IS NOT NULL AND c.status <> 'disconnected'
    ON CONFLICT (scheduled_session_id, connection_id) DO NOTHING RETURNING id
  )
  SELECT ${addJob} FROM (SELECT id FROM bumped UNION ALL SELECT id FROM added) wanted
  UNION ALL
  SELECT ${flagConflicts}
  FROM scheduled_sessions s
  WHERE s.id = $1 AND EXISTS (SELECT FROM calendar_connections c WHERE c.consultant_id = s.consultant_id AND c.status <> 'disconnected')`,
)

/**
 * The calendar of a session's consultant has to follow it: what should stand there is written down with the change, in its
 * transaction. Where it stands now, other appointments may be in its way, or not any more. One statement; nothing happens where no
 * calendar is connected.
 */
export const wantCalendarEvent = async (req: PayloadRequest, sessionId: string): Promise<void> => {
  await txDb(req)
  await wantEvent(req, [sessionId])
}

/**
 * The same for everything of a consultant that is still to come, and for what stands in accounts that are connected: after an account was
 * connected (again), or another calendar was chosen to write to.
 */
export const wantAllCalendarEvents = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    WITH bumped AS (
      UPDATE calendar_events e SET desired_version = desired_version + 1, state = 'queued', failures = 0, next_attempt_at = NULL,
        updated_at = now()
      FROM scheduled_sessions s, calendar_connections c
      WHERE s.id = e.scheduled_session_id AND c.id = e.connection_id AND e.consultant_id = ${consultantId}
        AND c.status <> 'disconnected' AND s.ends_at > now()
      RETURNING e.id
    ), added AS (
      INSERT INTO calendar_events (id, consultant_id, connection_id, scheduled_session_id, event_id, updated_at, created_at)
      SELECT gen_random_uuid(), s.consultant_id, c.id, s.id, parley.calendar_event_id(s.id, c.id, 0), now(), now()
      FROM scheduled_sessions s JOIN calendar_connections c ON c.consultant_id = s.consultant_id
      WHERE s.consultant_id = ${consultantId} AND s.status IN ${sqlStates(liveSessions)} AND s.ends_at > now()
        AND c.calendar_id IS NOT NULL AND c.status <> 'disconnected'
      ON CONFLICT (scheduled_session_id, connection_id) DO NOTHING RETURNING id
    )
    SELECT ${sql.raw(addJob)} FROM (SELECT id FROM bumped UNION ALL SELECT id FROM added) wanted`)
}

/** An entry that a person moved or deleted is to be as it was: written again, under another id where the first is used up. */
export const putEventBack = async (req: PayloadRequest, id: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    WITH bumped AS (
      UPDATE calendar_events e SET desired_version = desired_version + 1, state = 'queued', failures = 0, next_attempt_at = NULL,
        placed_at = coalesce(placed_at, now()), updated_at = now()
      WHERE id = ${id} AND state <> 'abandoned' RETURNING id
    )
    SELECT ${sql.raw(addJob)} FROM bumped`)
}

/** An entry with what decides what it should be. Instants are epoch milliseconds. */
export type EventRow = {
  id: string
  consultantId: string
  connectionId: string
  connectionStatus: ConnectionState
  targetCalendarId: string | null
  sessionId: string
  state: CalendarEventState
  desiredVersion: number
  deliveredVersion: number
  calendarId: string | null
  eventId: string
  idGeneration: number
  wasAttempted: boolean
  /** Since when it is known to stand in the calendar. */
  placedAt: number | null
  removalAsked: boolean
  conference: 'pending' | 'ready' | 'failed' | null
  failures: number
  reference: string
  sessionStatus: SessionState
  serviceTypeName: string
  customerName: string
  startsAt: number
  endsAt: number
  /** Whose rooms come with the entries of this calendar; null: nobody's. */
  roomProvider: MeetingProvider | null
  /** Whether the session is to be held in such a room. */
  wantsRoom: boolean
}

type SelectedEvent = Omit<EventRow, 'roomProvider' | 'wantsRoom'> & {
  calendarProvider: string
  wantedProvider: MeetingProvider | null
}

const toEvent = ({ calendarProvider, wantedProvider, ...row }: SelectedEvent): EventRow => {
  const roomProvider = roomsOfEntries(calendarProvider)
  return { ...row, roomProvider, wantsRoom: roomProvider !== null && roomProvider === wantedProvider }
}

const selectEvent = sql.raw(`
  SELECT e.id, e.consultant_id AS "consultantId", e.connection_id AS "connectionId", c.status AS "connectionStatus",
    c.calendar_id AS "targetCalendarId", e.scheduled_session_id AS "sessionId", e.state,
    e.desired_version::int AS "desiredVersion", e.delivered_version::int AS "deliveredVersion", e.calendar_id AS "calendarId",
    e.event_id AS "eventId", e.id_generation::int AS "idGeneration", e.attempted_at IS NOT NULL AS "wasAttempted",
    (extract(epoch FROM e.placed_at) * 1000)::float8 AS "placedAt", e.removal_asked_at IS NOT NULL AS "removalAsked", e.conference,
    e.failures::int AS failures, s.reference, s.status AS "sessionStatus", t.name AS "serviceTypeName", cu.name AS "customerName",
    (extract(epoch FROM s.starts_at) * 1000)::float8 AS "startsAt", (extract(epoch FROM s.ends_at) * 1000)::float8 AS "endsAt",
    c.provider AS "calendarProvider",
    coalesce(t.meeting_provider::text, (SELECT default_meeting_provider::text FROM booking_settings LIMIT 1)) AS "wantedProvider"
  FROM calendar_events e
  JOIN calendar_connections c ON c.id = e.connection_id
  JOIN scheduled_sessions s ON s.id = e.scheduled_session_id
  JOIN service_types t ON t.id = s.service_type_id
  JOIN customers cu ON cu.id = s.customer_id`)

export const findEvent = async (payload: Payload, id: string): Promise<EventRow | undefined> => {
  const { rows } = await poolDb(payload).execute(sql`${selectEvent} WHERE e.id = ${id}`)
  return (rows as SelectedEvent[]).map(toEvent)[0]
}

/**
 * An entry, locked until the transaction ends, with the session as it is then. The session is held first, as by whoever changes it: what
 * is to be decided about the entry refers to it.
 */
export const lockEvent = async (req: PayloadRequest, id: string): Promise<EventRow | undefined> => {
  const db = await txDb(req)
  await db.execute(sql`
    SELECT FROM scheduled_sessions WHERE id = (SELECT scheduled_session_id FROM calendar_events WHERE id = ${id}) FOR KEY SHARE`)
  const { rows } = await db.execute(sql`${selectEvent} WHERE e.id = ${id} FOR UPDATE OF e`)
  return (rows as SelectedEvent[]).map(toEvent)[0]
}

type Decided = Pick<EventRow, 'id' | 'eventId' | 'desiredVersion'>

/** Still as it was read: a step that was decided on older news is not taken. */
const stillAsRead = ({ id, eventId, desiredVersion }: Decided) =>
  sql`id = ${id} AND event_id = ${eventId} AND desired_version = ${desiredVersion}::numeric`

/**
 * Before an id is sent to a calendar: from now on it may be there.
 * @returns false when something else is wanted meanwhile: whoever was told of that may have found that there is nothing to remove.
 */
export const noteAttempt = async (req: PayloadRequest, event: Decided, calendarId: string): Promise<boolean> => {
  const { rowCount } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_events SET attempted_at = coalesce(attempted_at, now()), calendar_id = ${calendarId}, updated_at = now()
    WHERE ${stillAsRead(event)}`)
  return rowCount === 1
}

/**
 * Before we remove an entry: from now on it is us if it is gone.
 * @returns false when something else is wanted meanwhile.
 */
export const noteRemoval = async (req: PayloadRequest, event: Decided): Promise<boolean> => {
  const { rowCount } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_events SET removal_asked_at = coalesce(removal_asked_at, now()), updated_at = now()
    WHERE ${stillAsRead(event)}`)
  return rowCount === 1
}

/** The present id is used up: the next one has never been anywhere. Only if it still is the present one. */
export const takeNextId = async (
  req: PayloadRequest,
  { id, eventId }: Pick<EventRow, 'id' | 'eventId'>,
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_events SET id_generation = id_generation + 1,
      event_id = parley.calendar_event_id(scheduled_session_id, connection_id, id_generation + 1), attempted_at = NULL,
      placed_at = NULL, removal_asked_at = NULL, calendar_id = NULL, starts_at = NULL, ends_at = NULL, conference = NULL,
      updated_at = now()
    WHERE id = ${id} AND event_id = ${eventId}`)
}

const settleDifferences =
  sql.raw(`UPDATE calendar_differences SET status = 'settled', decided_at = now(), updated_at = now()
  WHERE status IN (${textStates(undecidedDifferences)}) AND kind <> 'conflict' AND calendar_event_id =`)

/**
 * What the calendar has now, up to the version that was written. A newer one that came meanwhile stays to be written.
 * @param times where it stands; null: nowhere.
 */
export const storeDelivered = async (
  req: PayloadRequest,
  event: Pick<EventRow, 'id' | 'eventId' | 'desiredVersion'>,
  delivered: { times: { startsAt: number; endsAt: number } | null; conference: EventRow['conference'] },
): Promise<void> => {
  const db = await txDb(req)
  const { times, conference } = delivered
  const at = (instant: number | undefined) => (instant === undefined ? null : new Date(instant).toISOString())
  const { rowCount } = await db.execute(sql`
    UPDATE calendar_events SET delivered_version = greatest(delivered_version, ${event.desiredVersion}::numeric),
      state = CASE WHEN desired_version <= ${event.desiredVersion}::numeric THEN 'delivered' ELSE state END,
      placed_at = CASE WHEN ${times !== null} THEN coalesce(placed_at, now()) END,
      starts_at = ${at(times?.startsAt)}, ends_at = ${at(times?.endsAt)}, conference = ${conference},
      failures = 0, next_attempt_at = NULL, last_error = NULL, updated_at = now()
    WHERE id = ${event.id} AND event_id = ${event.eventId} AND state <> 'abandoned'
      AND delivered_version <= ${event.desiredVersion}::numeric`)
  if (rowCount) await db.execute(sql`${settleDifferences} ${event.id}`)
}

/** People may be on their way into the room from so long before the start; it is not exchanged any more. */
const settledBefore = sql.raw(`interval '15 minutes'`)

/** The room that came with an entry is where the session is held from now on; our own link leads there. */
export const storeMeetRoom = async (
  req: PayloadRequest,
  { sessionId, roomProvider }: Pick<EventRow, 'sessionId' | 'roomProvider'>,
  room: { meetingId: string; joinUrl: string },
): Promise<void> => {
  if (roomProvider === null) return
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE scheduled_sessions SET meeting_provider = ${roomProvider}, meeting_meeting_id = ${room.meetingId.slice(0, 200)},
      meeting_join_url = ${room.joinUrl}, meeting_host_url = NULL, updated_at = now()
    WHERE id = ${sessionId} AND status = 'scheduled' AND starts_at > now() + ${settledBefore}`)
}

/** How far the room of an entry is, and when it is looked for again. */
export const storeConference = async (
  req: PayloadRequest,
  event: Pick<EventRow, 'id' | 'eventId'>,
  conference: { state: EventRow['conference']; lookAt: number | null },
): Promise<void> => {
  const lookAt = conference.lookAt === null ? null : new Date(conference.lookAt).toISOString()
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_events SET conference = ${conference.state}, next_attempt_at = ${lookAt}, updated_at = now()
    WHERE id = ${event.id} AND event_id = ${event.eventId} AND delivered_version >= desired_version`)
}

/** A try that failed, with the moment of the next one. */
export const storeFailure = async (
  req: PayloadRequest,
  id: string,
  failure: { error: string; nextAttemptAt: number },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_events SET failures = failures + 1, last_error = ${failure.error.slice(0, 1_000)},
      next_attempt_at = ${new Date(failure.nextAttemptAt).toISOString()}, updated_at = now()
    WHERE id = ${id}`)
}
