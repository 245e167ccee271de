import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { poolDb, txDb } from '#database/transactions'

/** An errand as it is written down. */
export type StoredErrand = {
  facts: unknown
  /** Whether somebody began to follow it before: what is done in its transaction was done then. */
  isTaken: boolean
}

const claimErrand = preparedStatement<StoredErrand>(
  'take-errand',
  `WITH known AS (SELECT id, taken_at FROM parley.errands WHERE id = $1 FOR UPDATE)
  UPDATE parley.errands e SET taken_at = now() FROM known WHERE e.id = known.id
  RETURNING e.facts, known.taken_at IS NOT NULL AS "isTaken"`,
)
const deleteErrand = preparedStatement('end-errand', 'DELETE FROM parley.errands WHERE id = $1')

/** Takes an errand, locked until the transaction ends; undefined when it was followed. */
export const takeErrand = async (req: PayloadRequest, errandId: string): Promise<StoredErrand | undefined> => {
  await txDb(req)
  return (await claimErrand(req, [errandId]))[0]
}

/** What an errand says; undefined when it was followed. */
export const findErrand = async (payload: Payload, errandId: string): Promise<unknown> => {
  const { rows } = await poolDb(payload).execute(sql`SELECT facts FROM parley.errands WHERE id = ${errandId}`)
  return rows[0]?.facts
}

/** An errand was followed, in the open transaction. */
export const endErrand = async (req: PayloadRequest, errandId: string): Promise<void> => {
  await txDb(req)
  await deleteErrand(req, [errandId])
}

/** An errand was followed. */
export const dropErrand = async (payload: Payload, errandId: string): Promise<void> => {
  await poolDb(payload).execute(sql`DELETE FROM parley.errands WHERE id = ${errandId}`)
}
