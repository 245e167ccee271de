import { sql } from '@payloadcms/db-postgres'
import { type Overdue, sweepBatch } from '#outbox/task'

export const notificationsOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT id FROM notifications
      WHERE delivery_state = 'queued' AND coalesce(delivery_next_attempt_at, created_at) < now() - interval '2 minutes'
      ORDER BY created_at LIMIT ${sweepBatch}`,
    job: (notificationId) => ({ task: 'deliver-notification', payload: { notificationId } }),
  },
]
