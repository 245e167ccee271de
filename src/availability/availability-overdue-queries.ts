import { sql } from '@payloadcms/db-postgres'
import type { Overdue } from '#outbox/task'

export const availabilityOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT id FROM availability_slots
      WHERE status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at < now() - interval '1 minute'`,
    task: 'release-hold',
    payload: (slotId) => ({ slotId }),
  },
]
