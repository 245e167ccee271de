import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { poolDb, readDb, txDb } from '#database/transactions'
import type { MeetingProvider } from './meeting-provider'

/** A room that its provider has to make, move and remove: what is wanted, and how far the provider has come. */
export type RoomRow = {
  sessionId: string
  provider: MeetingProvider
  desiredVersion: number
  deliveredVersion: number
  meetingId: string | null
  hostId: string | null
  /** Whose account at the provider it was made in, or last asked for. */
  hostUser: string | null
  /** How often the provider was asked since it last did what was wanted. */
  tries: number
}

const selectRoom = sql.raw(`
  SELECT session_id AS "sessionId", provider, desired_version AS "desiredVersion", delivered_version AS "deliveredVersion",
    meeting_id AS "meetingId", host_id AS "hostId", host_user AS "hostUser", tries FROM parley.meeting_rooms`)

/**
 * Writes down that a session is to have a room at one of these providers, if its service type (or the installation, where that says
 * nothing) wants one there. @returns whether it is so.
 */
export const insertWantedRoom = async (
  req: PayloadRequest,
  sessionId: string,
  providers: readonly MeetingProvider[],
): Promise<boolean> => {
  const { rowCount } = await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO parley.meeting_rooms (session_id, provider)
    SELECT s.id, wanted.provider FROM scheduled_sessions s JOIN service_types t ON t.id = s.service_type_id,
      LATERAL (SELECT coalesce(t.meeting_provider::text,
        (SELECT default_meeting_provider::text FROM booking_settings LIMIT 1)) AS provider) wanted
    WHERE s.id = ${sessionId} AND wanted.provider = ANY (${sql.param([...providers])}::text[])
    ON CONFLICT DO NOTHING`)
  return Boolean(rowCount)
}

const bumpRoom = preparedStatement(
  'want-room-anew',
  `UPDATE parley.meeting_rooms SET desired_version = desired_version + 1,
    tries = CASE WHEN meeting_id IS NULL THEN tries ELSE 0 END, updated_at = now()
  WHERE session_id = $1 RETURNING session_id`,
)

/**
 * The room of a session has to be looked at again. That the provider was asked before is remembered while it is not known what came of it.
 * @returns whether the session has such a room.
 */
export const wantRoomAnew = async (req: PayloadRequest, sessionId: string): Promise<boolean> => {
  await txDb(req)
  return (await bumpRoom(req, [sessionId])).length > 0
}

export const findRoom = async (req: PayloadRequest, sessionId: string): Promise<RoomRow | undefined> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectRoom} WHERE session_id = ${sessionId}`)
  return rows[0] as RoomRow | undefined
}

/** The room that a provider speaks of. */
export const findRoomOfMeeting = async (
  req: PayloadRequest,
  provider: MeetingProvider,
  meetingId: string,
): Promise<RoomRow | undefined> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`${selectRoom} WHERE provider = ${provider} AND meeting_id = ${meetingId}`)
  return rows[0] as RoomRow | undefined
}

/** How long one worker has a room to itself: longer than a call may take, and than a provider may still be at one that was given up. */
const claim = sql.raw(`interval '2 minutes'`)

/** That one worker has a room to itself. `until` tells this claim from any other. */
export type RoomClaim = { sessionId: string; until: string }

/**
 * Takes a room for this worker alone, so that two do not make two meetings; a worker that is killed gives it back by the clock.
 * @returns `busy` while another one has it, undefined when there is none.
 */
export const claimRoom = async (
  payload: Payload,
  sessionId: string,
): Promise<(RoomClaim & { provider: MeetingProvider }) | 'busy' | undefined> => {
  const { rows } = await poolDb(payload).execute(sql`
    UPDATE parley.meeting_rooms SET claimed_until = now() + ${claim}
    WHERE session_id = ${sessionId} AND claimed_until < now()
    RETURNING session_id AS "sessionId", provider, claimed_until::text AS until`)
  const [claimed] = rows as (RoomClaim & { provider: MeetingProvider })[]
  if (claimed) return claimed
  const { rowCount } = await poolDb(payload).execute(
    sql`SELECT 1 FROM parley.meeting_rooms WHERE session_id = ${sessionId}`,
  )
  return rowCount ? 'busy' : undefined
}

