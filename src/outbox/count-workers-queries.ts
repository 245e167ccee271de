import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'

/** How many worker processes were heard of within so many seconds. */
export const countWorkers = async (req: PayloadRequest, seconds: number): Promise<number> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT count(*)::int AS workers FROM parley.facts
    WHERE key LIKE 'worker:%' AND updated_at > now() - ${seconds}::int * interval '1 second'`)
  return (rows[0] as { workers: number }).workers
}
