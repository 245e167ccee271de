import { sql } from '@payloadcms/db-postgres'
import { type Overdue, sweepBatch } from '#outbox/task'

export const sessionsOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT session_id AS id FROM parley.meeting_rooms
      WHERE delivered_version < desired_version AND updated_at < now() - interval '2 minutes' AND claimed_until < now() LIMIT ${sweepBatch}`,
    job: (sessionId) => ({ task: 'settle-room', payload: { sessionId } }),
  },
  {
    select: sql`
      SELECT id FROM parley.meeting_events
      WHERE status = 'received' AND received_at < now() - interval '2 minutes' LIMIT ${sweepBatch}`,
    job: (meetingEventId) => ({ task: 'process-meeting-event', payload: { meetingEventId } }),
  },
]
