import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { poolDb, txDb } from '#database/transactions'

/** Notes, in the open transaction, whose free time is to be published anew: one statement, however many they are. */
export const storePublicationWishes = async (req: PayloadRequest, consultantIds: readonly string[]): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    INSERT INTO parley.publication_wishes (consultant_id)
    SELECT DISTINCT id FROM unnest(${sql.param([...consultantIds])}::uuid[]) AS id ORDER BY id
    ON CONFLICT (consultant_id) DO UPDATE SET wished_at = now()`)
}

/** Notes it of everybody who has or should have published time. */
export const wishAllPublications = async (req: PayloadRequest): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    INSERT INTO parley.publication_wishes (consultant_id)
    SELECT id FROM consultant_profiles c
    WHERE (_status = 'published' AND is_public AND availability_is_available)
      OR EXISTS (SELECT FROM availability_slots s WHERE s.consultant_id = c.id AND s.status = 'available')
      OR EXISTS (SELECT FROM parley.free_days f WHERE f.consultant_id = c.id)
    ORDER BY id
    ON CONFLICT (consultant_id) DO UPDATE SET wished_at = now()`)
}

/** So many a minute: what became due all at once, such as after an upgrade, is published within the hour. */
const dueAtOnce = 500

/**
 * Notes it of those for whom it is time, and of those of whom another release published last, which knows nothing of the days that the search
 * reads. A wish that is noted is not noted again for an hour, so that one that fails does not come back each minute.
 * @returns whether there were any.
 */
export const wishDuePublications = async (req: PayloadRequest): Promise<boolean> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    WITH due AS (
      SELECT consultant_id FROM parley.directory
      WHERE publish_again_at IS NULL OR publish_again_at <= now() OR days_at IS DISTINCT FROM published_at
      ORDER BY publish_again_at NULLS FIRST LIMIT ${dueAtOnce} FOR UPDATE SKIP LOCKED
    ), noted AS (
      UPDATE parley.directory d SET publish_again_at = now() + interval '1 hour', days_at = d.published_at
      FROM due WHERE d.consultant_id = due.consultant_id
    )
    INSERT INTO parley.publication_wishes (consultant_id) SELECT consultant_id FROM due ORDER BY consultant_id
    ON CONFLICT DO NOTHING RETURNING 1`)
  return rows.length > 0
}

/**
 * Takes one wish, the oldest that nobody else is at, or that of one consultant. It is gone when the transaction commits, with what was published; a change that comes
 * meanwhile waits for that, and wishes again.
 */
export const takePublicationWish = async (
  req: PayloadRequest,
  ofConsultant: string | null = null,
): Promise<string | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    DELETE FROM parley.publication_wishes WHERE consultant_id = (
      SELECT consultant_id FROM parley.publication_wishes WHERE ${ofConsultant}::uuid IS NULL OR consultant_id = ${ofConsultant}
      ORDER BY wished_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING consultant_id AS id`)
  const id = rows[0]?.id
  return id === undefined ? undefined : String(id)
}

export const hasPublicationWishes = async (payload: Payload): Promise<boolean> => {
  const { rows } = await poolDb(payload).execute(sql`SELECT EXISTS (SELECT FROM parley.publication_wishes) AS has`)
  return rows[0]?.has === true
}
