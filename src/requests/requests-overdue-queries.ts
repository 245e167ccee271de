import { sql } from '@payloadcms/db-postgres'
import { sqlStates } from '#database/state-lists'
import { type Overdue, sweepBatch } from '#outbox/task'
import { openRequestStates } from './request-states'

export const requestsOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT id FROM consultation_requests
      WHERE status IN ${sqlStates(openRequestStates)} AND expires_at < now() - interval '1 minute'
      LIMIT ${sweepBatch}`,
    job: (requestId) => ({ task: 'expire-request', payload: { requestId } }),
  },
]
