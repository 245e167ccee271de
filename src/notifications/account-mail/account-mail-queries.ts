import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'

export type AccountRecipient = { name: string; email: string; language: string | null }

/** The language somebody booked in, under this login or this address; null when they never did. */
export const findBookingLanguage = async (
  req: PayloadRequest,
  user: { id: string; email: string },
): Promise<string | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT language FROM customers WHERE user_id = ${user.id} OR email = ${user.email.toLowerCase()}
    ORDER BY user_id = ${user.id} DESC NULLS LAST LIMIT 1`)
  const language = rows[0]?.language
  return typeof language === 'string' ? language : null
}

/**
 * Whose mail this is, while the token in it still opens something: not after the address was verified, another link was asked
 * for, or the login was deactivated or deleted.
 */
export const findAccountRecipient = async (
  req: PayloadRequest,
  { userId, kind, token }: { userId: string; kind: 'account_verify' | 'password_reset'; token: string },
): Promise<Pick<AccountRecipient, 'name' | 'email'> | undefined> => {
  const db = await readDb(req)
  const isOpen =
    kind === 'account_verify'
      ? sql`_verified IS NOT TRUE AND _verificationtoken = ${token}`
      : sql`reset_password_token = ${token} AND reset_password_expiration > now()`
  const { rows } = await db.execute(sql`
    SELECT name, email FROM users WHERE id = ${userId} AND is_active IS NOT FALSE AND ${isOpen}`)
  return rows[0] as Pick<AccountRecipient, 'name' | 'email'> | undefined
}
