import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb, txDb, withTransaction } from '#database/transactions'
import { createId } from '#shared/ids'

/** One cheap statement: `payload.update` would write the whole row and hash nothing for it. */
export const storeLastLogin = async (req: PayloadRequest, userId: string): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`UPDATE users SET last_login_at = now() WHERE id = ${userId}`)
}

type Login = { id: string; email: string; name: string; language: string | null }

/**
 * Gives a user whose address is verified the customer record of that address, so that they find what they booked as a guest;
 * makes one if there is none. Never takes one that belongs to somebody else. Running it again changes nothing.
 */
export const claimCustomer = (from: PayloadRequest, { id, email, name, language }: Login): Promise<void> =>
  withTransaction(from, async (req) => {
    const db = await txDb(req)
    await db.execute(sql`
      INSERT INTO customers (id, user_id, email, name, time_zone, language, status, email_verified, updated_at, created_at)
      SELECT ${createId()}, ${id}, ${email.toLowerCase()}, ${name}, 'UTC', ${language ?? 'en'}, 'active', true, now(), now()
      WHERE NOT EXISTS (SELECT FROM customers WHERE user_id = ${id})
      ON CONFLICT (email) DO UPDATE SET user_id = excluded.user_id, email_verified = true, updated_at = now()
        WHERE customers.user_id IS NULL`)
  })

/** The language somebody booked in, under this login or this address (lower case); null when they never did. */
export const findBookingLanguage = async (
  req: PayloadRequest,
  { id, email }: { id: string | null; email: string },
): Promise<string | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT language FROM customers WHERE user_id = ${id}::uuid OR email = ${email}
    ORDER BY user_id = ${id}::uuid DESC NULLS LAST LIMIT 1`)
  const language = rows[0]?.language
  return typeof language === 'string' ? language : null
}

/** A user whom staff would invite again. */
export const findUserToInvite = async (
  req: PayloadRequest,
  id: string,
): Promise<{ id: string; email: string; name: string; isActive: boolean; isConfirmed: boolean } | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, email, name, is_active IS NOT FALSE AS "isActive", _verified IS TRUE AS "isConfirmed" FROM users WHERE id = ${id}`)
  return rows[0] as { id: string; email: string; name: string; isActive: boolean; isConfirmed: boolean } | undefined
}

/** Where somebody is written to about their login, also while it is switched off: who has taken it may have done that. */
export const findUserToTell = async (
  req: PayloadRequest,
  id: string,
): Promise<{ name: string; email: string } | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`SELECT name, email FROM users WHERE id = ${id}`)
  return rows[0] as { name: string; email: string } | undefined
}

/** Whether anybody may log in to the account of an address, and whether its hash costs what hashes cost now. */
export const findLoginGate = async (
  req: PayloadRequest,
  email: string,
): Promise<{ isOpen: boolean; isNewHash: boolean } | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT is_active IS NOT FALSE AND _verified IS TRUE AND hash IS NOT NULL AND lock_until > now() IS NOT TRUE AS "isOpen",
      starts_with(hash, 'pbkdf2-sha256-v1:') AS "isNewHash"
    FROM users WHERE email = ${email}`)
  const [found] = rows
  return found && { isOpen: found.isOpen === true, isNewHash: found.isNewHash === true }
}
