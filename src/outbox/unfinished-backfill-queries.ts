import { sql } from '@payloadcms/db-postgres'
import type { Overdue } from './task'

/** Whatever is not finished goes on within a minute, also what was given up long ago. */
export const unfinishedBackfills: Overdue = {
  task: 'run-backfill',
  select: sql`SELECT id FROM parley.backfills WHERE finished_at IS NULL ORDER BY number LIMIT 1`,
  payload: (backfillId) => ({ backfillId }),
}