/**
 * Remembers that the provider is asked now, and in whose account: an answer that gets lost is recognised by it. Committed before the
 * call, for which the worker has the room as long as at first. @returns the claim from now on; undefined when another worker has it.
 */
export const noteRoomTry = async (
  payload: Payload,
  { sessionId, until }: RoomClaim,
  hostUser: string | null = null,
): Promise<RoomClaim | undefined> => {
  const { rows } = await poolDb(payload).execute(sql`
    UPDATE parley.meeting_rooms SET tries = tries + 1, claimed_until = now() + ${claim},
      host_user = coalesce(${hostUser}, host_user), updated_at = now()
    WHERE session_id = ${sessionId} AND claimed_until = ${until}::timestamptz
    RETURNING session_id AS "sessionId", claimed_until::text AS until`)
  return (rows as RoomClaim[])[0]
}

/** Whether this worker still has the room; it keeps it until the transaction ends. The caller holds the lock on the session. */
export const holdsRoom = async (req: PayloadRequest, { sessionId, until }: RoomClaim): Promise<boolean> => {
  const { rowCount } = await (
    await txDb(req)
  ).execute(sql`
    SELECT 1 FROM parley.meeting_rooms WHERE session_id = ${sessionId} AND claimed_until = ${until}::timestamptz FOR UPDATE`)
  return Boolean(rowCount)
}

export const releaseRoom = async (payload: Payload, { sessionId, until }: RoomClaim): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE parley.meeting_rooms SET claimed_until = '-infinity'
    WHERE session_id = ${sessionId} AND claimed_until = ${until}::timestamptz`)
}

/** Remembers what went wrong, unless another worker has the room by now. */
export const noteRoomFault = async (payload: Payload, claimed: RoomClaim, error: string): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE parley.meeting_rooms SET last_error = ${error.slice(0, 1_000)}, updated_at = now()
    WHERE session_id = ${claimed.sessionId} AND claimed_until = ${claimed.until}::timestamptz`)
}

/** What the provider did, up to a version of what was wanted; whoever wanted something newer meanwhile is served by the next round. */
export const storeRoomDelivery = async (
  req: PayloadRequest,
  sessionId: string,
  delivery: { version: number; meetingId?: string | null; hostId?: string | null; hostUser?: string | null },
): Promise<void> => {
  const { version, meetingId, hostId, hostUser } = delivery
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE parley.meeting_rooms SET delivered_version = greatest(delivered_version, ${version}), tries = 0, last_error = NULL,
      ${meetingId === undefined ? sql`` : sql`meeting_id = ${meetingId}, host_id = ${hostId ?? null}, host_user = ${hostUser ?? null},`}
      updated_at = now()
    WHERE session_id = ${sessionId}`)
}

/** The meeting is not there any more, by nobody's wish of ours: another one has to be made. */
export const forgetMeeting = async (req: PayloadRequest, sessionId: string): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE parley.meeting_rooms SET meeting_id = NULL, host_id = NULL, host_user = NULL, tries = 0, updated_at = now()
    WHERE session_id = ${sessionId}`)
}

/** Nothing more is asked of the provider for this version of what was wanted; its last word stays beside it. */
export const giveRoomUp = async (req: PayloadRequest, sessionId: string, version: number): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE parley.meeting_rooms SET delivered_version = greatest(delivered_version, ${version}), updated_at = now()
    WHERE session_id = ${sessionId}`)
}

/** The room in which a session is held from now on. Our own join link leads there; what people were sent stays right. */
export const storeSessionRoom = async (
  req: PayloadRequest,
  sessionId: string,
  room: { provider: MeetingProvider; meetingId: string; joinUrl: string },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE scheduled_sessions SET meeting_provider = ${room.provider}, meeting_meeting_id = ${room.meetingId},
      meeting_join_url = ${room.joinUrl}, meeting_host_url = NULL, updated_at = now()
    WHERE id = ${sessionId}`)
}
