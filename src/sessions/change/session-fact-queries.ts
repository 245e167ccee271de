import type { PayloadRequest } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { preparedStatement } from '#database/prepared-statement'
import { textStates } from '#database/state-lists'
import { txDb } from '#database/transactions'
import { openNoShowClaims } from '../no-show/no-show-claim-states'
import type { SessionState } from '../session-states'

/** Groups of a session into which providers, the worker and people's join links write past its gate. */
export type SessionFacts = {
  [Group in 'meeting' | 'attendance' | 'recording' | 'reminders']: NonNullable<ScheduledSession[Group]>
}

export type LockedFacts = {
  status: SessionState
  /** Epoch ms. */
  start: number
  /** Epoch ms. */
  updatedAt: number
  /** A provider has made the room, or is about to. */
  hasProviderRoom: boolean
  /** One side claims that the other did not come, and nobody has decided yet. */
  hasOpenClaim: boolean
  facts: SessionFacts
}

const selectFacts = preparedStatement<LockedFacts>(
  'lock-session-facts',
  `SELECT s.status, (extract(epoch FROM s.starts_at) * 1000)::float8 AS start,
      (extract(epoch FROM s.updated_at) * 1000)::float8 AS "updatedAt",
      EXISTS (SELECT FROM parley.meeting_rooms r
          WHERE r.session_id = s.id AND (r.meeting_id IS NOT NULL OR r.delivered_version < r.desired_version))
        OR EXISTS (SELECT FROM calendar_events e
          WHERE e.scheduled_session_id = s.id AND e.conference IN ('pending', 'ready')) AS "hasProviderRoom",
      EXISTS (SELECT FROM no_show_claims n
          WHERE n.scheduled_session_id = s.id AND n.status IN (${textStates(openNoShowClaims)})) AS "hasOpenClaim",
      json_build_object(
        'meeting', json_build_object('provider', s.meeting_provider, 'meetingId', s.meeting_meeting_id,
          'joinUrl', s.meeting_join_url, 'hostUrl', s.meeting_host_url, 'startedAt', s.meeting_started_at,
          'endedAt', s.meeting_ended_at, 'actualDurationMinutes', s.meeting_actual_duration_minutes),
        'attendance', json_build_object('consultantJoinedAt', s.attendance_consultant_joined_at,
          'consultantLeftAt', s.attendance_consultant_left_at, 'customerJoinedAt', s.attendance_customer_joined_at,
          'customerLeftAt', s.attendance_customer_left_at),
        'recording', json_build_object('recordingId', s.recording_recording_id, 'url', s.recording_url,
          'durationMinutes', s.recording_duration_minutes, 'expiresAt', s.recording_expires_at,
          'consentedAt', s.recording_consented_at, 'notificationSent', s.recording_notification_sent),
        'reminders', json_build_object('dayBeforeSentAt', s.reminders_day_before_sent_at,
          'hourBeforeSentAt', s.reminders_hour_before_sent_at, 'postSessionSentAt', s.reminders_post_session_sent_at)
      ) AS facts
    FROM scheduled_sessions s WHERE s.id = $1 FOR NO KEY UPDATE OF s`,
)

/** The row of a session as it is now, locked until the transaction ends; undefined when it is gone. */
export const lockFacts = async (req: PayloadRequest, sessionId: string): Promise<LockedFacts | undefined> => {
  await txDb(req)
  return (await selectFacts(req, [sessionId]))[0]
}
