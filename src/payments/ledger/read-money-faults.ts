import pg from 'pg'
import type { MoneyFaultKind } from './money-fault-kinds'
import { minuteMs } from '#shared/time'

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

/** Its columns are those of `MoneyFault`. */
export const selectMoneyFaults = `
  SELECT code, payment_id AS "paymentId", scheduled_session_id AS "sessionId", currency, detail, passing
  FROM parley.money_faults ORDER BY passing, code, payment_id`

/** A look at every payment there ever was takes longer than a request may; milliseconds. */
export const moneyCheckTimeout = 10 * minuteMs

/** Every contradiction in the books of a database, without Payload, and how much there was to look at. */
export const readMoneyFaults = async (
  url: string,
): Promise<{ faults: MoneyFault[]; payments: number; entries: number }> => {
  const client = new pg.Client({ connectionString: url, statement_timeout: moneyCheckTimeout })
  await client.connect()
  try {
    const { rows: faults } = await client.query<MoneyFault>(selectMoneyFaults)
    const { rows: counts } = await client.query<{ payments: number; entries: number }>(
      'SELECT (SELECT count(*)::int FROM payments) AS payments, (SELECT count(*)::int FROM ledger_entries) AS entries',
    )
    return { faults, ...(counts[0] ?? { payments: 0, entries: 0 }) }
  } finally {
    await client.end()
  }
}
