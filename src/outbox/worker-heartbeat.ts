import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { poolDb } from '../database/transactions'

/** Stores that a worker is alive, for the readiness check. */
export const noteWorkerAlive = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`
    INSERT INTO parley.facts (key, value) VALUES ('worker_alive', 'true')
    ON CONFLICT (key) DO UPDATE SET updated_at = now()`)
}

/** Seconds since any worker was last seen; null when none ever was. */
export const secondsSinceWorker = async (payload: Payload): Promise<number | null> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT extract(epoch FROM now() - updated_at)::float8 AS seconds FROM parley.facts WHERE key = 'worker_alive'`)
  const seconds = rows[0]?.seconds
  return typeof seconds === 'number' ? seconds : null
}
