import { sql } from '@payloadcms/db-postgres'
import { isLeftToJob, isWorkGivenUp, lostErrands } from '#outbox/lost-work-queries'
import type { Overdue } from '#outbox/task'
import { epoch } from '#shared/time'
import { type ReminderOffset, reminderOffsets } from './messages/compute-session-timers'

/** As long as `decideReminder` sends it. What was agreed or moved when its moment was over is not reminded of, as by `computeSessionTimers`. */
const lostReminders = (kind: ReminderOffset): Overdue => ({
  task: 'remind-session',
  variant: kind,
  select: sql`
    WITH offsets AS MATERIALIZED (
      SELECT coalesce((SELECT reminders_day_before_minutes FROM booking_settings LIMIT 1), 24 * 60) * interval '1 minute' AS day,
        coalesce((SELECT reminders_hour_before_minutes FROM booking_settings LIMIT 1), 60) * interval '1 minute' AS hour
    )
    SELECT s.id FROM offsets, scheduled_sessions s
    WHERE s.status = 'scheduled' AND s.starts_at > now() AND s.starts_at < now() - interval '2 minutes' + ${sql.identifier(kind)}
      AND (${kind === 'hour'} OR hour = interval '0' OR hour >= day OR s.starts_at > now() + hour)
      AND s.starts_at - ${sql.identifier(kind)} > greatest(s.created_at,
        (SELECT max(at) FROM scheduled_sessions_status_history WHERE _parent_id = s.id AND "to" = 'scheduled'),
        (SELECT max(at) FROM scheduled_sessions_reschedule_history WHERE _parent_id = s.id))
      AND NOT EXISTS (SELECT FROM notifications n WHERE n.scheduled_session_id = s.id AND n.kind = 'booking_reminder'
        AND n.metadata->'data'->>'offset' = ${kind}
        AND (n.metadata->'data'->'session'->>'startsAt')::float8 = ${sql.raw(epoch('s.starts_at'))})
    ORDER BY s.starts_at`,
  payload: (sessionId) => ({ sessionId, kind }),
})

export const sessionsOverdue: readonly Overdue[] = [
  lostErrands('follow-session'),
  ...reminderOffsets.map(lostReminders),
  {
    select: sql`
      SELECT session_id AS id FROM parley.meeting_rooms
      WHERE delivered_version < desired_version AND updated_at < now() - interval '2 minutes' AND claimed_until < now()`,
    task: 'settle-room',
    payload: (sessionId) => ({ sessionId }),
  },
  {
    select: sql`
      SELECT e.id FROM parley.meeting_events e
      WHERE received_at < now() - interval '2 minutes'
        AND (status = 'received' OR status = 'failed' AND received_at > now() - interval '3 days'
          AND NOT ${isLeftToJob(sql`'meeting-event:' || e.id`)} AND NOT ${isWorkGivenUp('meeting-report', sql`e.id`)})`,
    task: 'process-meeting-event',
    payload: (meetingEventId) => ({ meetingEventId }),
  },
]
