import { sql } from '@payloadcms/db-postgres'
import { type Overdue, sweepBatch } from '#outbox/task'

export const requestsOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT id FROM consultation_requests
      WHERE status IN ('pending', 'pending_assignment', 'pending_confirmation') AND expires_at < now() - interval '1 minute'
      LIMIT ${sweepBatch}`,
    job: (requestId) => ({ task: 'expire-request', payload: { requestId } }),
  },
]
