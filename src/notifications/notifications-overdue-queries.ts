import { sql } from '@payloadcms/db-postgres'
import { lostErrands } from '#outbox/lost-work-queries'
import type { Overdue } from '#outbox/task'

export const notificationsOverdue: readonly Overdue[] = [
  lostErrands('deliver-account-mail'),
  lostErrands('deliver-mail'),
  {
    select: sql`
      SELECT id FROM notifications
      WHERE delivery_state = 'queued' AND coalesce(delivery_next_attempt_at, created_at) < now() - interval '2 minutes'
      ORDER BY created_at`,
    task: 'deliver-notification',
    payload: (notificationId) => ({ notificationId }),
  },
]
