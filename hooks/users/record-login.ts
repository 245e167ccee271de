import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterLoginHook } from 'payload'
import { readDb } from '#database/transactions'

/** One cheap statement: `payload.update` would write the whole row and hash nothing for it. */
export const recordLogin: CollectionAfterLoginHook = async ({ req, user }) => {
  const db = await readDb(req)
  await db.execute(sql`UPDATE users SET last_login_at = now() WHERE id = ${user.id}`)
  return user
}
