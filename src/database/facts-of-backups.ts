import type pg from 'pg'
import { z } from 'zod'

/** What the database holds about its own backups: rows of `parley.facts`. */
const lastBackup = 'last_backup'
const restored = 'restored'
/** Stays when the hold is over: `{ restoredAt }`, when the database was restored and may have lost documents that were given out. */
export const restoredNumbers = 'restored_numbers'

type Connection = Pick<pg.Client, 'query'>

/** Stores that a backup was taken that shows the database as it was at `takenAt`. A schema of long ago has no place for it. */
export const noteBackup = async (client: Connection, takenAt: Date, facts: { bytes: number }): Promise<void> => {
  const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('parley.facts') IS NOT NULL AS there`)
  if (!rows[0]?.there) return
  await client.query(
    `INSERT INTO parley.facts (key, value, updated_at) VALUES ($1, $2, $3)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    [lastBackup, JSON.stringify(facts), takenAt],
  )
}

const hold = z.object({ takenAt: z.iso.datetime(), restoredAt: z.iso.datetime() })

/** The moment that a restored database shows, and that of the restore; ISO 8601. */
export type RestoredHold = z.infer<typeof hold>

/**
 * Stores that a database was just restored, so that no worker does what was done already until somebody has looked. What the workers of
 * that time said of themselves goes: none of them is alive, and what they held is free.
 */
export const holdRestored = async (client: Connection, { takenAt, restoredAt }: RestoredHold): Promise<void> => {
  await client.query(
    `WITH gone AS (DELETE FROM parley.facts WHERE key = 'worker_alive' OR key LIKE 'worker:%')
     INSERT INTO parley.facts (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
    [restored, JSON.stringify({ takenAt, restoredAt })],
  )
  await client.query(
    `SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by)) FROM graphile_worker._private_jobs
     WHERE locked_by IS NOT NULL HAVING count(*) > 0`,
  )
}

/** The hold that a restore has left; undefined where there is none. */
export const findRestoredHold = async (client: Connection): Promise<RestoredHold | undefined> => {
  const { rows } = await client.query<{ value: unknown }>('SELECT value FROM parley.facts WHERE key = $1', [restored])
  return rows[0] && hold.parse(rows[0].value)
}

/** Lets documents have numbers of series of their own from now on: what was given out after the backup is not known here. */
export const renewNumbers = async (client: Connection, restoredAt: string): Promise<void> => {
  await client.query(
    `INSERT INTO parley.facts (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
    [restoredNumbers, JSON.stringify({ restoredAt })],
  )
}

/** Lets workers start. */
export const endRestoredHold = async (client: Connection): Promise<void> => {
  await client.query('DELETE FROM parley.facts WHERE key = $1', [restored])
}
