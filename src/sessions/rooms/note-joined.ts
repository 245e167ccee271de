import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import type { SessionRow } from '../session-queries'
import { earlyStartMinutes } from '../session-timing'

const columns = {
  customer: sql`attendance_customer_joined_at`,
  consultant: sql`attendance_consultant_joined_at`,
} as const

/**
 * Notes that a side went into the room by its own link, the first time and not long before the start: link previews of mail programs
 * and people who try the link out do not count as there.
 */
export const noteJoined = async (
  req: PayloadRequest,
  session: Pick<SessionRow, 'id' | 'startsAt'>,
  side: keyof typeof columns,
): Promise<void> => {
  if (Date.now() < session.startsAt - earlyStartMinutes * 60_000) return
  await (
    await readDb(req)
  ).execute(sql`
    UPDATE scheduled_sessions SET ${columns[side]} = now() WHERE id = ${session.id} AND ${columns[side]} IS NULL`)
}
