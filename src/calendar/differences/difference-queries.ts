import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import {
  type DifferenceKind,
  type DifferenceState,
  knownConflicts,
  undecidedDifferences,
} from '../entries/event-states'

/** A difference that somebody has to decide. Instants are epoch milliseconds. */
export type DifferenceRow = {
  id: string
  kind: DifferenceKind
  status: DifferenceState
  consultantId: string
  consultantName: string
  sessionId: string
  calendarEventId: string | null
  externalStartsAt: number | null
  externalEndsAt: number | null
  reference: string
  sessionStatus: string
  sequence: number
  startsAt: number
  endsAt: number
  serviceTypeName: string
  customerName: string
  customerTimeZone: string
  consultantTimeZone: string
  consultantUserId: string | null
}

const selectDifference = sql.raw(`
  SELECT d.id, d.kind, d.status, d.consultant_id AS "consultantId", co.name AS "consultantName",
    d.scheduled_session_id AS "sessionId", d.calendar_event_id AS "calendarEventId",
    (extract(epoch FROM d.external_starts_at) * 1000)::float8 AS "externalStartsAt",
    (extract(epoch FROM d.external_ends_at) * 1000)::float8 AS "externalEndsAt",
    s.reference, s.status AS "sessionStatus", s.sequence::int, (extract(epoch FROM s.starts_at) * 1000)::float8 AS "startsAt",
    (extract(epoch FROM s.ends_at) * 1000)::float8 AS "endsAt", t.name AS "serviceTypeName", cu.name AS "customerName",
    s.time_zone AS "customerTimeZone", co.availability_time_zone AS "consultantTimeZone", co.user_id AS "consultantUserId"
  FROM calendar_differences d
  JOIN scheduled_sessions s ON s.id = d.scheduled_session_id
  JOIN service_types t ON t.id = s.service_type_id
  JOIN customers cu ON cu.id = s.customer_id
  JOIN consultant_profiles co ON co.id = d.consultant_id`)

export const findDifference = async (req: PayloadRequest, id: string): Promise<DifferenceRow | undefined> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectDifference} WHERE d.id = ${id}`)
  return rows[0] as DifferenceRow | undefined
}

/** A difference, locked until the transaction ends. Lock its session first. */
export const lockDifference = async (req: PayloadRequest, id: string): Promise<DifferenceRow | undefined> => {
  const { rows } = await (await txDb(req)).execute(sql`${selectDifference} WHERE d.id = ${id} FOR UPDATE OF d`)
  return rows[0] as DifferenceRow | undefined
}

/** What a consultant has to decide, the soonest session first. */
export const listOpenDifferences = async (req: PayloadRequest, consultantId: string): Promise<DifferenceRow[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    ${selectDifference} WHERE d.consultant_id = ${consultantId} AND d.status IN ${sqlStates(undecidedDifferences)} AND s.status = 'scheduled' AND s.ends_at > now()
    ORDER BY s.starts_at LIMIT 100`)
  return rows as DifferenceRow[]
}

export type NewDifference = {
  kind: DifferenceKind
  consultantId: string
  sessionId: string
  calendarEventId: string | null
  times: { start: number; end: number } | null
}

/**
 * Writes a difference down. One that is open already for the same entry is brought up to date instead; an answer that was asked of the
 * customer for another time no longer counts.
 * @returns its id when there is something new to tell.
 */
