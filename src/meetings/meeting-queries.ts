import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import type { Meeting } from '#payload-types'
import { txDb } from '#database/transactions'
import type { Attendance } from './decide-attendance'
import type { MeetingProvider } from './meeting-provider'
import type { MeetingRecord } from './merge-meeting-news'
import type { RoomRow } from './room-queries'
import { isoOrNull, minuteMs } from '#shared/time'

const epoch = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null)
const minutesBetween = (from: number | null, until: number | null): number | null =>
  from === null || until === null ? null : Math.max(0, Math.round((until - from) / minuteMs))

/** A day holds no more, and neither does the field. */
const atMostADay = (minutes: number | null): number | null => (minutes === null ? null : Math.min(minutes, 1_440))

const toRecord = (meeting: Meeting, hostId: string | null): MeetingRecord => ({
  startedAt: epoch(meeting.actualStartAt),
  endedAt: epoch(meeting.actualEndAt),
  participants: (meeting.participants ?? []).map(({ userId, name, email, joinedAt, leftAt }) => ({
    userId: userId ?? '',
    name: name ?? null,
    email: email ?? null,
    isHost: hostId !== null && userId === hostId,
    joinedAt: epoch(joinedAt),
    leftAt: epoch(leftAt),
  })),
  recording: meeting.recordingId
    ? {
        id: meeting.recordingId,
        url: meeting.recordingUrl ?? '',
        durationMinutes: meeting.recordingDurationMinutes ?? 0,
      }
    : null,
})

/** What is known of the meeting in a room. */
export const findMeetingRecord = async (
  req: PayloadRequest,
  { sessionId, hostId }: Pick<RoomRow, 'sessionId' | 'hostId'>,
): Promise<{ id: string; record: MeetingRecord; eventCount: number } | undefined> => {
  const { docs } = await req.payload.find({
    collection: 'meetings',
    where: { scheduledSession: { equals: sessionId } },
    sort: '-createdAt',
    depth: 0,
    limit: 1,
    pagination: false,
    req,
  })
  const [meeting] = docs
  if (!meeting) return undefined
  return { id: meeting.id, record: toRecord(meeting, hostId), eventCount: meeting.eventCount ?? 0 }
}

export type MeetingOfSession = {
  sessionId: string
  consultantId: string
  customerId: string
  provider: MeetingProvider
  meetingId: string
  startsAt: number
}

/** Stores what is known of a meeting now. The caller holds the lock on its session. */
export const storeMeetingRecord = async (
  req: PayloadRequest,
  of: MeetingOfSession,
  known: { id: string; eventCount: number } | undefined,
  record: MeetingRecord,
): Promise<void> => {
  const { startedAt, endedAt, recording } = record
  const data = {
    scheduledSession: of.sessionId,
    provider: of.provider,
    providerMeetingId: of.meetingId,
    consultant: of.consultantId,
    customer: of.customerId,
    scheduledStartAt: isoOrNull(of.startsAt),
    actualStartAt: isoOrNull(startedAt),
    actualEndAt: isoOrNull(endedAt),
    durationMinutes: atMostADay(minutesBetween(startedAt, endedAt)),
    participants: record.participants.map(({ userId, name, email, joinedAt, leftAt }) => ({
      userId,
      name,
      email,
      joinedAt: isoOrNull(joinedAt),
      leftAt: isoOrNull(leftAt),
      durationMinutes: atMostADay(minutesBetween(joinedAt, leftAt)),
    })),
    hasRecording: recording !== null,
    recordingId: recording?.id ?? null,
    recordingUrl: recording?.url || null,
    recordingDurationMinutes: atMostADay(recording?.durationMinutes ?? null),
    eventCount: (known?.eventCount ?? 0) + 1,
  }
  if (known) await req.payload.update({ collection: 'meetings', id: known.id, data, depth: 0, select: {}, req })
  else await req.payload.create({ collection: 'meetings', data, depth: 0, select: {}, req })
}

/** What the reports mean for the session itself: who was there, and when it really began and ended. */
export const storeSessionAttendance = async (
  req: PayloadRequest,
  sessionId: string,
  { attendance, record }: { attendance: Attendance; record: MeetingRecord },
): Promise<void> => {
  const { consultant, customer } = attendance
  const at = (instant: number | null) => sql`to_timestamp(${instant}::float8 / 1000)`
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE scheduled_sessions SET
      attendance_consultant_joined_at = least(attendance_consultant_joined_at, ${at(consultant.joinedAt)}),
      attendance_consultant_left_at = greatest(attendance_consultant_left_at, ${at(consultant.leftAt)}),
      attendance_customer_joined_at = least(attendance_customer_joined_at, ${at(customer.joinedAt)}),
      attendance_customer_left_at = greatest(attendance_customer_left_at, ${at(customer.leftAt)}),
      meeting_started_at = coalesce(${at(record.startedAt)}, meeting_started_at),
      meeting_ended_at = coalesce(${at(record.endedAt)}, meeting_ended_at),
      meeting_actual_duration_minutes = coalesce(${atMostADay(minutesBetween(record.startedAt, record.endedAt))}::numeric, meeting_actual_duration_minutes),
      updated_at = now()
    WHERE id = ${sessionId}`)
}

/** Whether a side came at all, as far as reports and its own way into the room tell. */
export const hasCome = async (req: PayloadRequest, sessionId: string, side: keyof Attendance): Promise<boolean> => {
  const column = side === 'customer' ? sql`attendance_customer_joined_at` : sql`attendance_consultant_joined_at`
  const { rowCount } = await (
    await txDb(req)
  ).execute(sql`SELECT 1 FROM scheduled_sessions WHERE id = ${sessionId} AND ${column} IS NOT NULL`)
  return Boolean(rowCount)
}

/** Puts the recording on the session, if its customer agreed to one. @returns whether it did. */
export const storeSessionRecording = async (
  req: PayloadRequest,
  sessionId: string,
  recording: { id: string; url: string; durationMinutes: number },
): Promise<boolean> => {
  const { rowCount } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE scheduled_sessions SET recording_recording_id = ${recording.id}, recording_url = ${recording.url},
      recording_duration_minutes = ${recording.durationMinutes}, updated_at = now()
    WHERE id = ${sessionId} AND recording_consented_at IS NOT NULL`)
  return Boolean(rowCount)
}
