import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { readDb, txDb } from '#database/transactions'
import type { KeptDays } from '#shared/retention'

/**
 * Takes a key within the open transaction; a second request waits here until the first commits or rolls back.
 * @returns whether it was free.
 */
export const takeKey = async (req: PayloadRequest, id: string, fingerprint: string): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    INSERT INTO parley.idempotency_keys (id, fingerprint) VALUES (${id}, ${fingerprint}) ON CONFLICT (id) DO NOTHING`)
  return Boolean(rowCount)
}

/** Stores the sealed answer of a key, or what is still to be finished before it can be answered. */
export const storeStage = async (
  req: PayloadRequest,
  id: string,
  { answer, subject }: { answer: string | null; subject: string | null },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`UPDATE parley.idempotency_keys SET answer = ${answer}, subject = ${subject} WHERE id = ${id}`)
}

export type StoredKey = { fingerprint: string; answer: string | null; subject: string | null }

export const findKey = async (req: PayloadRequest, id: string): Promise<StoredKey | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(
    sql`SELECT fingerprint, answer, subject FROM parley.idempotency_keys WHERE id = ${id}`,
  )
  return rows[0] as StoredKey | undefined
}

/** Stores an answer unless another request was first. @returns the one that counts. */
export const settleAnswer = async (req: PayloadRequest, id: string, answer: string): Promise<string | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    UPDATE parley.idempotency_keys SET answer = coalesce(answer, ${answer}) WHERE id = ${id} RETURNING answer`)
  return (rows[0] as { answer: string } | undefined)?.answer
}

/** Forgets answers that nobody asks for again. */
export const deleteOldKeys = (payload: Payload, { commandAnswersDays }: KeptDays): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM parley.idempotency_keys WHERE id IN (SELECT id FROM parley.idempotency_keys
        WHERE created_at < now() - ${commandAnswersDays} * interval '1 day' ORDER BY created_at LIMIT ${limit})`,
  )
