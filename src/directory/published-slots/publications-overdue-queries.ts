import { sql } from '@payloadcms/db-postgres'
import type { Overdue } from '#outbox/task'

/** Wishes that nobody works off: one job for all of them, as the job walks through them. */
export const publicationsOverdue: readonly Overdue[] = [
  {
    select: sql`
      SELECT consultant_id AS id FROM parley.publication_wishes WHERE wished_at < now() - interval '5 minutes'
        AND NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE task_identifier = 'publish-wished-slots'
          AND attempts < max_attempts AND (locked_at IS NULL OR locked_at > now() - interval '1 minute'))
      ORDER BY wished_at LIMIT 1`,
    job: () => ({ task: 'publish-wished-slots', payload: {} }),
  },
]
