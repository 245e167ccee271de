import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { type MoneyFault, moneyCheckTimeout, selectMoneyFaults } from './read-money-faults'
import { txDb, withTransaction } from '#database/transactions'

/** @param limit of how many to answer: one wrong rule could find all payments wrong. */
export const listMoneyFaults = async (payload: Payload, { limit }: { limit: number }): Promise<MoneyFault[]> =>
  withTransaction(payload, async (req) => {
    const db = await patientDb(req)
    const { rows } = await db.execute(sql`${sql.raw(selectMoneyFaults)} LIMIT ${limit}`)
    return rows as MoneyFault[]
  })

/** Stores how many contradictions there are that do not pass by themselves, by code, and by its row when that was looked at. */
export const countMoneyFaults = async (payload: Payload): Promise<void> =>
  withTransaction(payload, async (req) => {
    const db = await patientDb(req)
    await db.execute(sql`
      INSERT INTO parley.facts (key, value)
      SELECT 'money_faults', coalesce(jsonb_object_agg(code, number), '{}') FROM (
        SELECT code, count(*) AS number FROM parley.money_faults WHERE NOT passing GROUP BY code) found
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`)
  })

const patientDb = async (req: PayloadRequest) => {
  const db = await txDb(req)
  await db.execute(sql`SELECT set_config('statement_timeout', ${String(moneyCheckTimeout)}, true)`)
  return db
}
