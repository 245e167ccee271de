import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'

const columns = {
  customer: sql`attendance_customer_joined_at`,
  consultant: sql`attendance_consultant_joined_at`,
} as const

export type JoiningSide = keyof typeof columns

/** Stores that a side is there, the first time. */
export const storeJoined = async (req: PayloadRequest, sessionId: string, side: JoiningSide): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`
    UPDATE scheduled_sessions SET ${columns[side]} = now() WHERE id = ${sessionId} AND ${columns[side]} IS NULL`)
}
