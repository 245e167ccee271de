import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { txDb } from '#database/transactions'

/** A consultant's rules have changed: what processes remember of them is old. */
export const raiseRulesVersion = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(
    sql`UPDATE consultant_profiles SET rules_version = coalesce(rules_version, 0) + 1 WHERE id = ${consultantId}`,
  )
}
