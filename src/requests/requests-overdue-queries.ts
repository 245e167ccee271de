import { sql } from '@payloadcms/db-postgres'
import { sqlStates } from '#database/state-lists'
import { lostErrands } from '#outbox/lost-work-queries'
import type { Overdue } from '#outbox/task'
import { openRequestStates } from './request-states'

export const requestsOverdue: readonly Overdue[] = [
  lostErrands('follow-request'),
  {
    select: sql`
      SELECT id FROM consultation_requests
      WHERE status IN ${sqlStates(openRequestStates)} AND expires_at < now() - interval '1 minute'`,
    task: 'expire-request',
    payload: (requestId) => ({ requestId }),
  },
]
