import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { txDb, withTransaction } from '../database/transactions'
import type { MoneyFaultKind } from './money-fault-kinds'

/** A contradiction in the books. */
export type MoneyFault = {
  code: MoneyFaultKind
  paymentId: string | null
  sessionId: string | null
  currency: string | null
  /** What is there and what should be; amounts in minor units. */
  detail: string
  /** Something of the payment is under way that may put it right. */
  passing: boolean
}

/** A look at every payment there ever was takes longer than a request may. */
const checkTimeoutMs = 10 * 60_000

/** @param limit of how many to answer: one wrong rule could find all payments wrong. */
export const listMoneyFaults = async (payload: Payload, { limit }: { limit: number }): Promise<MoneyFault[]> =>
  withTransaction(payload, async (req) => {
    const db = await txDb(req)
    await db.execute(sql`SELECT set_config('statement_timeout', ${String(checkTimeoutMs)}, true)`)
    const { rows } = await db.execute(sql`
      SELECT code, payment_id AS "paymentId", scheduled_session_id AS "sessionId", currency, detail, passing
      FROM parley.money_faults ORDER BY passing, code, payment_id LIMIT ${limit}`)
    // The view's columns, named as the type has them.
    return rows as MoneyFault[]
  })
