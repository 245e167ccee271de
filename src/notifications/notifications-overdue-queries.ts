import { sql } from '@payloadcms/db-postgres'
import { lostErrands } from '#outbox/lost-work-queries'
import type { Overdue } from '#outbox/task'

const waiting = sql`
  delivery_state = 'queued' AND coalesce(delivery_next_attempt_at, created_at) < now() - interval '2 minutes'`

export const notificationsOverdue: readonly Overdue[] = [
  lostErrands('deliver-mail'),
  {
    select: sql`SELECT id FROM notifications WHERE ${waiting} AND delivery_channel = 'email' ORDER BY created_at`,
    task: 'deliver-notification',
    payload: (notificationId) => ({ notificationId }),
  },
  {
    select: sql`SELECT id FROM notifications WHERE ${waiting} AND delivery_channel IS DISTINCT FROM 'email' ORDER BY created_at`,
    task: 'deliver-over-channel',
    payload: (notificationId) => ({ notificationId }),
  },
]
