import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { type MoneyFault, moneyCheckTimeout, selectMoneyFaults } from './read-money-faults'
import { txDb, withTransaction } from '#database/transactions'

/** @param limit of how many to answer: one wrong rule could find all payments wrong. */
export const listMoneyFaults = async (payload: Payload, { limit }: { limit: number }): Promise<MoneyFault[]> =>
  withTransaction(payload, async (req) => {
    const db = await txDb(req)
    await db.execute(sql`SELECT set_config('statement_timeout', ${String(moneyCheckTimeout)}, true)`)
    const { rows } = await db.execute(sql`${sql.raw(selectMoneyFaults)} LIMIT ${limit}`)
    return rows as MoneyFault[]
  })