export const insertDifference = async (req: PayloadRequest, difference: NewDifference): Promise<string | undefined> => {
  const db = await txDb(req)
  const { times } = difference
  const at = (instant: number | undefined) => (instant === undefined ? null : new Date(instant).toISOString())
  const isOfEvent = difference.kind !== 'conflict'
  const same = isOfEvent
    ? sql`kind <> 'conflict' AND status IN ${sqlStates(undecidedDifferences)} AND calendar_event_id = ${difference.calendarEventId}`
    : sql`kind = 'conflict' AND status IN ${sqlStates(knownConflicts)} AND scheduled_session_id = ${difference.sessionId}`
  const [starts, ends] = [at(times?.start), at(times?.end)]
  const { rows: known } = await db.execute(sql`
    SELECT id, kind = ${difference.kind} AND external_starts_at IS NOT DISTINCT FROM ${starts}::timestamptz
      AND external_ends_at IS NOT DISTINCT FROM ${ends}::timestamptz AS same
    FROM calendar_differences WHERE ${same} FOR UPDATE`)
  const [before] = known as { id: string; same: boolean }[]
  if (before && (before.same || !isOfEvent)) return undefined
  if (before) {
    await db.execute(sql`
      UPDATE calendar_differences SET status = 'settled', decided_at = now(), updated_at = now() WHERE id = ${before.id}`)
  }
  const id = createId()
  await db.execute(sql`
    INSERT INTO calendar_differences (id, consultant_id, scheduled_session_id, calendar_event_id, kind, status, external_starts_at,
      external_ends_at, updated_at, created_at)
    VALUES (${id}, ${difference.consultantId}, ${difference.sessionId}, ${difference.calendarEventId}, ${difference.kind}, 'open', ${starts}, ${ends},
      now(), now())`)
  if (isOfEvent) {
    await db.execute(
      sql`UPDATE calendar_events SET state = 'different', updated_at = now() WHERE id = ${difference.calendarEventId}`,
    )
  }
  return id
}

/** How a difference ended. */
export const storeDifferenceState = async (
  req: PayloadRequest,
  id: string,
  state: { status: DifferenceState; decidedBy: string | null },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_differences SET status = ${state.status}, decided_by = ${state.decidedBy}, decided_at = now(), updated_at = now()
    WHERE id = ${id}`)
}

/** The person put it back themselves: there is nothing to decide any more. */
export const settleDifferencesOf = async (req: PayloadRequest, calendarEventId: string): Promise<void> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    UPDATE calendar_differences SET status = 'settled', decided_at = now(), updated_at = now()
    WHERE calendar_event_id = ${calendarEventId} AND kind <> 'conflict' AND status IN ${sqlStates(undecidedDifferences)}`)
  if (!rowCount) return
  await db.execute(sql`
    UPDATE calendar_events SET state = 'delivered', updated_at = now() WHERE id = ${calendarEventId} AND state = 'different'`)
}

/** Sessions of a consultant to come that something in their calendars overlaps, and of which nobody has been told. */
export const listNewConflicts = async (
  req: PayloadRequest,
  consultantId: string,
): Promise<{ sessionId: string; start: number; end: number }[]> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    SELECT s.id AS "sessionId", (extract(epoch FROM min(b.starts_at)) * 1000)::float8 AS start,
      (extract(epoch FROM max(b.ends_at)) * 1000)::float8 AS end
    FROM scheduled_sessions s
    JOIN busy_times b ON b.consultant_id = s.consultant_id
      AND tstzrange(b.starts_at, b.ends_at, '[)') && tstzrange(s.starts_at, s.ends_at, '[)')
    JOIN connected_calendars c ON c.id = b.calendar_id AND c.generation = b.generation AND c.counts_as_busy
    WHERE s.consultant_id = ${consultantId} AND s.status = 'scheduled' AND s.starts_at > now()
      AND NOT EXISTS (SELECT FROM calendar_differences d
        WHERE d.scheduled_session_id = s.id AND d.kind = 'conflict' AND d.status IN ${sqlStates(knownConflicts)})
    GROUP BY s.id LIMIT 100`)
  return rows as { sessionId: string; start: number; end: number }[]
}

/** Conflicts that are over: the appointment went away, or the session did. */
export const settleEndedConflicts = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE calendar_differences d SET status = 'settled', decided_at = now(), updated_at = now()
    WHERE d.consultant_id = ${consultantId} AND d.kind = 'conflict' AND d.status IN ${sqlStates(knownConflicts)}
      AND NOT EXISTS (SELECT FROM scheduled_sessions s
        JOIN busy_times b ON b.consultant_id = s.consultant_id
          AND tstzrange(b.starts_at, b.ends_at, '[)') && tstzrange(s.starts_at, s.ends_at, '[)')
        JOIN connected_calendars c ON c.id = b.calendar_id AND c.generation = b.generation AND c.counts_as_busy
        WHERE s.id = d.scheduled_session_id AND s.status = 'scheduled')`)
}
