import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeChangeHook } from 'payload'
import { txDb } from '../../src/database/transactions'

/**
 * Every saved profile has a new version of its rules, so that what other processes remember of them is recognised as old.
 * The number is read under a lock: a schedule may have raised it since Payload read the row.
 */
export const bumpRulesVersion: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  if (operation === 'create') return { ...data, rulesVersion: 1 }
  const db = await txDb(req)
  const { rows } = await db.execute(
    sql`SELECT rules_version AS version FROM consultant_profiles WHERE id = ${originalDoc?.id} FOR UPDATE`,
  )
  return { ...data, rulesVersion: Number(rows[0]?.version ?? 0) + 1 }
}
